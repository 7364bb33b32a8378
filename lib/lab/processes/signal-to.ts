const hasCode = (thrown: unknown, code: string) =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === code;

/** Sends a signal to a process group, or with `kind: 'process'` to one process; false when it is gone already. */
export function signalTo(pid: number, signal: NodeJS.Signals, kind: 'group' | 'process' = 'group'): boolean {
  try {
    process.kill(kind === 'group' ? -pid : pid, signal);
    return true;
  } catch (thrown) {
    // ESRCH: it has ended. EPERM: what is left of the group belongs to someone else (or, on macOS, is a zombie).
    if (hasCode(thrown, 'ESRCH') || hasCode(thrown, 'EPERM')) return false;
    throw thrown;
  }
}
