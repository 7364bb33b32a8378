import type { Clock } from '../ports.ts';
import { createAttempts } from './attempts.ts';
import type { HaltBook } from './halt-ports.ts';
import { type Experiments, hasEnded, type RunsUnderWay } from './ports.ts';

/** Everything that is reached of the world before something is taken away that runs need. */
export interface EndRunsPorts {
  readonly clock: Clock;
  readonly experiments: Experiments;
  readonly halts: HaltBook;
  readonly runs: Pick<RunsUnderWay, 'all'>;
}

/** What is about to be taken away. */
export interface TakenAway {
  /** Experiments by id, with the ids of their FIS templates; everything in the environment where absent. */
  readonly experiments?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly why: string;
  readonly untilMs: number;
}

const pollMs = 10_000;
/** Long enough for the rest of a deletion, and no longer: whoever deploys again is not to find everything locked. */
const lockedMs = 60 * 60_000;

/**
 * Ends the runs that need what is about to be taken away: the role by which FIS undoes a fault, or the functions that end a run. Gives
 * what has not ended in time, as sentences without a full stop; then it must not be taken away.
 */
export async function endRuns(ports: EndRunsPorts, taken: TakenAway): Promise<readonly string[]> {
  const { clock, halts } = ports;
  const item = { reason: taken.why, by: 'CloudFormation', at: new Date(clock.now()).toISOString() };
  const halted = new Set<string>();
  const isAll = taken.experiments === undefined;
  if (isAll && (await halts.read(undefined)) === undefined)
    await halts.write(undefined, { ...item, untilMs: clock.now() + lockedMs });

  for (;;) {
    const { attempt, problems } = createAttempts();
    const left = await attempt('FIS and the table could not be read', () => whatIsLeft(ports, taken));
    for (const runId of left?.runs ?? []) {
      if (halted.has(runId)) continue;
      await attempt(`the halt of run ${runId} could not be written`, async () => {
        await halts.write(runId, { ...item, untilMs: clock.now() + lockedMs });
        halted.add(runId);
      });
    }
    for (const { id } of left?.faults ?? [])
      await attempt(`FIS experiment ${id} could not be stopped`, () => ports.experiments.stop(id));
    // A run that has not started its fault is not to do so either; one whose faults have ended needs only the runner.
    const waitsFor = [
      ...(left?.faults ?? []).map(({ id, status }) => `FIS experiment ${id} is ${status}`),
      ...(isAll ? (left?.runs ?? []).map((runId) => `run ${runId} has not concluded`) : []),
      ...problems,
    ];
    if (waitsFor.length === 0 || clock.now() + pollMs >= taken.untilMs) return waitsFor;
    await clock.sleep(pollMs);
  }
}

async function whatIsLeft({ experiments, runs }: EndRunsPorts, { experiments: meant }: TakenAway) {
  const templates = meant === undefined ? undefined : new Set(Object.values(meant).flat());
  const [listed, under] = await Promise.all([experiments.all(), runs.all()]);
  const faults = listed.own.filter(
    (one) => !hasEnded(one) && (templates === undefined || templates.has(one.templateId)),
  );
  const named = under.filter(({ experiment }) => meant === undefined || Object.hasOwn(meant, experiment));
  return { faults, runs: [...new Set([...named, ...faults].flatMap(({ runId }) => runId ?? []))] };
}
