import { readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

/**
 * What a running process is called: by the system, at most 15 characters of it (proc_pid_comm(5)), by the program that it runs, and by how
 * it was called. Undefined where the system does not tell, as it does on Linux.
 */
export function namesOfProcess(pid: number): ReadonlySet<string> | undefined {
  try {
    const [called = ''] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    const system = readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
    return new Set([system, basename(called), basename(readlinkSync(`/proc/${pid}/exe`))]);
  } catch {
    // It has ended, or this is no Linux
    return undefined;
  }
}
