import { iso } from '../iso.ts';
import type { Clock } from '../ports.ts';
import { createAttempts } from './attempts.ts';
import type { HaltBook, HaltItem } from './halt-ports.ts';
import { type Experiments, hasEnded, type RunsUnderWay } from './ports.ts';

/** Everything that is reached of the world before something is taken away that runs need. */
export interface EndRunsPorts {
  readonly clock: Clock;
  readonly experiments: Experiments;
  readonly halts: HaltBook;
  readonly runs: Pick<RunsUnderWay, 'all'>;
}

/** What is about to be taken away: all that runs need, the alarms of guards, game days by id, or experiments by id, with the ids of their FIS templates. */
export type TakenAway =
  | { readonly kind: 'environment' }
  | { readonly kind: 'guards'; readonly guards: readonly string[] }
  | { readonly kind: 'game-days'; readonly gameDays: readonly string[] }
  | { readonly kind: 'experiments'; readonly experiments: Readonly<Record<string, readonly string[]>> };

const pollMs = 10_000;
/** Long enough for the rest of a deletion, and no longer: whoever deploys again is not to find everything locked. */
const lockedMs = 60 * 60_000;
/** Alarms are deleted once all else of their stack is up to date: in minutes, since what ends runs is the last of it. */
const lockedForGuardsMs = 15 * 60_000;

function whyOf(taken: TakenAway): string {
  switch (taken.kind) {
    case 'guards':
      return `a deployment takes guards away: ${taken.guards.join(', ')}`;
    case 'game-days':
      return 'its game day is being deleted';
    case 'environment':
    case 'experiments':
      return 'what it needs is being deleted';
  }
}

/**
 * Ends the runs that need what is about to be taken away: the role by which FIS undoes a fault, an alarm that FIS stops on, or
 * the functions that end a run. Gives what has not ended in time, as sentences without a full stop; then it must not be taken away.
 */
export async function endRuns(
  ports: EndRunsPorts,
  taken: TakenAway,
  untilMs: number,
): Promise<readonly string[]> {
  const { clock, halts } = ports;
  const item = { reason: whyOf(taken), by: 'CloudFormation', at: iso(clock.now()) };
  const halted = new Set<string>();
  // Which run relies on which guard only its plan tells, and one that begins now would be admitted by an alarm that goes a moment later.
  if (taken.kind === 'environment' || taken.kind === 'guards')
    await lock(halts, item, clock.now() + (taken.kind === 'guards' ? lockedForGuardsMs : lockedMs));

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
    // A run that has not started its fault is not to do so either; one whose faults have ended needs neither guards nor FIS.
    const waitsFor = [
      ...(left?.faults ?? []).map(({ id, status }) => `FIS experiment ${id} is ${status}`),
      ...(taken.kind === 'environment'
        ? (left?.runs ?? []).map((runId) => `run ${runId} has not concluded`)
        : []),
      ...problems,
    ];
    if (waitsFor.length === 0 || clock.now() + pollMs >= untilMs) return waitsFor;
    await clock.sleep(pollMs);
  }
}

/** Lets no run begin until then; who has locked it for longer goes on to do so. */
async function lock(halts: HaltBook, item: HaltItem, untilMs: number): Promise<void> {
  const found = await halts.read(undefined);
  if (found === undefined) await halts.write(undefined, { ...item, untilMs });
  else if (found.untilMs !== undefined && found.untilMs < untilMs)
    await halts.write(undefined, { ...found, untilMs });
}

async function whatIsLeft({ experiments, runs }: EndRunsPorts, taken: TakenAway) {
  const [listed, under] = await Promise.all([experiments.all(), runs.all()]);
  const isMeant = meantBy(taken);
  const faults = listed.own.filter((one) => !hasEnded(one) && isMeant(one));
  const named = under.filter(isMeant);
  return { faults, runs: [...new Set([...named, ...faults].flatMap(({ runId }) => runId ?? []))] };
}

/** A run, or a fault: of a fault the template is known, of a run its experiment. */
interface UnderWay {
  readonly runId?: string | undefined;
  readonly experiment?: string | undefined;
  readonly templateId?: string;
}

/** Which runs and faults need what is taken away. */
function meantBy(taken: TakenAway): (one: UnderWay) => boolean {
  switch (taken.kind) {
    case 'environment':
    case 'guards':
      return () => true;
    case 'game-days':
      return ({ runId = '' }) => taken.gameDays.some((gameDay) => isOfGameDay(runId, gameDay));
    case 'experiments': {
      const templates = new Set(Object.values(taken.experiments).flat());
      return ({ experiment, templateId }) =>
        templateId === undefined
          ? experiment !== undefined && Object.hasOwn(taken.experiments, experiment)
          : templates.has(templateId);
    }
  }
}

/** Runs of a game day are named `<game day>-<date>-<time>-<4 characters>-<stage>-<attempt>`; its id may begin that of another. */
const isOfGameDay = (runId: string, gameDay: string): boolean =>
  runId.startsWith(`${gameDay}-`) &&
  /^\d{8}-\d{6}-[a-z0-9]{4}-\d+-\d+$/.test(runId.slice(gameDay.length + 1));
