import type { Clock } from '../../run/ports.ts';
import type { GuardReader } from '../guards.ts';

/** How often guards are looked at while an experiment runs. */
const guardPollMs = 500;

/** Resolves when the signal aborts. */
const aborted = (signal: AbortSignal): Promise<undefined> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });

/** A guard that is in alarm now; undefined where none is, none can tell, or the signal aborts before all have told. */
export async function alarmAmong(
  guards: readonly GuardReader[],
  signal: AbortSignal,
): Promise<string | undefined> {
  const looks = guards.map(async (guard) => ({ name: guard.name, state: await guard.read() }));
  const states = await Promise.race([Promise.all(looks), aborted(signal)]);
  return states?.find(({ state }) => state === 'alarm')?.name;
}

/** Looks at an experiment's stop conditions until one is in alarm, whose name it resolves to, or the signal aborts. */
export async function watchStopConditions(
  guards: readonly GuardReader[],
  clock: Clock,
  signal: AbortSignal,
): Promise<string | undefined> {
  while (guards.length > 0 && !signal.aborted) {
    await clock.sleep(guardPollMs, signal);
    const alarm = signal.aborted ? undefined : await alarmAmong(guards, signal);
    if (alarm !== undefined) return alarm;
  }
  return undefined;
}
