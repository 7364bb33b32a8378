import { Console } from 'node:console';
import type { ViewStream } from './view/view-options.ts';

/** What the command reads and writes: results on stdout, everything else on stderr. */
export interface Io {
  readonly cwd: string;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: ViewStream;
  /** Whether a person sees stderr as it is written. */
  readonly isTerminal: boolean;
  /** How wide the terminal is that stdout goes to; absent where it goes elsewhere. */
  readonly stdoutColumns?: number;
  readonly stdoutColours: boolean;
  readonly stderrColours: boolean;
}

/** The io of this process. Colours only on a terminal, and never with NO_COLOR set (https://no-color.org). */
export function processIo(): Io {
  const wanted = (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb';
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe);
  // Definitions are code and may print: stdout is for results alone.
  globalThis.console = new Console(process.stderr, process.stderr);
  return {
    cwd: process.cwd(),
    stdout: process.stdout,
    stderr: process.stderr,
    isTerminal: process.stderr.isTTY === true && process.env['TERM'] !== 'dumb',
    ...(process.stdout.isTTY === true ? { stdoutColumns: process.stdout.columns } : {}),
    stdoutColours: wanted && process.stdout.isTTY === true,
    stderrColours: wanted && process.stderr.isTTY === true,
  };
}

/** EPIPE: who reads has stopped (`| head`). EIO: the terminal was closed. */
const nobodyReads: readonly unknown[] = ['EPIPE', 'EIO'];

/** Whoever reads our output may stop reading: a run goes on and ends in order all the same. */
function ignoreClosedPipe(cause: NodeJS.ErrnoException): void {
  if (!nobodyReads.includes(cause.code)) throw cause;
}

export const printLine = (stream: NodeJS.WritableStream, text = ''): void => {
  stream.write(`${text}\n`);
};

/** One JSON document and nothing else. */
export const printJson = (io: Io, document: unknown): void =>
  printLine(io.stdout, JSON.stringify(document, null, 2));
