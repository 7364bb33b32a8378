import { type ExperimentDefinition, experimentSchema } from '../../experiment/experiment.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { problemsOf } from '../../plan/problems.ts';
import type { Decision, Draft } from '../contract.ts';
import { withoutSecrets } from '../secret-values.ts';
import type { FaultPlan } from './faults/fault-plan.ts';

interface Made {
  readonly draft: Draft;
  readonly decisions: readonly Decision[];
}

/**
 * The definition as a draft, once it fits the language and the environment takes its faults; undefined where it does not, which
 * the account of its first fault then says.
 */
export function draftOf(
  written: unknown,
  { injection, place }: FaultPlan,
  secrets: readonly string[],
): Made | undefined {
  const { account, at } = injection;
  if (JSON.stringify(withoutSecrets(written, secrets)) !== JSON.stringify(written)) {
    account.refuse(
      'secret',
      at,
      'holds a secret that the fault needs, or that is a name here as well, and definitions are kept where many read them',
      'put something that is no secret in its place',
    );
    return undefined;
  }
  if (!isExperiment(written)) {
    account.refuse(
      'cannot-be-written',
      at,
      'what would come of it is no valid experiment',
      'change it, or write the definition by hand: steadfast new',
    );
    return undefined;
  }
  const problems = problemsOf(experimentSchema.parse(written), place.environment).filter(
    ({ severity }) => severity !== 'note',
  );
  const [unsafe] = problems.filter(isOfFault);
  if (unsafe !== undefined) {
    account.refuse(
      'not-planned',
      at,
      `cannot be planned there: ${unsafe.message}`,
      unsafe.hint ?? 'change it',
    );
    return undefined;
  }
  const decisions = problems
    .filter(({ code }) => code === 'rounds-to-nothing')
    .map(({ path, message, hint }) => ({
      definition: written.id,
      path,
      question: [message, hint].join(': '),
    }));
  return { draft: { kind: 'experiment', definition: written }, decisions };
}

/** What no decision of a person mends later: what the faults hit and say, and how long they may last. */
const isOfFault = ({ code, path }: Problem): boolean =>
  path[0] === 'faults' || ['too-long', 'too-long-run', 'too-many-events'].includes(code);

const isExperiment = (value: unknown): value is ExperimentDefinition =>
  experimentSchema.safeParse(value).success;
