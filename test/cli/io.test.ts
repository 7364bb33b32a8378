import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { processIo } from '../../lib/cli/io.ts';

/** A process whose streams go to a terminal, or not. */
function ownProcess(options: { readonly isTTY?: boolean; readonly env?: Readonly<Record<string, string>> }) {
  const console = globalThis.console;
  onTestFinished(() => {
    globalThis.console = console;
  });
  const stream = () =>
    Object.assign(new PassThrough(), options.isTTY === true ? { isTTY: true, columns: 80 } : {});
  const [stdout, stderr] = [stream(), stream()];
  return { stdout, stderr, env: options.env ?? {}, cwd: () => '/project' };
}

describe('what a process reads and writes', () => {
  it('has colours and a width on a terminal', () => {
    expect(processIo(ownProcess({ isTTY: true }))).toMatchObject({
      cwd: '/project',
      isTerminal: true,
      stdoutColumns: 80,
      stdoutColours: true,
      stderrColours: true,
    });
  });

  it('has no width on a terminal that does not know its own', () => {
    const own = ownProcess({ isTTY: true });
    expect(processIo({ ...own, stdout: Object.assign(own.stdout, { columns: 0 }) })).not.toHaveProperty(
      'stdoutColumns',
    );
  });

  it.each([
    ['goes elsewhere', {}, false],
    ['is a terminal on which NO_COLOR is set', { isTTY: true, env: { NO_COLOR: '1' } }, true],
    ['is a terminal that can do nothing', { isTTY: true, env: { TERM: 'dumb' } }, false],
  ])('has no colours where it %s', (_what, options, isTerminal) => {
    const io = processIo(ownProcess(options));
    expect(io).toMatchObject({ isTerminal, stdoutColours: false, stderrColours: false });
  });

  it('has colours where NO_COLOR is empty', () => {
    expect(processIo(ownProcess({ isTTY: true, env: { NO_COLOR: '' } })).stdoutColours).toBe(true);
  });

  it('has on stdout nothing of what a definition prints', () => {
    const own = ownProcess({});
    processIo(own);
    const { console: printed } = globalThis;
    printed.log('hello');
    expect([own.stdout.read(), String(own.stderr.read())]).toEqual([null, 'hello\n']);
  });

  it.each(['EPIPE', 'EIO'])('goes on where nobody reads it any more: %s', (code) => {
    const own = ownProcess({});
    processIo(own);
    expect(() => own.stdout.emit('error', Object.assign(new Error('closed'), { code }))).not.toThrow();
  });

  it('tells any other failure of its streams', () => {
    const own = ownProcess({});
    processIo(own);
    const full = Object.assign(new Error('the disk is full'), { code: 'ENOSPC' });
    expect(() => own.stderr.emit('error', full)).toThrow('the disk is full');
  });
});
