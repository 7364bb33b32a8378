/**
 * What FIS's own word for an action rests on: the status that it gives the action, and the targets that it resolved. `suffices` says
 * whether that word alone may show that a fault reached its targets (FIS user guide, actions reference, read November 2026).
 */
const words = {
  call: {
    suffices: true,
    because: 'FIS makes the change itself by a call of AWS, and its action fails where the call does',
  },
  agent: {
    suffices: true,
    because:
      'the SSM agent in each target has reported that it did the work; whether there was anything to feel it, the agent does not say',
  },
  pod: {
    suffices: true,
    because:
      "FIS's own pod in the namespace has reported that the work was done; whether there was anything to feel it, it does not say",
  },
  runbook: {
    suffices: true,
    because: 'Systems Manager tells how the document ended; what the document did is for its author to know',
  },
  look: {
    suffices: true,
    because: 'the action changes nothing, and its status is what it saw',
  },
  configuration: {
    suffices: false,
    because:
      'FIS leaves the fault in a bucket, and does not know whether any function has read it: one that is not called, or called too rarely, never does',
  },
  calls: {
    suffices: false,
    because: 'what fails is what is asked meanwhile, and FIS does not know whether anything was asked',
  },
  controller: {
    suffices: false,
    because: 'FIS makes the custom resource, and what its controller then does, FIS does not know',
  },
  lab: {
    suffices: true,
    because: 'the lab sees itself what the fault did',
  },
} as const satisfies Readonly<Record<string, { readonly suffices: boolean; readonly because: string }>>;

export type FisWord = keyof typeof words;

/** What a run looks at itself, on the side of the targets, in words. */
const looks = {
  'instances-stopped': 'EC2 is asked whether the instances do not run, or have been started again since',
  'instances-terminated': 'EC2 is asked whether the instances are terminated, or about to be',
  'tasks-stopped': 'ECS is asked whether the tasks have stopped',
} as const;

/** What a run looks at itself; one file of lib/aws/fis-bite for each. */
export type Look = keyof typeof looks;

/** What shows that an action reached its targets. */
export interface Evidence {
  /** What shows it on the side of the targets, as a phrase. */
  readonly effect: string;
  /** What FIS's word rests on. */
  readonly word: FisWord;
  /** What a run looks at itself; where it is absent, there is FIS's word, and a metric where the fault names one. */
  readonly look?: Look;
}

/** Evidence of an action, by what FIS's word rests on. */
const evidence =
  (word: FisWord) =>
  (effect: string, look?: Look): Evidence => ({ effect, word, ...(look === undefined ? {} : { look }) });

export const byCall = evidence('call');
export const byAgent = evidence('agent');
export const byPod = evidence('pod');
export const byRunbook = evidence('runbook');
export const byLook = evidence('look');
export const byConfiguration = evidence('configuration');
export const byCalls = evidence('calls');
export const byController = evidence('controller');
/** Of a fault that a lab puts in itself. */
export const byLab = evidence('lab');

/** Whether FIS's word alone may show that the fault reached its targets, and why. */
export const worthOfFisWord = ({
  word,
}: Pick<Evidence, 'word'>): { readonly suffices: boolean; readonly because: string } => words[word];

/** What a run asks besides FIS, where the fault names no metric; undefined where it asks nobody. */
export const lookWords = ({ look }: Evidence): string | undefined =>
  look === undefined ? undefined : looks[look];

/** All of it for people, each a sentence without a full stop. */
export function evidenceWords(of: Evidence): readonly string[] {
  const { suffices, because } = worthOfFisWord(of);
  const asked = of.word === 'lab' ? because : lookWords(of);
  return [
    of.effect,
    asked ??
      `a run has FIS's word for it, ${suffices ? 'which suffices' : 'which does not suffice'}: ${because}`,
    ...(asked !== undefined || suffices
      ? []
      : ['without a metric that the fault names under bite, nobody can tell whether it bit']),
  ];
}
