import { messageOf } from '../experiment/steadfast-error.ts';
import type { Finding } from '../steady-state/finding.ts';
import { judge } from '../steady-state/judge.ts';
import { buildJournal } from './build-journal.ts';
import { note, type RunContext, recordFailures, recordFinding, type Step } from './context.ts';
import type { RunEntry } from './entries.ts';
import type { Journal } from './journal.ts';
import { createLenientStore } from './lenient-store.ts';
import { lookForResidue } from './residue.ts';
import { recordOf } from './run-record.ts';
import type { RunState } from './run-state.ts';
import { stopFault } from './stop-fault.ts';
import { tell } from './tell.ts';
import { stopTraffic } from './traffic.ts';
import { withStore } from './with-store.ts';

/**
 * Judges, writes the journal, tells people, and gives the lease back. A record that cannot be kept keeps the verdict from nobody: then it
 * is `errored`, says so, and is told and indexed all the same.
 */
export const conclude: Step = async (given, before) => {
  const { runId, input } = given;
  const { clock, progress } = given.ports;
  const { store, problems } = createLenientStore({ store: given.ports.store, clock, patienceMs });
  const context = withStore(given, store);
  const { ports } = context;
  progress.tell({ kind: 'phase', atMs: clock.now(), phase: 'conclude', waitingFor: 'the journal' });
  const state = await recordFailures(context, before);
  const active = await endWhatIsLeft(context, state);
  const foundActive = [...new Set([...(state.foundActive ?? []), ...(active ?? [])])];
  if (foundActive.length > (state.foundActive?.length ?? 0)) return seeToItsEnd(context, state, foundActive);
  if (state.faultBegun) await lookForResidue(context);
  await stopTraffic(context, state);
  const { startedAtMs, experiment } = state;
  const claim = await ports.liveRuns.claim({ runId, experiment, startedAtMs }, clock.now() + claimMs);
  if (!claim.yours) return ended(state, claim.verdict ?? 'errored');
  const samples = await store.saveSamples(runId);
  const judgement = await judgeWhole(context);
  // What the ledger says counts too: a step that was cut off may have started what the state does not know.
  const mayHaveBegun = state.faultBegun || (await hasPendingFault(context));
  if (mayHaveBegun && active === undefined) await undoAgain(context);
  const left = mayHaveBegun ? await rollbacksLeft(context, active === undefined) : [];
  const entries = await store.entries(runId);
  const judged = (): Journal =>
    withVerdict(buildJournal(context, state, [...entries, ...entriesOf(problems())], judgement, samples));
  let journal = judged();
  await note(context, 'verdict', 'verdict', verdictLine(journal));
  const known = problems().length;
  await store.saveJournal(journal);
  if (problems().length > known) {
    // Whatever of it is there must not say better than what is told.
    journal = judged();
    await store.saveJournal(journal);
  }
  // Before people are told: a topic that fails must not keep the services from other runs.
  if (left.length === 0) await ports.leases.release(runId);
  await tell(context, journal);
  if (left.length === 0) await ports.liveRuns.close(recordOf(journal, input.touches));
  // Whoever ends runs from outside finds it under way with nobody's claim on it, undoes what is left, and closes it.
  else await ports.liveRuns.claim({ runId, experiment, startedAtMs }, clock.now() - 1);
  progress.tell({ kind: 'verdict', atMs: clock.now(), verdict: journal.verdict });
  return ended(state, journal.verdict);
};

/** How long the bucket may be out of reach before the run is concluded without it: within the Task's time-out, with time for the rest. */
const patienceMs = 120_000;

/** Longer than this step may take (runner.asl.json), so that nobody else records the end while it does. */
const claimMs = 6 * 60_000;

/** The rollbacks that nobody carried out, since the step died that should have; one that failed until its time was up is none of them. */
async function rollbacksLeft(context: RunContext, faultUnknown: boolean): Promise<readonly string[]> {
  const { ports, runId } = context;
  const tried = new Set(
    (await ports.store.entries(runId)).flatMap((entry) =>
      entry.kind === 'rollback' ? entry.result.name : [],
    ),
  );
  const pending = await ports.liveRuns.pending(runId);
  const open = pending.flatMap(({ what, name }) => (what === 'rollback' ? name : []));
  // While a fault may still be active, what was tried may have to be done again.
  if (faultUnknown) return open;
  const left = open.filter((name) => !tried.has(name));
  for (const name of left)
    await recordFinding(context, `rollback-${name}`, {
      code: 'rollback-left',
      verdict: 'unrecovered',
      message: `Rollback ${name} was not carried out: the step that should have died.`,
      hint: 'In AWS the independent stop carries it out from now on, once a minute; look whether it did, and undo it by hand where it cannot.',
    });
  return left;
}

const verdictLine = ({ verdict, summary }: Journal): string => `Verdict: ${verdict}. ${summary}`;

/** With the verdict at the end of the timeline; a conclusion that is repeated has its own. */
function withVerdict(journal: Journal): Journal {
  const line = { at: journal.end, kind: 'verdict', text: verdictLine(journal) } as const;
  return { ...journal, timeline: [...journal.timeline.filter(({ kind }) => kind !== 'verdict'), line] };
}

/** What is known of the record alone has no place in it but this. */
const entriesOf = (findings: readonly Finding[]): RunEntry[] =>
  findings.map((finding) => ({ kind: 'finding', at: '', finding }));

const ended = (state: RunState, verdict: string): RunState => ({
  ...state,
  lease: undefined,
  phase: undefined,
  watch: undefined,
  next: 'done',
  verdict,
});

/**
 * The last net of the runner's own: no FIS experiment of this run is left active, whatever path led here. Where FIS does not answer,
 * that is a finding: without a journal nobody would learn of it.
 */
async function endWhatIsLeft(context: RunContext, state: RunState): Promise<readonly string[] | undefined> {
  const { ports, runId } = context;
  let left: readonly string[];
  try {
    left = await ports.faults.active(runId);
  } catch (cause) {
    await recordFinding(context, 'left-unknown', {
      code: 'fault-unknown',
      verdict: 'errored',
      message: `Nobody could tell whether a FIS experiment of this run is still active: ${messageOf(cause)}.`,
      hint: 'Look in the FIS console, and stop what runs.',
    });
    return undefined;
  }
  for (const experimentId of left) {
    await stopFault(context, state, experimentId);
    await recordFinding(context, `left-${experimentId}`, {
      code: 'fault-left-active',
      verdict: 'errored',
      message: `FIS experiment ${experimentId} was still active as the run concluded; its end was asked for.`,
    });
  }
  return left;
}

/**
 * What was undone before this fault ended has to be undone again: the run goes back to seeing a fault to its end. Once for each, so that one
 * that does not end keeps nobody from the verdict.
 */
async function seeToItsEnd(
  context: RunContext,
  state: RunState,
  foundActive: readonly string[],
): Promise<RunState> {
  await undoAgain(context);
  return {
    ...state,
    next: 'endFault',
    faultBegun: true,
    fisExperimentId: foundActive.at(-1),
    foundActive: [...foundActive],
    faultEndMs: undefined,
    phase: undefined,
    rollback: { index: 0, attempt: 0 },
  };
}

/** Writes every rollback into the ledger again: what was undone before the fault ended has to be undone once more. */
async function undoAgain({ ports, runId, experiment }: RunContext): Promise<void> {
  const rollbacks = Object.keys(experiment.rollbacks ?? {}).map(
    (name) => ({ what: 'rollback', name }) as const,
  );
  if (rollbacks.length > 0) await ports.liveRuns.willUndo(runId, rollbacks, ports.clock.now());
}

const hasPendingFault = async ({ ports, runId }: RunContext): Promise<boolean> =>
  (await ports.liveRuns.pending(runId)).some(({ what }) => what === 'fault');

/** What everything that was observed says. */
const judgeWhole = ({ ports, experiment, input, runId }: RunContext) =>
  judge(() => ports.store.observations(runId), experiment, {
    pace: input.pace,
    leastRatePerSecond: input.leastRatePerSecond,
  });
