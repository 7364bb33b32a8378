import type { Experiment } from '@aws-sdk/client-fis';
import type { BiteMetric } from '../../fis/bite-metric.ts';
import { worthOfFisWord } from '../../fis/evidence.ts';
import type { ActionFacts } from '../../plan/run-facts.ts';
import type { BiteEvidence, Stretch, Target } from '../../run/ports.ts';
import { type NamedAction, witnessOfFis } from './fis-witness.ts';
import type { LookClients } from './look.ts';
import { looks } from './looks.ts';
import { type Sight, seenOr, together } from './sight.ts';

/** A fault as a stage carries it out. */
export interface BittenFault {
  readonly name: string;
  /** What is known of its action; where nothing is, there is FIS's word alone. */
  readonly action: ActionFacts | undefined;
  /** The metric that the experiment names for it, and how to tell whether it moved while the fault was on. */
  readonly metric?: {
    readonly asked: BiteMetric;
    readonly moved: (asked: BiteMetric, fault: Stretch | undefined) => Promise<Sight>;
  };
}

/** When a fault was on, by its own actions; undefined where FIS does not tell. One whose end is not told ended with its experiment. */
function whenOn(actions: readonly NamedAction[], experiment: Experiment): Stretch | undefined {
  const starts = actions.flatMap(([, { startTime }]) => startTime?.getTime() ?? []);
  const ends = actions.flatMap(([, { endTime = experiment.endTime }]) => endTime?.getTime() ?? []);
  return starts.length === 0 || ends.length === 0
    ? undefined
    : { fromMs: Math.min(...starts), toMs: Math.max(...ends) };
}

/** What FIS's word alone is worth, where nobody else is asked. */
function wordAlone(fis: Sight, known: ActionFacts | undefined): Sight {
  if (known === undefined || fis.bit !== true) return fis;
  const { suffices, because } = worthOfFisWord(known.evidence);
  const evidence = `${fis.evidence}; that is FIS's word alone: ${because}`;
  if (suffices) return { bit: true, evidence };
  return {
    bit: undefined,
    evidence,
    likely: `nothing but a metric shows it: name one under bite, such as ${known.evidence.effect}`,
  };
}

async function biteOf(
  { name, action: known, metric }: BittenFault,
  experiment: Experiment,
  targets: readonly Target[],
  clients: LookClients,
): Promise<Sight> {
  const hitsNothing = known !== undefined && known.target === undefined;
  const hit = targets.filter(({ fault }) => fault === name);
  // Without a target an action is known by its own name, which the plan gives it after the fault.
  const actions = Object.entries(experiment.actions ?? {}).filter(([of, { targets: keys }]) =>
    hitsNothing ? of === name : Object.values(keys ?? {}).includes(name),
  );
  const fis = witnessOfFis(actions, hitsNothing ? undefined : hit);
  if (fis.bit === false) return fis;
  const look = known?.evidence.look;
  const on = whenOn(actions, experiment);
  const sights = [
    ...(look === undefined || hit.length === 0
      ? []
      : [await seenOr(looks[look].asks, () => looks[look].look(hit, clients, on))]),
    ...(metric === undefined
      ? []
      : [await seenOr(`metric ${metric.asked.metric}`, () => metric.moved(metric.asked, on))]),
  ];
  return sights.length === 0 ? wordAlone(fis, known) : seenBeside(fis, sights);
}

/** What was seen on the side of the targets counts; FIS's word is told beside it. */
function seenBeside(fis: Sight, sights: readonly Sight[]): Sight {
  const seen = together(sights);
  return { ...seen, evidence: `${seen.evidence}; ${fis.evidence}` };
}

/**
 * What shows that each fault reached its targets, asked after the experiment has ended. FIS witnesses for its own actions; where the
 * targets themselves can be looked at, or the experiment names a metric, what they show counts.
 */
export const biteEvidence = (options: {
  readonly faults: readonly BittenFault[];
  readonly experiment: Experiment;
  readonly targets: readonly Target[];
  readonly clients: LookClients;
}): Promise<BiteEvidence[]> =>
  Promise.all(
    options.faults.map(async (fault) => ({
      fault: fault.name,
      ...(await biteOf(fault, options.experiment, options.targets, options.clients)),
    })),
  );
