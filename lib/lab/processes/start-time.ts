import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Tells one boot of the machine from another, since ticks are counted from it. */
const bootId = (): string => {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return ''; // not told in some sandboxes: ticks and process id alone must do
  }
};

/** The state letter and the start time in clock ticks since boot: fields 3 and 22 of /proc/PID/stat (proc_pid_stat(5)). */
function linuxStat(pid: number): { readonly state: string; readonly startedAt: string } | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined; // no such process
  }
  // The second field is the command's name in parentheses, and may hold spaces and parentheses itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startedAt] = [fields[0], fields[19]];
  return state === undefined || startedAt === undefined ? undefined : { state, startedAt };
}

function portableStat(pid: number): { readonly state: string; readonly startedAt: string } | undefined {
  try {
    const [state = '', ...startedAt] = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .trim()
      .split(/\s+/);
    return { state: state.slice(0, 1), startedAt: startedAt.join(' ') };
  } catch {
    return undefined; // ps exits 1 when there is no such process
  }
}

const statOf = (pid: number) => (process.platform === 'linux' ? linuxStat(pid) : portableStat(pid));

/**
 * When a process started, in the system's own words: together with its id it names one process for good, as ids are used
 * again. Undefined when there is none, or only its remains (a zombie).
 */
export function startTimeOf(pid: number): string | undefined {
  const stat = statOf(pid);
  if (stat === undefined || stat.state === 'Z') return undefined;
  return process.platform === 'linux' ? `${bootId()} ${stat.startedAt}` : stat.startedAt;
}

/** Whether a process is stopped by a signal (state `T`, proc_pid_stat(5) and ps(1)); false where there is none. */
export const isFrozen = (pid: number): boolean => statOf(pid)?.state === 'T';
