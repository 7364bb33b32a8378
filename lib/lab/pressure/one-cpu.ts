import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createSharedHolds, type SharedHold } from '../processes/shared-holds.ts';

/** Processes that are kept to one CPU for a while. */
export interface OneCpu {
  readonly cpu: number;
  /** Keeps these to it too. */
  add(pids: readonly number[]): void;
  /** Lets each use again what it might before, unless another still keeps it here; those that came since, what this process may. */
  release(since: readonly number[]): void;
}

/** The CPUs that a process may use, as the kernel lists them (proc_pid_status(5)): `0-1,4`. */
function allowedCpus(pid: number | 'self'): string | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1];
  } catch {
    return undefined; // it has ended, or the system is another
  }
}

/** The last of a list such as `0-1,4`, where it names more than one. */
export function lastOf(list: string): number | undefined {
  const last = /(\d+)$/.exec(list)?.[1];
  return last === undefined || last === list ? undefined : Number(last);
}

/** Has all threads of a process use these CPUs; false where that cannot be done. */
function allow(pid: number, cpus: string): boolean {
  try {
    execFileSync('taskset', ['-a', '-p', '-c', cpus, String(pid)], { stdio: 'ignore' });
    return true;
  } catch {
    return false; // there is no taskset (util-linux), or it is not the whole one, or the process has just ended
  }
}

const holds = createSharedHolds<string>();

/** Keeps processes to the last CPU that this one may use; undefined where the system cannot, or there is only one. */
export function keepToOneCpu(pids: readonly number[]): OneCpu | undefined {
  const own = allowedCpus('self');
  const cpu = own === undefined ? undefined : lastOf(own);
  if (own === undefined || cpu === undefined) return undefined;
  const kept = new Map<number, SharedHold<string>>();
  const add = (more: readonly number[]): boolean => {
    for (const pid of more) {
      const hold = kept.get(pid)?.isThere() === true ? undefined : holds.take(pid, () => allowedCpus(pid));
      if (hold !== undefined) kept.set(pid, hold);
    }
    return more.map((pid) => kept.get(pid)?.isThere() === true && allow(pid, String(cpu))).every(Boolean);
  };
  const release = (since: readonly number[]) => {
    for (const [pid, hold] of kept) {
      const before = hold.letGo();
      if (before !== undefined) allow(pid, before);
    }
    for (const pid of since) if (!kept.has(pid) && !holds.isHeld(pid)) allow(pid, own);
    kept.clear();
  };
  if (add(pids)) return { cpu, add: (more) => void add(more), release };
  release([]);
  return undefined;
}
