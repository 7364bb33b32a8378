import { SteadfastError } from '../experiment/steadfast-error.ts';
import type { Clock } from '../run/ports.ts';

/** Asks something of AWS, and gives it up after `withinMs`. Throws what that throws, or that `what` took too long to do it. */
export async function inTime<T>(
  options: { readonly clock: Clock; readonly withinMs: number; readonly what: string; readonly todo: string },
  ask: (abortSignal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { clock, withinMs, what, todo } = options;
  const answered = new AbortController();
  const late = new AbortController();
  const watchdog = clock.sleep(withinMs, answered.signal).then(() => late.abort());
  try {
    return await ask(late.signal);
  } catch (thrown) {
    throw late.signal.aborted && !(thrown instanceof SteadfastError)
      ? new SteadfastError('internal', `${what} took longer than ${withinMs / 1_000} s to ${todo}`, {
          cause: thrown,
        })
      : thrown;
  } finally {
    answered.abort();
    await watchdog;
  }
}
