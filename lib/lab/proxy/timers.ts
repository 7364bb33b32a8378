/** Time as a link needs it: even and precise, and cheap enough for every piece of thousands of connections. */
export interface Timers {
  /** Milliseconds since some moment, fractions included; goes evenly and never backwards. */
  nowMs(): number;
  /** Calls once, `ms` from now; never when `ms` is infinite. The answer calls it off. */
  after(ms: number, call: () => void): () => void;
}

/** The longest that setTimeout can wait: what is due later is waited for in parts. */
const longestTimerMs = 2 ** 31 - 1;

/** The machine's own: a stepped wall clock does not move it. */
export const systemTimers: Timers = {
  nowMs: () => performance.now(),
  after: (ms, call) => {
    if (ms === Number.POSITIVE_INFINITY) return () => undefined;
    const dueMs = performance.now() + ms;
    let timer: NodeJS.Timeout;
    const wait = () => {
      const leftMs = dueMs - performance.now();
      timer =
        leftMs > longestTimerMs ? setTimeout(wait, longestTimerMs) : setTimeout(call, Math.max(0, leftMs));
    };
    wait();
    return () => clearTimeout(timer);
  },
};
