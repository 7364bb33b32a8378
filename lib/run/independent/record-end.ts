import { toldOf } from '../live-run.ts';
import { recordOfEvent } from '../run-record.ts';
import { verdictEventOf } from '../verdict-event.ts';
import type { VerdictEvent } from '../verdict-event-schema.ts';
import type { DeadRun } from './dead-run.ts';
import { type DescribedEnd, describeEnd } from './describe-end.ts';
import type { Ending } from './ending.ts';
import { journalOf } from './journal-of.ts';
import { obituaryOf } from './obituary.ts';

/** A run whose record cannot be written is taken off the runs under way all the same once people have known of it for so long. */
const recordMs = 24 * 60 * 60_000;

/**
 * Gives the services back, writes the run's record where there is none, tells of it, and takes the run off those under way. False where
 * something of it is left for the next sweep; whoever has been told is not told again.
 */
export async function recordEnd(dead: DeadRun, begun: Ending, unended: readonly string[]): Promise<boolean> {
  const { ports, run, leases, attempt } = dead;
  const { clock, runs, herald } = ports;
  const { runId } = run;
  const told = [...new Set([...begun.told, ...toldOf(run)])];
  let ending: Ending = { ...begun, told, endMs: begun.endMs ?? clock.now() };
  await runs.saveEnding(runId, ending);
  await attempt(`the leases of run ${runId} could not be given back`, () => ports.leases.remove(leases));

  const described = describeEnd(run, ending, unended);
  const recorded = await attempt(`the record of run ${runId} could not be written`, () =>
    record(dead, ending, described),
  );
  const event = recorded ?? unplanned(ports.environment, described);
  const obituary = obituaryOf(event, described, recorded === undefined);
  for (const [whom, tell] of [
    ['people', () => herald.tellPeople(obituary)],
    ['systems', () => herald.tellSystems(event)],
  ] as const) {
    // By an earlier sweep, or by the runner before it died.
    if (ending.told.includes(whom)) continue;
    const isTold = await attempt(`the ${whom} could not be told of the end of run ${runId}`, async () => {
      await tell();
      return true;
    });
    if (isTold !== true) continue;
    ending = { ...ending, told: [...ending.told, whom] };
    await runs.saveEnding(runId, ending);
  }
  const isWritten = recorded !== undefined || clock.now() >= ending.sinceMs + recordMs;
  if (ending.told.length < 2 || !isWritten) return false;
  await runs.close(recordOfEvent(event));
  ports.count('RunsEnded', 1);
  return true;
}

/** What the run's journal says: its own, where it got so far, else one that says how it was ended. Without a plan there can be none. */
async function record(
  { ports, run, experiments = [] }: DeadRun,
  ending: Ending,
  described: DescribedEnd,
): Promise<VerdictEvent> {
  const { runId } = run;
  const found = await ports.records.journal(runId);
  const plan = (await ports.plans.of(runId))?.plan;
  if (found !== undefined) return verdictEventOf(found, plan?.services ?? []);
  if (plan === undefined) return unplanned(ports.environment, described);
  const samples = await ports.records.samples(runId);
  const journal = journalOf({ run, ending, plan, experiments, described, samples });
  await ports.records.save(journal);
  return verdictEventOf(journal, plan.services);
}

/** What can be told of a run whose plan nobody can read. */
const unplanned = (environment: string, { digest, findings }: DescribedEnd): VerdictEvent => ({
  schemaVersion: 1,
  ...digest,
  environment,
  findings: [...new Set(findings.map(({ code }) => code))],
  services: [],
  faults: [],
  journal: `runs/${digest.runId}/journal.json`,
});
