import type { Timers } from '../../../lib/lab/proxy/timers.ts';

/** Time that goes when the test says so. */
export function fakeTimers() {
  let nowMs = 1_000;
  let waiting: { readonly dueMs: number; readonly call: () => void }[] = [];
  const timers: Timers = {
    nowMs: () => nowMs,
    after: (ms, call) => {
      const one = { dueMs: nowMs + ms, call };
      waiting.push(one);
      return () => {
        waiting = waiting.filter((other) => other !== one);
      };
    },
  };
  return {
    timers,
    /** How many calls are waited for. */
    pending: () => waiting.length,
    /** Lets so much time pass, call by call. */
    advance: (ms: number) => {
      const untilMs = nowMs + ms;
      for (;;) {
        const [next] = waiting.filter(({ dueMs }) => dueMs <= untilMs).toSorted((a, b) => a.dueMs - b.dueMs);
        if (next === undefined) break;
        waiting = waiting.filter((other) => other !== next);
        nowMs = Math.max(nowMs, next.dueMs);
        next.call();
      }
      nowMs = untilMs;
    },
  };
}
