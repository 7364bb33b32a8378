import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Processes that are kept to one CPU for a while. */
export interface OneCpu {
  readonly cpu: number;
  /** Keeps these to it too. */
  add(pids: readonly number[]): void;
  /** Lets all that are given use again what each of them might before; those that came since, what this process may. */
  release(pids: readonly number[]): void;
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

/** Keeps processes to the last CPU that this one may use; undefined where the system cannot, or there is only one. */
export function keepToOneCpu(pids: readonly number[]): OneCpu | undefined {
  const own = allowedCpus('self');
  const cpu = own === undefined ? undefined : lastOf(own);
  if (own === undefined || cpu === undefined) return undefined;
  const before = new Map<number, string>();
  const add = (more: readonly number[]): boolean => {
    for (const pid of more) before.set(pid, allowedCpus(pid) ?? own);
    return more.map((pid) => allow(pid, String(cpu))).every(Boolean);
  };
  const release = (those: readonly number[]) => {
    for (const pid of those) allow(pid, before.get(pid) ?? own);
  };
  if (add(pids)) return { cpu, add: (more) => void add(more), release };
  release(pids);
  return undefined;
}
