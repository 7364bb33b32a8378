import { passes } from '../../aws/command/aws-problem.ts';
import type { ExecutionState } from '../../aws/command/executions.ts';
import type { RunLog } from '../../aws/command/run-log.ts';
import { messageOf, SteadfastError } from '../../experiment/steadfast-error.ts';
import type { Clock } from '../../run/ports.ts';
import type { ProgressEvent } from '../../run/progress.ts';

/** How often the run is looked at; slower where AWS does not answer. */
const lookEveryMs = 2_500;
const slowestLookMs = 20_000;

export interface Following {
  /** How the launcher's execution is doing. */
  readonly describe: () => Promise<ExecutionState | undefined>;
  readonly log: RunLog;
  readonly clock: Clock;
  readonly tell: (event: ProgressEvent) => void;
  /** Lets go of the run: it goes on. */
  readonly signal: AbortSignal;
}

/**
 * Follows a run until its launcher has ended; undefined where it was let go of. Nothing that happens here reaches the run: where AWS
 * cannot be asked, it is told, and asked again.
 *
 * @throws SteadfastError `permission` where nobody tells how the run is doing
 */
export async function followRun(following: Following): Promise<ExecutionState | undefined> {
  const { describe, clock, signal } = following;
  const { tell, note } = telling(following);
  const log = readable(following.log, note);
  let waitMs = lookEveryMs;
  let isLost = false;
  while (!signal.aborted) {
    try {
      const execution = await describe();
      const hasEnded = execution !== undefined && execution.status !== 'running';
      for (const event of await log.read(hasEnded ? 'all' : 'some')) tell(event);
      if (isLost) note('AWS answers again.');
      isLost = false;
      waitMs = lookEveryMs;
      if (hasEnded) return execution;
    } catch (thrown) {
      if (!mayPass(thrown)) throw thrown;
      if (!isLost) note(`${messageOf(thrown)}. The run goes on without this command, which tries again.`);
      isLost = true;
      waitMs = Math.min(slowestLookMs, waitMs * 2);
    }
    await clock.sleep(waitMs, signal);
  }
  return undefined;
}

/** Credentials that have expired may be renewed in another terminal, and are then found again. */
const mayPass = (thrown: unknown): boolean =>
  passes(thrown) || (thrown instanceof SteadfastError && /credentials/.test(thrown.message));

/** Whoever may not read the log follows all the same, and sees only the end. */
function readable(log: RunLog, note: (text: string) => void): RunLog {
  let isRefused = false;
  return {
    read: async (which) => {
      if (isRefused) return [];
      try {
        return await log.read(which);
      } catch (thrown) {
        if (mayPass(thrown) || !(thrown instanceof SteadfastError) || thrown.code !== 'permission')
          throw thrown;
        isRefused = true;
        note(`${thrown.message}: its progress cannot be shown, its verdict can.`);
        return [];
      }
    },
  };
}

/** Tells what came late only where it is still news. */
function telling({ tell, clock }: Following) {
  const newest = new Map<string, number>();
  const isNews = (key: string, atMs: number): boolean => {
    if (atMs < (newest.get(key) ?? Number.NEGATIVE_INFINITY)) return false;
    newest.set(key, atMs);
    return true;
  };
  return {
    tell: (event: ProgressEvent) => {
      if (event.kind === 'window' && !isNews(`window ${event.window.probe}`, event.window.endMs)) return;
      if ((event.kind === 'phase' || event.kind === 'fault') && !isNews(event.kind, event.atMs)) return;
      tell(event);
    },
    note: (text: string) => tell({ kind: 'note', atMs: clock.timeOfDay?.() ?? clock.now(), text }),
  };
}
