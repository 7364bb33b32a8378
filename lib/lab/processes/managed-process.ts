import type { ChildProcess } from 'node:child_process';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { lastLines } from './last-lines.ts';
import { signalTo } from './signal-to.ts';

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** `exit code 1`, `signal SIGKILL`. */
export const exitText = ({ code, signal }: Exit): string =>
  signal === null ? `exit code ${code}` : `signal ${signal}`;

/** A process that the lab has started, the leader of its own group. */
export interface ManagedProcess {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  readonly alive: boolean;
  readonly exited: Promise<Exit>;
  /** True once `stop` or `kill` was called: its end is no accident. */
  readonly stopping: boolean;
  /** What one with an `input` writes, as text, once it has ended; cut off where it is longer than any answer. */
  readonly output: Promise<string>;
  /** What a helper of our own tells over its channel; never called for other processes. */
  onMessage(listener: (message: unknown) => void): void;
  /** Tells a helper of our own something; lost when the process has ended or is no helper. */
  send(message: object): void;
  /** SIGTERM to the group, SIGKILL after the grace; resolves once the leader has ended. Twice is no error. */
  stop(graceMs: number): Promise<Exit>;
  /** SIGKILL to the group; resolves once the leader has ended. Twice is no error. */
  kill(): Promise<Exit>;
  /**
   * SIGSTOP to the group: none of it runs until all who froze it have thawed it, or it is ended, which thaws it first.
   *
   * @returns how to thaw it: SIGCONT to the group. Twice is no error, and neither is one that has ended
   */
  freeze(): () => void;
}

/** The longest output that is kept, in bytes. */
const longestOutput = 65_536;

async function outputOf({ stdout }: ChildProcess): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const written: AsyncIterable<Buffer> | undefined = stdout ?? undefined;
  for await (const chunk of written ?? []) {
    // The rest is read and left out: a pipe that nobody reads would hold its writer up.
    if (bytes < longestOutput) chunks.push(chunk);
    bytes += chunk.byteLength;
  }
  return Buffer.concat(chunks).toString('utf8');
}

export function manageProcess(
  name: string,
  child: ChildProcess,
  pid: number,
  logFile: string,
): ManagedProcess {
  let exit: Exit | undefined;
  let stopping = false;
  let freezes = 0;
  const output = outputOf(child);
  // Whoever needs it hears of it; nobody need.
  output.catch(() => undefined);
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      exit = { code, signal };
      // Whatever it has started ends with it.
      signalTo(pid, 'SIGKILL');
      resolve(exit);
    });
  });
  return {
    name,
    pid,
    logFile,
    exited,
    output,
    get alive() {
      return exit === undefined;
    },
    get stopping() {
      return stopping;
    },
    onMessage: (listener) => void child.on('message', listener),
    send: (message) => {
      // Between the look and the sending it may end: that is no failure of who tells it something.
      if (child.connected) child.send(message, () => undefined);
    },
    stop: async (graceMs) => {
      stopping = true;
      if (exit !== undefined) return exit;
      signalTo(pid, 'SIGTERM');
      // A frozen one gets to see it only when it goes on.
      signalTo(pid, 'SIGCONT');
      const kill = setTimeout(() => signalTo(pid, 'SIGKILL'), graceMs);
      try {
        return await exited;
      } finally {
        clearTimeout(kill);
      }
    },
    kill: async () => {
      stopping = true;
      if (exit === undefined) signalTo(pid, 'SIGKILL');
      return exited;
    },
    freeze: () => {
      // One that is being ended is to see the signal that ends it.
      if (exit !== undefined || stopping) return () => undefined;
      let on = true;
      freezes += 1;
      signalTo(pid, 'SIGSTOP');
      return () => {
        if (!on) return;
        on = false;
        freezes -= 1;
        if (freezes === 0 && exit === undefined) signalTo(pid, 'SIGCONT');
      };
    },
  };
}

/** Says that a process is the reason why a lab cannot begin, with the end of its log. */
export function cannotBegin(what: string, logFile: string, hint?: string): SteadfastError {
  const lines = lastLines(logFile);
  const said =
    lines.length === 0
      ? ', and said nothing'
      : `; its last lines:\n${lines.map((line) => `  ${line}`).join('\n')}`;
  const whole = `its whole log is ${logFile}`;
  return new SteadfastError('cannot-begin', `${what}${said}`, {
    hint: hint === undefined ? whole : `${hint}; ${whole}`,
  });
}
