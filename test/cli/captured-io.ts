import { PassThrough } from 'node:stream';
import type { Io } from '../../lib/cli/io.ts';

/** What a command reads and writes, kept: `out()` and `err()` give what it has written so far. */
export function capturedIo(
  cwd: string,
  options: { readonly isTerminal?: boolean; readonly columns?: number } = {},
) {
  const written = { out: '', err: '' };
  const keep = (name: 'out' | 'err') =>
    new PassThrough().on('data', (chunk: Buffer) => {
      written[name] += chunk.toString('utf8');
    });
  const io: Io = {
    cwd,
    stdout: keep('out'),
    stderr: Object.assign(keep('err'), { columns: options.columns ?? 100, rows: 30 }),
    isTerminal: options.isTerminal ?? false,
    ...(options.columns === undefined ? {} : { stdoutColumns: options.columns }),
    stdoutColours: false,
    stderrColours: false,
  };
  return { io, out: () => written.out, err: () => written.err };
}
