import { messageOf, SteadfastError } from '../experiment/steadfast-error.ts';
import { buildJournal } from './build-journal.ts';
import { note, type RunContext, recordFailures, recordFinding, type Step } from './context.ts';
import type { Journal } from './journal.ts';
import { judgeSoFar } from './judge-so-far.ts';
import { deservesNotice, noticeOf } from './notice.ts';
import { lookForResidue } from './residue.ts';
import { recordOf } from './run-record.ts';
import type { RunState } from './run-state.ts';
import { stopFault } from './stop-fault.ts';
import { stopTraffic } from './traffic.ts';
import { verdictEventOf } from './verdict-event.ts';

/** Judges, writes the journal, tells people, and gives the lease back. */
export const conclude: Step = async (context, before) => {
  const { ports, runId, input } = context;
  ports.progress.tell({
    kind: 'phase',
    atMs: ports.clock.now(),
    phase: 'conclude',
    waitingFor: 'the journal',
  });
  const state = await recordFailures(context, before);
  await endWhatIsLeft(context, state);
  if (state.faultBegun) await lookForResidue(context);
  await stopTraffic(context, state);
  const { startedAtMs, experiment } = state;
  const now = ports.clock.now();
  const claim = await ports.liveRuns.claim({ runId, experiment, startedAtMs }, now + claimMs);
  if (!claim.yours) return ended(state, claim.verdict ?? 'errored');
  const samples = await ports.store.saveSamples(runId);
  const judgement = await judgeSoFar(context);
  const preliminary = buildJournal(context, state, await ports.store.entries(runId), judgement, samples);
  await note(context, 'verdict', 'verdict', `Verdict: ${preliminary.verdict}. ${preliminary.summary}`);
  const journal = buildJournal(context, state, await ports.store.entries(runId), judgement, samples);
  await ports.store.saveJournal(journal);
  // Before people are told: a topic that fails must not keep the services from other runs.
  await ports.leases.release(runId);
  await tell(context, journal);
  await ports.liveRuns.close(recordOf(journal, input.touches));
  ports.progress.tell({ kind: 'verdict', atMs: ports.clock.now(), verdict: journal.verdict });
  return ended(state, journal.verdict);
};

/** Longer than this step may take (runner.asl.json), so that nobody else records the end while it does. */
const claimMs = 6 * 60_000;

/** Systems learn of every verdict, people of those that ask something of them. Neither waits for the other. */
async function tell({ ports, input }: RunContext, journal: Journal): Promise<void> {
  const { notifier } = ports;
  const told = await Promise.allSettled([
    notifier.publish(verdictEventOf(journal, input.touches)),
    ...(deservesNotice(journal) ? [notifier.notify(noticeOf(journal, input))] : []),
  ]);
  const failures = told.flatMap((result): unknown[] => (result.status === 'rejected' ? [result.reason] : []));
  if (failures.length === 0) return;
  throw new SteadfastError('internal', `the verdict of run ${journal.runId} could not be told to everyone`, {
    hint: 'it is in the journal all the same',
    cause: failures.length === 1 ? failures[0] : new AggregateError(failures),
  });
}

function ended(state: RunState, verdict: string): RunState {
  const { lease, phase, watch, ...rest } = state;
  return { ...rest, next: 'done', verdict };
}

/**
 * The last net of the runner's own: no FIS experiment of this run is left active, whatever path led here. Where FIS does not answer,
 * that is a finding: without a journal nobody would learn of it.
 */
async function endWhatIsLeft(context: RunContext, state: RunState): Promise<void> {
  const { ports, runId } = context;
  let left: readonly string[] = [];
  try {
    left = await ports.faults.active(runId);
  } catch (cause) {
    await recordFinding(context, 'left-unknown', {
      code: 'fault-unknown',
      verdict: 'errored',
      message: `Nobody could tell whether a FIS experiment of this run is still active: ${messageOf(cause)}.`,
      hint: 'Look in the FIS console, and stop what runs.',
    });
  }
  for (const experimentId of left) {
    await stopFault(context, state, experimentId);
    await recordFinding(context, `left-${experimentId}`, {
      code: 'fault-left-active',
      verdict: 'errored',
      message: `FIS experiment ${experimentId} was still active as the run concluded; its end was asked for.`,
    });
  }
}
