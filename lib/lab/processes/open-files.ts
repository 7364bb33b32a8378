import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createSharedHolds } from './shared-holds.ts';

/** The limit of a process's open files, below which the number of each of its descriptors lies (getrlimit(2), RLIMIT_NOFILE). */
function softLimitOf(pid: number): number | undefined {
  try {
    const [, soft] = /^Max open files\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/limits`, 'utf8')) ?? [];
    return soft === undefined ? undefined : Number(soft);
  } catch {
    return undefined; // it has ended, or the system is another
  }
}

function descriptorsOf(pid: number): ReadonlySet<number> | undefined {
  try {
    return new Set(readdirSync(`/proc/${pid}/fd`).map(Number));
  } catch {
    return undefined;
  }
}

/** The number below which so many descriptors are free: the kernel always gives the lowest that is. */
export function limitFor(open: ReadonlySet<number>, spare: number): number {
  let [limit, free] = [0, 0];
  for (; free < spare || open.has(limit); limit += 1) if (!open.has(limit)) free += 1;
  return limit;
}

/** How many more files a process may open now; undefined where nobody can tell. */
export function filesLeft(pid: number): number | undefined {
  const [limit, open] = [softLimitOf(pid), descriptorsOf(pid)];
  if (limit === undefined || open === undefined) return undefined;
  return limit - [...open].filter((descriptor) => descriptor < limit).length;
}

/** Sets the soft limit alone: the hard one stays, so that the old one can be had again without any rights (prlimit(2)). */
function setSoftLimit(pid: number, limit: number): boolean {
  try {
    execFileSync('prlimit', ['--pid', String(pid), `--nofile=${limit}:`], { stdio: 'ignore' });
    return true;
  } catch {
    return false; // there is no prlimit (util-linux), or the process has just ended
  }
}

/** Why this system cannot limit the files of another process; undefined where it can. */
export function whyNoLimits(): string | undefined {
  if (process.platform !== 'linux') return 'no system but Linux lets one process lower the limits of another';
  const limit = softLimitOf(process.pid);
  return limit !== undefined && setSoftLimit(process.pid, limit)
    ? undefined
    : 'the program prlimit (util-linux) is not there, or may not be used';
}

/** A process that may open hardly any more files. */
export interface FileLimit {
  readonly pid: number;
  /** How many more it may open now; undefined where it is gone. */
  left(): number | undefined;
  /** Takes away again what it has closed since. */
  tighten(): void;
  /** Gives it its old limit back, unless another still limits it. Twice is no error. */
  restore(): void;
}

const holds = createSharedHolds<number>();

/** Lets a process open only so many files besides those that it has open; undefined where that cannot be done. */
export function limitFiles(pid: number, spare: number): FileLimit | undefined {
  const hold = holds.take(pid, () => softLimitOf(pid));
  if (hold === undefined) return undefined;
  let now = softLimitOf(pid) ?? hold.before;
  const tighten = (): boolean => {
    const open = hold.isThere() ? descriptorsOf(pid) : undefined;
    if (open === undefined) return false;
    const limit = limitFor(open, spare);
    if (limit >= now) return true;
    now = limit;
    return setSoftLimit(pid, limit);
  };
  const restore = () => {
    const before = hold.letGo();
    if (before !== undefined) setSoftLimit(pid, before);
  };
  if (!tighten()) {
    restore();
    return undefined;
  }
  return {
    pid,
    left: () => (hold.isThere() ? filesLeft(pid) : undefined),
    tighten: () => void tighten(),
    restore,
  };
}
