import type { Verdict } from '../experiment/verdict.ts';
import { buildJournal } from './build-journal.ts';
import { note, type RunContext, recordFailures, recordFinding, type Step } from './context.ts';
import type { Journal } from './journal.ts';
import { judgeSoFar } from './judge-so-far.ts';

/** Judges, writes the journal, tells people, and gives the lease back. */
export const conclude: Step = async (context, before) => {
  const { ports, runId } = context;
  ports.progress.tell({
    kind: 'phase',
    atMs: ports.clock.now(),
    phase: 'conclude',
    waitingFor: 'the journal',
  });
  const state = await recordFailures(context, before);
  await endWhatIsLeft(context);
  const samples = await ports.store.saveSamples(runId);
  const judgement = await judgeSoFar(context);
  const preliminary = buildJournal(context, state, await ports.store.entries(runId), judgement, samples);
  await note(context, 'verdict', 'verdict', `Verdict: ${preliminary.verdict}. ${preliminary.summary}`);
  const journal = buildJournal(context, state, await ports.store.entries(runId), judgement, samples);
  await ports.store.saveJournal(journal);
  if (deservesNotice(journal)) await ports.notifier.notify(notice(journal));
  if (state.lease.length > 0) await ports.leases.release(runId, state.lease);
  ports.progress.tell({ kind: 'verdict', atMs: ports.clock.now(), verdict: journal.verdict });
  return { ...state, next: 'done', verdict: journal.verdict, phase: undefined, watch: undefined, lease: [] };
};

/** The last net of the runner's own: no FIS experiment of this run is left active, whatever path led here. */
async function endWhatIsLeft(context: RunContext): Promise<void> {
  const { ports, runId } = context;
  for (const experimentId of await ports.faults.active(runId)) {
    await ports.faults.stop(experimentId);
    await recordFinding(context, `left-${experimentId}`, {
      code: 'fault-left-active',
      verdict: 'errored',
      message: `FIS experiment ${experimentId} was still active as the run concluded; it was stopped.`,
    });
  }
}

/** A scheduled start inside a blackout alarms nobody, and neither does what went well. */
const quiet: readonly Verdict[] = ['held'];

const deservesNotice = (journal: Journal): boolean =>
  !quiet.includes(journal.verdict) && !journal.findings.some((finding) => finding.rejection === 'blackout');

function notice(journal: Journal) {
  const { verdict, experiment, environment, findings, runId } = journal;
  const lines = [
    `${experiment.title} (${experiment.id}) in ${environment.id}: ${verdict}.`,
    '',
    ...findings.flatMap((finding) => [
      `- ${finding.message}`,
      ...(finding.hint === undefined ? [] : [`  ${finding.hint}`]),
    ]),
    '',
    `Run ${runId}, ${journal.start} to ${journal.end}.`,
  ];
  return {
    verdict,
    subject: `Steadfast: ${experiment.id} in ${environment.id} ${verdict}`,
    body: lines.join('\n'),
    journal,
  };
}
