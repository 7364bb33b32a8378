import { PassThrough } from 'node:stream';
import type { Io } from '../../lib/cli/io.ts';

/** What a command reads and writes, kept: `out()` and `err()` give what it has written so far. */
export function capturedIo(cwd: string, options: { readonly isTerminal?: boolean } = {}) {
  const written = { out: '', err: '' };
  const keep = (name: 'out' | 'err') =>
    new PassThrough().on('data', (chunk: Buffer) => {
      written[name] += chunk.toString('utf8');
    });
  const io: Io = {
    cwd,
    stdout: keep('out'),
    stderr: Object.assign(keep('err'), { columns: 100, rows: 30 }),
    isTerminal: options.isTerminal ?? false,
    stdoutColours: false,
    stderrColours: false,
  };
  return { io, out: () => written.out, err: () => written.err };
}
