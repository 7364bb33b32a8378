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

/** A stream of a process: one that goes to a terminal says so. */
type OutputStream = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** As much of a process as it is read and written by. */
interface OwnProcess {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  cwd(): string;
}

/** The io of this process. Colours only on a terminal, and never with NO_COLOR set (https://no-color.org). */
export function processIo(own: OwnProcess = process): Io {
  const { stdout, stderr, env } = own;
  const isDumb = env['TERM'] === 'dumb';
  const wanted = (env['NO_COLOR'] ?? '') === '' && !isDumb;
  for (const stream of [stdout, stderr]) stream.on('error', ignoreClosedPipe);
  // Definitions are code and may print: stdout is for results alone.
  globalThis.console = new Console(stderr, stderr);
  return {
    cwd: own.cwd(),
    stdout,
    stderr,
    isTerminal: stderr.isTTY === true && !isDumb,
    ...(stdout.isTTY === true && (stdout.columns ?? 0) > 0 ? { stdoutColumns: stdout.columns } : {}),
    stdoutColours: wanted && stdout.isTTY === true,
    stderrColours: wanted && stderr.isTTY === true,
  };
}

/** EPIPE: who reads has stopped (`| head`). EIO: the terminal was closed. */
const nobodyReads: readonly unknown[] = ['EPIPE', 'EIO'];

/** Whoever reads our output may stop reading: a run goes on and ends in order all the same. */
function ignoreClosedPipe(cause: NodeJS.ErrnoException): void {
  if (!nobodyReads.includes(cause.code)) throw cause;
}

/** How lines are broken that go to a terminal, by its stream. */
const fitting = new WeakMap<NodeJS.WritableStream, (line: string) => readonly string[]>();

/** From now on what is printed to terminals fits them. What measures text is loaded only where there is one. */
export async function fitToTerminals({ stdout, stdoutColumns, stderr, isTerminal }: Io): Promise<void> {
  if (stdoutColumns === undefined && !isTerminal) return;
  const { fitted } = await import('./view/fitted.ts');
  if (stdoutColumns !== undefined) fitting.set(stdout, (line) => fitted(line, stdoutColumns));
  // Its window may be made narrower while a run goes on.
  if (isTerminal) fitting.set(stderr, (line) => fitted(line, stderr.columns ?? Number.POSITIVE_INFINITY));
}

/** Text for people, which ends as it is. */
export function printText(stream: NodeJS.WritableStream, text: string): void {
  const fit = fitting.get(stream);
  stream.write(fit === undefined ? text : text.split('\n').flatMap(fit).join('\n'));
}

export const printLine = (stream: NodeJS.WritableStream, text = ''): void => printText(stream, `${text}\n`);

/** One JSON document and nothing else. */
export const printJson = ({ stdout }: Io, document: unknown): void => {
  stdout.write(`${JSON.stringify(document, null, 2)}\n`);
};
