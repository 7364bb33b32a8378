import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { iso } from '../../run/iso.ts';
import type { CampaignPart, PlannedJob } from '../plan-document.ts';
import type { VerdictCounts } from '../stop-after.ts';
import type { DispatchPorts } from './dispatch-ports.ts';
import type { CampaignStatus, DispatchState, JobProgress } from './dispatch-state.ts';
import { keepInTouch, type TouchState } from './in-touch.ts';
import { type HeardWord, type PartWord, placeOfPart, placeText, wordsOfOthers } from './part-word.ts';
import { type IndexedJob, startableNow } from './startable.ts';
import { cutOffNoticeOf } from './stop-notice.ts';
import { type Stop, stopOf } from './stop-of.ts';
import { tellOnce } from './tell-once.ts';
import { tellStopped } from './tell-stopped.ts';

/**
 * A step is at most nine events of an execution, and 39 where each of its ten retries is needed: 500 steps stay below the 25,000
 * that Step Functions allows one (Step Functions quotas), and last a working day where they come each minute.
 */
const stepsPerExecution = 500;

/** How often runs that are under way are looked at, and how long at most a wait lasts: a halt is heeded after it. */
const [lookSeconds, longestWaitSeconds, shortestWaitSeconds] = [60, 900, 5] as const;

/** A run that was rejected as busy is tried again after so long, and longer each time, so often in all: about six hours. */
const [retryAfterMs, longestRetryMs, mostAttempts] = [120_000, 3_600_000, 10] as const;

/** The run that an attempt at a job is: by its name nothing is started twice. */
const runIdOf = (campaign: string, index: number, attempt: number) =>
  `campaign-${campaign}-${String(index).padStart(5, '0')}-${attempt}`;

/** One of a campaign with parts elsewhere says so often at least that it is still there. */
const longestSilenceSeconds = 300;

interface Step {
  readonly ports: DispatchPorts;
  readonly state: DispatchState;
  readonly part: CampaignPart;
  readonly nowMs: number;
  /** What is known of the jobs from the cursor on; kept up to date. */
  readonly known: Map<number, JobProgress>;
  /** What has been heard of the other parts. */
  readonly words: readonly HeardWord[];
  readonly wish: { readonly reason: string } | undefined;
}

/**
 * One step of a dispatcher: learns what has ended, starts what may start, and says when to come back. What is written down counts, not the
 * state: a step that is repeated, or that died half-way, starts nothing twice and forgets nothing.
 */
export async function advance(ports: DispatchPorts, state: DispatchState): Promise<DispatchState> {
  const { campaign } = state;
  const part = await ports.plans.load(campaign);
  const written = await ports.progress.from(campaign, state.cursor);
  const known = new Map(written.map((one) => [one.index, one]));
  const words = part.others === undefined ? [] : wordsOfOthers(part, await ports.words.heard(campaign));
  const wish = await ports.halts.requested(campaign);
  const step: Step = { ports, state, part, known, words, wish, nowMs: ports.clock.now() };

  const missing = await learn(step);
  const stop = () => stopIn(step);
  const word = wordIn(step, false);
  const inTouch = (before: TouchState, now: PartWord) =>
    keepInTouch(ports, part, before, { ms: step.nowMs, word: now, words });
  let touch = await inTouch(state, word);
  let nextMs: number | undefined;
  if (stop() !== undefined) {
    for (const { progress } of missing) await settle(step, { ...progress, status: 'waiting' });
  } else if (touch.hold === undefined) {
    for (const { job, runId } of missing) await ports.launchers.start(job, runId);
    nextMs = await startAll(step, () => stop() !== undefined);
  }

  const { cursor, counts } = pastEnded(step);
  const stopped = stop();
  const under = [...known.values()].filter(({ status }) => status === 'starting').length;
  const status =
    cursor >= part.jobs.length ? 'done' : stopped !== undefined && under === 0 ? 'stopped' : 'running';
  const last = wordIn(step, status !== 'running');
  // The others hear of it before people do, so that they need not be told again.
  if (JSON.stringify(last) !== JSON.stringify(word)) touch = await inTouch(touch.state, last);
  // Who has nothing more to start needs to hear of nobody: what is under way is followed to its end.
  const startsMore = stopped === undefined && (missing.length > 0 || hasLeft(step));
  const held = startsMore ? touch.hold : undefined;
  // It is not over before the others know: whoever has mended what cut it off goes on with it, and they are told.
  await ports.progress.tell(campaign, statusOf(touch.allTold ? status : 'running', step, stopped, held));
  // Whoever halts a campaign knows of it, and so does everybody where another part has told.
  const reached = status === 'done' ? undefined : stopped?.reached;
  const told = state.told ?? (reached !== undefined && (await tellStopped(ports, part, reached, words)));
  await refuseCutOff(step, touch.untold ?? (startsMore ? touch.silent : undefined));
  const isUntold = (reached !== undefined && !told) || !touch.allTold;
  const steps = state.steps + 1;
  const common = {
    campaign,
    execution: state.execution,
    steps,
    cursor,
    counts,
    ...(stopped === undefined ? {} : { reason: stopped.reason }),
    ...(told ? { told } : {}),
    ...touch.state,
  };
  if (status !== 'running' && !isUntold) return { ...common, next: status };
  if (steps >= stepsPerExecution) {
    const execution = state.execution + 1;
    const continuation = `${campaign}-${execution}`;
    return { ...common, execution, continuation, steps: 0, next: 'continue' };
  }
  const waitSeconds = isUntold || held !== undefined ? lookSeconds : waitSecondsOf(step, nextMs, under);
  return { ...common, next: 'wait', waitSeconds };
}

const stopIn = ({ part, state, known, words, wish }: Step): Stop | undefined =>
  stopOf(part, { wish, words, counts: countsOf(state.counts, known.values()), told: state.told === true });

/** What this part tells the others now. */
function wordIn(step: Step, isOver: boolean): PartWord {
  const { part, state, known } = step;
  const stop = stopIn(step);
  // A policy that keeps nothing here from starting is told of by whom it does keep: they count the same.
  const isTold = stop !== undefined && (stop.reached === undefined || hasLeft(step));
  return {
    campaign: part.campaign,
    ...placeOfPart(part),
    counts: countsOf(state.counts, known.values()),
    ...(isTold ? { stopped: stop.began } : {}),
    isOver,
  };
}

const hasLeft = ({ part, state, known }: Step): boolean =>
  part.jobs.some((_job, index) => {
    const status = known.get(index)?.status;
    return index >= state.cursor && (status === undefined || status === 'waiting');
  });

/**
 * Ends this dispatcher where it is cut off from another part for too long: its alarm rings, and who has mended it goes on with the same plan.
 *
 * @throws SteadfastError `internal`, once people have been told
 */
async function refuseCutOff({ ports, part, state }: Step, why: string | undefined): Promise<void> {
  if (why === undefined) return;
  const telling = { campaign: part.campaign, cutOffIn: state.execution };
  await tellOnce(ports, telling, cutOffNoticeOf(part, why));
  throw new SteadfastError('internal', `${placeText(part)} ${why}`, {
    hint: 'steadfast campaign run goes on with the same plan once it is mended',
  });
}

const statusOf = (
  status: CampaignStatus['status'],
  { state, nowMs, part }: Step,
  stop: Stop | undefined,
  held: string | undefined,
): CampaignStatus => {
  const reason = stop?.reason ?? held;
  const isElsewhere = stop !== undefined && stop.began.dispatcher !== part.dispatcher;
  return {
    status,
    execution: state.execution,
    at: iso(nowMs),
    ...(reason === undefined ? {} : { reason }),
    ...(isElsewhere ? { stoppedIn: placeOfPart(stop.began) } : {}),
  };
};

/** A run that is written down as under way, and was never started. */
interface Missing {
  readonly job: PlannedJob;
  readonly runId: string;
  readonly progress: JobProgress;
}

/** Looks at everything that is under way; gives what was written down by a step that then died. */
async function learn(step: Step): Promise<Missing[]> {
  const missing: Missing[] = [];
  for (const progress of step.known.values()) {
    const job = step.part.jobs[progress.index];
    if (job === undefined || progress.status !== 'starting') continue;
    const look = await step.ports.launchers.look(job, progress.runId);
    if (look.state === 'running') continue;
    if (look.state === 'missing') {
      missing.push({ job, runId: progress.runId, progress });
    } else if (look.verdict === 'rejected' && look.rejection === 'busy' && progress.attempt < mostAttempts) {
      const afterMs = Math.min(longestRetryMs, retryAfterMs * 2 ** (progress.attempt - 1));
      await settle(step, { ...progress, status: 'waiting', notBefore: iso(step.nowMs + afterMs) });
    } else {
      const { verdict, rejection } = look;
      await settle(step, {
        ...progress,
        status: 'ended',
        verdict,
        ...(rejection === undefined ? {} : { rejection }),
      });
    }
  }
  return missing;
}

async function settle(step: Step, progress: JobProgress): Promise<void> {
  const told = { ...progress, at: iso(step.nowMs) };
  if (await step.ports.progress.settle(step.state.campaign, told)) step.known.set(progress.index, told);
}

/** Starts everything that may start now; gives the time at which the next may. */
async function startAll(step: Step, isStopped: () => boolean): Promise<number | undefined> {
  const startable = startableNow(step.part, step.state.cursor, step.known, step.nowMs);
  for (const { index } of startable.expired) {
    const told = `it would last beyond ${step.part.until}, and the plan knows no blackouts from then on`;
    await refuse(step, index, told);
  }
  for (const one of startable.jobs) {
    if (isStopped()) break;
    const outdated = await whyOutdated(step, one.job);
    if (outdated === undefined) await start(step, one);
    else await refuse(step, one.index, outdated);
  }
  return startable.nextMs;
}

async function start(step: Step, { index, job }: IndexedJob): Promise<void> {
  const { ports, state, known, nowMs } = step;
  const attempt = (known.get(index)?.attempt ?? 0) + 1;
  const runId = runIdOf(state.campaign, index, attempt);
  const progress = { index, status: 'starting', attempt, runId, at: iso(nowMs) } as const;
  // Written down first: whoever dies in between leaves a start that the next step finds missing, never one that nobody knows of.
  if (!(await ports.progress.start(state.campaign, progress))) return;
  known.set(index, progress);
  await ports.launchers.start(job, runId);
}

/** Ends a job that is never started. */
async function refuse(step: Step, index: number, reason: string): Promise<void> {
  const { ports, state, known, nowMs } = step;
  const attempt = (known.get(index)?.attempt ?? 0) + 1;
  const runId = runIdOf(state.campaign, index, attempt);
  const ended = { index, status: 'ended', attempt, runId, at: iso(nowMs), reason } as const;
  const progress = { ...ended, verdict: 'rejected', rejection: 'outdated' } as const;
  if (await ports.progress.start(state.campaign, progress)) known.set(index, progress);
}

/** Why a job is not what was planned; undefined where it is. */
async function whyOutdated({ ports }: Step, job: PlannedJob): Promise<string | undefined> {
  const deployed = await ports.launchers.deployed(job);
  if (deployed === undefined) return `${job.experiment} is not deployed in ${job.environment}`;
  if (deployed.hash !== job.hash) return `${job.experiment} has been deployed anew since this was planned`;
  const more = deployed.touches.filter((service) => !job.touches.includes(service));
  return more.length === 0
    ? undefined
    : `${job.experiment} touches ${more.join(', ')} as it is deployed, which the plan does not know`;
}

function countsOf(before: VerdictCounts, several: Iterable<JobProgress>): VerdictCounts {
  const counts = { ...before };
  for (const { status, verdict } of several)
    if (status === 'ended' && verdict !== undefined) counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
}

/** The first job that has not ended, and the verdicts of all before it. */
function pastEnded({ state, known }: Step): Pick<DispatchState, 'counts' | 'cursor'> {
  let cursor = state.cursor;
  const passed: JobProgress[] = [];
  for (let one = known.get(cursor); one?.status === 'ended'; one = known.get(cursor)) {
    passed.push(one);
    cursor += 1;
  }
  return { cursor, counts: countsOf(state.counts, passed) };
}

function waitSecondsOf({ nowMs, part }: Step, nextMs: number | undefined, under: number): number {
  const longest = part.others === undefined ? longestWaitSeconds : longestSilenceSeconds;
  const untilNext = nextMs === undefined ? longest : Math.ceil((nextMs - nowMs) / 1_000);
  const most = under > 0 ? lookSeconds : longest;
  return Math.max(shortestWaitSeconds, Math.min(most, untilNext));
}
