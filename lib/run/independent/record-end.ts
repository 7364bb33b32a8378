import { toldOf } from '../live-run.ts';
import type { DeadRun } from './dead-run.ts';
import { describeEnd } from './describe-end.ts';
import type { Ending } from './ending.ts';
import { journalOf } from './journal-of.ts';
import { obituaryOf } from './obituary.ts';
import type { JournalDigest } from './ports.ts';

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
  const digest = recorded ?? described.digest;
  const obituary = obituaryOf(ports.environment, digest, described, recorded === undefined);
  for (const [whom, tell] of [
    ['people', () => herald.tellPeople(obituary)],
    ['systems', () => herald.tellSystems(obituary)],
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
  const { experiment, verdict, summary, start, end } = digest;
  await runs.close({
    runId,
    experiment,
    environment: ports.environment,
    verdict,
    summary,
    start,
    end,
    services: [],
    faults: [],
  });
  ports.count('RunsEnded', 1);
  return true;
}

/** What the run's journal says: its own, where it got so far, else one that says how it was ended. Without a plan there can be none. */
async function record(
  { ports, run, experiments = [] }: DeadRun,
  ending: Ending,
  described: ReturnType<typeof describeEnd>,
): Promise<JournalDigest> {
  const { runId } = run;
  const found = await ports.records.journal(runId);
  if (found !== undefined) return found;
  const plan = (await ports.plans.of(runId))?.plan;
  if (plan === undefined) return described.digest;
  const samples = await ports.records.samples(runId);
  await ports.records.save(journalOf({ run, ending, plan, experiments, described, samples }));
  return described.digest;
}
