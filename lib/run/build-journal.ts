import { worstVerdict } from '../experiment/verdict.ts';
import { partsOf } from '../plan/part-of-run.ts';
import { periodsOf } from '../plan/rhythm.ts';
import type { Finding } from '../steady-state/finding.ts';
import { watchFindings } from '../steady-state/findings.ts';
import type { Judgement } from '../steady-state/judge-phases.ts';
import type { Recovery } from '../steady-state/judgement.ts';
import { soakWatchFindings } from '../steady-state/soak-findings.ts';
import { wideTolerances } from '../steady-state/wide-tolerances.ts';
import type { RunContext } from './context.ts';
import type { RunEntry } from './entries.ts';
import { iso } from './iso.ts';
import type { Journal, JournalStage } from './journal.ts';
import { mergeFindings } from './merge-findings.ts';
import type { RunState } from './run-state.ts';
import { summarize } from './summary.ts';

type Halt = NonNullable<JournalStage['halt']>;
type Entry<Kind extends RunEntry['kind']> = Extract<RunEntry, { kind: Kind }>;

const ofKind = <Kind extends RunEntry['kind']>(entries: readonly RunEntry[], kind: Kind): Entry<Kind>[] =>
  entries.filter((entry): entry is Entry<Kind> => entry.kind === kind);

/** Makes the record of a run from what its steps wrote down and what its samples say. */
export function buildJournal(
  context: RunContext,
  state: RunState,
  entries: readonly RunEntry[],
  judgement: Judgement,
  samples: Journal['samples'],
): Journal {
  const { input, experiment, runId } = context;
  const bites = (stage: number | undefined) =>
    ofKind(entries, 'stage').flatMap((entry) => (entry.stage === stage ? (entry.set.bite ?? []) : []));
  const findings = mergeFindings({ known: knownFindings(entries, judgement), judgement, experiment, bites });
  const verdict = worstVerdict(findings.map((finding) => finding.verdict));
  const { baseline } = judgement;
  return {
    schemaVersion: 1,
    runId,
    experiment: {
      id: experiment.id,
      title: experiment.title,
      hash: input.hash,
      definition: input.definition,
    },
    ...(input.set === undefined ? {} : { set: input.set }),
    ...partsOf(input),
    environment: {
      id: input.environment.id,
      production: input.environment.production,
      tag: input.environment.tag,
    },
    mode: input.mode,
    pace: input.pace,
    leastRatePerSecond: input.leastRatePerSecond,
    ...periodsIn(input.metrics),
    seed: input.seed,
    start: iso(state.startedAtMs),
    end: iso(context.ports.clock.now()),
    verdict,
    summary: summarize(verdict, findings),
    findings,
    checks: ofKind(entries, 'check').map(({ check, passed, evidence }) => ({ check, passed, evidence })),
    guards: Object.entries(input.guards).map(([guard, { watches, polled }]) => ({
      guard,
      ...(watches === undefined ? {} : { watches }),
      watchedBy: polled === undefined ? ('fis' as const) : ('runner' as const),
    })),
    baseline:
      baseline === undefined
        ? { probes: [], tolerances: [], windows: [] }
        : {
            start: iso(baseline.startMs),
            end: iso(baseline.endMs),
            probes: baseline.probes,
            tolerances: baseline.tolerances,
            windows: baseline.windows,
          },
    power: judgement.power,
    stages: journalStages(context, entries, judgement),
    ...(judgement.recovery === undefined ? {} : { recovery: journalRecovery(judgement.recovery) }),
    rollbacks: ofKind(entries, 'rollback').map((entry) => entry.result),
    ...(state.faultBegun ? { residue: ofKind(entries, 'residue').map((entry) => entry.residue) } : {}),
    timeline: ofKind(entries, 'timeline').map((entry) => entry.entry),
    notes: baseline === undefined ? [] : wideTolerances(baseline.probes, baseline.tolerances),
    wouldHaveMissed: judgement.wouldHaveMissed,
    samples,
  };
}

const journalRecovery = ({
  seconds,
  objective,
  met,
  reason,
  comparisons,
  windows,
  tolerances,
}: NonNullable<Judgement['recovery']>) =>
  ({
    ...(seconds === undefined ? {} : { seconds }),
    objective,
    ...(met === undefined ? {} : { met }),
    reason,
    ...(comparisons === undefined ? {} : { comparisons }),
    windows,
    tolerances,
  }) satisfies Recovery & Record<string, unknown>;

/** What is known beside the samples: what the steps found, and what the watch ended a stage for. */
function knownFindings(entries: readonly RunEntry[], judgement: Judgement): Finding[] {
  const recorded = ofKind(entries, 'finding').map((entry) => entry.finding);
  const watched = judgement.stages.flatMap((stage, index) => {
    const sets = ofKind(entries, 'stage').flatMap(({ stage: of, set }) => (of === index ? [set] : []));
    const byWatch = (halts: readonly (Halt | undefined)[]) => halts.find((halt) => halt?.by === 'watch');
    return [
      ...watchFindings(stage, index, byWatch(sets.map(({ halt }) => halt))),
      ...soakWatchFindings(stage, index, byWatch(sets.map(({ soak }) => soak?.halt))),
    ];
  });
  return [...recorded, ...watched];
}

/** The stages that were begun, with all that is known of each. */
function journalStages(
  { input }: RunContext,
  entries: readonly RunEntry[],
  judgement: Judgement,
): JournalStage[] {
  const written = ofKind(entries, 'stage');
  const begun = Math.max(judgement.stages.length, ...written.map((entry) => entry.stage + 1));
  return input.stages.slice(0, begun).map((stage, index): JournalStage => {
    const all: Entry<'stage'>['set'] = {};
    for (const entry of written) if (entry.stage === index) Object.assign(all, entry.set);
    const { soak, ...set } = all;
    const judged = judgement.stages[index];
    return {
      label: stage.label,
      faults: stage.faults,
      ...set,
      targets: set.targets ?? [],
      bite: set.bite ?? [],
      tolerances: judged?.tolerances ?? [],
      windows: judged?.windows ?? [],
      ...soakIn(soak, judged?.soak),
    };
  });
}

/** The time after a stage without any fault, as far as it is known. */
function soakIn(
  soak: Entry<'stage'>['set']['soak'],
  judged: Judgement['stages'][number]['soak'],
): Pick<JournalStage, 'soak'> {
  if (soak === undefined && judged === undefined) return {};
  return { soak: { ...soak, tolerances: judged?.tolerances ?? [], windows: judged?.windows ?? [] } };
}

function periodsIn(metrics: RunContext['input']['metrics']): Pick<Journal, 'periodsMs'> {
  const periodsMs = periodsOf(metrics);
  return Object.keys(periodsMs).length === 0 ? {} : { periodsMs };
}
