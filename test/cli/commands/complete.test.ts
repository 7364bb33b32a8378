import { describe, expect, it } from 'vitest';
import { commandHere } from '../command-here.ts';

const project = () =>
  commandHere({ 'experiments/slow-database.yaml': "id: slow-database\ntitle: It's slow\n" });

describe('what a shell is answered', () => {
  it.each([
    [
      ['--shell', 'bash', '--breaks', ' \t"=:', '--', 'steadfast rehearse slo'],
      'words\n\nslo\nslow-database\n',
    ],
    [['--shell', 'zsh', '--', 'rehearse', 'slo'], "words\n\nslo\nslow-database\tIt's slow\n"],
    [['--shell', 'fish', '--', 'rehearse', 'slo'], "words\n\nslo\nslow-database\tIt's slow\n"],
    [['--shell', 'bash', '--', ''], undefined],
    [['--shell', 'bash'], undefined],
    [['--shell', 'zsh'], undefined],
    [[], undefined],
    [['--shell', 'tcsh', '--colour', '--', 'x', '--json', 'y'], 'words\n\ny\n'],
  ])('%j', async (words, expected) => {
    const { code, stdout, stderr } = await project().run('complete', ...words);
    expect([code, stderr]).toEqual([0, '']);
    if (expected === undefined) expect(stdout).toMatch(/^words\n\n\n/);
    else expect(stdout).toBe(expected);
  });

  it('names no command that only shells call', async () => {
    const { stdout } = await project().run('complete', '--shell', 'fish', '--', 'compl');
    expect(stdout).toContain('completion\t');
    expect(stdout).not.toContain('complete\t');
  });
});

describe('the script for a shell', () => {
  it.each(['bash', 'zsh', 'fish'])('of %s is printed', async (shell) => {
    const { code, stdout } = await commandHere().run('completion', shell);
    expect(code).toBe(0);
    expect(stdout).toContain(`complete --shell ${shell}`);
  });

  it('is there for those three', async () => {
    const { code, stderr } = await commandHere().run('completion', 'tcsh');
    expect(code).toBe(64);
    expect(stderr).toContain('Allowed choices are bash, zsh, fish.');
  });
});
