import { readdirSync, readFileSync } from 'node:fs';

/** For how long processes have run, and have waited for a CPU although they could have run. */
export interface Scheduled {
  readonly ranMs: number;
  readonly waitedMs: number;
}

const msOf = (nanoseconds: string | undefined) => Number(nanoseconds ?? 0) / 1_000_000;

function threadsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map((thread) => `/proc/${pid}/task/${thread}/schedstat`);
  } catch {
    return []; // it has ended
  }
}

/**
 * What the scheduler has counted for all threads of these processes (Documentation/scheduler/sched-stats.rst: time on the CPU and
 * time on the run queue, in nanoseconds); undefined where the system counts nothing.
 */
export function scheduledOf(pids: readonly number[]): Scheduled | undefined {
  const found = pids.flatMap(threadsOf).flatMap((file) => {
    try {
      const [ran, waited] = readFileSync(file, 'utf8').trim().split(' ');
      return [{ ranMs: msOf(ran), waitedMs: msOf(waited) }];
    } catch {
      return []; // the thread has ended, or the kernel was built without it
    }
  });
  if (found.length === 0) return undefined;
  return {
    ranMs: found.reduce((sum, { ranMs }) => sum + ranMs, 0),
    waitedMs: found.reduce((sum, { waitedMs }) => sum + waitedMs, 0),
  };
}
