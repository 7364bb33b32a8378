import { describe, expect, it } from 'vitest';
import { main } from '../../lib/cli/main.ts';
import { capturedIo } from './captured-io.ts';
import { commandHere } from './command-here.ts';

describe('wrong usage', () => {
  it.each([
    [['nonsense'], /unknown command 'nonsense'/],
    [['lst'], /Did you mean list\?/],
    [['check', '--colour'], /unknown option '--colour'/],
    [['list', 'everything'], /too many arguments/],
    [['rehearse'], /nothing to rehearse/],
    [['rehearse', 'x', '--seed', '1.5'], /must be a whole number from 0 to 4294967295/],
    [['rehearse', 'x', '--out'], /argument missing/],
    [['rehearse', 'x', '--seed', '4294967296'], /must be a whole number from 0 to 4294967295/],
    [['run', 'x', '--at', '2026-12-01T14:00:00'], /Write it as 2026-12-01T14:00:00Z/],
    [['run', 'x', '--at', '2026-13-01T14:00:00Z'], /Write it as 2026-12-01T14:00:00Z/],
    // Times and numbers that are right are not what is wrong.
    [
      ['run', 'x', '--env', 'e', '--at', '2026-12-01T14:00:00+01:00', '--colour'],
      /unknown option '--colour'/,
    ],
    [['runs', '--limit', '1000', '--colour'], /unknown option '--colour'/],
    [['runs', '--limit', '1001'], /must be a whole number from 1 to 1000/],
    [['runs', '--limit', '0'], /must be a whole number from 1 to 1000/],
    [['runs', '--limit', 'all'], /must be a whole number from 1 to 1000/],
  ])('%j is 64, and says what is wrong', async (words, message) => {
    const { code, stdout, stderr } = await commandHere().run(...words);
    expect([code, stdout]).toEqual([64, '']);
    expect(stderr).toMatch(message);
    expect(stderr).toContain('--help');
  });

  it('is told as one JSON document where that was asked for', async () => {
    const { code, stdout } = await commandHere().run('check', '--json', '--colour');
    expect(code).toBe(64);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'usage' } });
  });
});

describe('help', () => {
  it.each([
    ['--help'],
    ['-h'],
    ['help'],
    ['help', 'check'],
    ['rehearse', '--help'],
    ['check', '--help'],
    ['list', '--help'],
    ['init', '--help'],
  ])('of %s %s is on stdout, with an example', async (...words) => {
    const { code, stdout, stderr } = await commandHere().run(...words);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Usage: steadfast/);
    expect(stdout).toContain('Examples:');
  });

  it('is where a command without words leads', async () => {
    const { code, stdout, stderr } = await commandHere().run();
    expect([code, stdout]).toEqual([64, '']);
    expect(stderr).toMatch(/^Usage: steadfast/);
  });

  it('has the version beside it', async () => {
    expect(await commandHere().run('--version')).toEqual({ code: 0, stdout: '1.2.3\n', stderr: '' });
  });
});

describe('what a command cannot do', () => {
  it('is told with its hint, and as one JSON document where that was asked for', async () => {
    const project = commandHere();
    const { code, stdout, stderr } = await project.run('rehearse', 'x', '--json');
    const message = "there is no experiment 'x'";
    const hint = 'there is none under experiments/; steadfast init writes a first one';
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toEqual({ error: { code: 'unknown-id', message, hint, problems: [] } });
    expect(stderr).toContain(message);
    expect(JSON.parse((await project.run('rehearse', 'x.yaml', '--json')).stdout)).toEqual({
      error: { code: 'unknown-id', message: 'there is no file x.yaml', problems: [] },
    });
  });
});

describe('a crash', () => {
  /** A disk that fails under the command. */
  const failing = () => {
    const captured = capturedIo('/');
    const io = {
      ...captured.io,
      get cwd(): string {
        throw new Error('the disk is gone');
      },
    };
    return { ...captured, io };
  };

  it('is 70, never a verdict, and is told with its place', async () => {
    const { io, out, err } = failing();
    expect(await main(['list'], io, '1.2.3')).toBe(70);
    expect(err()).toMatch(/Please report this:\nError: the disk is gone\n +at /);
    expect(out()).toBe('');
  });

  it('is one JSON document where that was asked for', async () => {
    const { io, out } = failing();
    expect(await main(['list', '--json'], io, '1.2.3')).toBe(70);
    expect(JSON.parse(out())).toEqual({
      error: { code: 'internal', message: 'the disk is gone', problems: [] },
    });
  });
});
