import { describe, expect, it } from 'vitest';
import { failing, failsOn } from '../../../lib/cli/pipeline/fail-on.ts';
import { verdicts } from '../../../lib/experiment/verdict.ts';
import { commandHere } from '../command-here.ts';

describe('which verdicts fail a pipeline', () => {
  it('are all but held, where nothing is chosen', () => {
    expect(verdicts.filter(failsOn(undefined))).toEqual(failing);
    expect(verdicts.filter((verdict) => !failing.includes(verdict))).toEqual(['held']);
  });

  it('are those that were chosen, and always harm that goes on and a failure of Steadfast', () => {
    expect(verdicts.filter(failsOn(new Set(['deviated', 'held'])))).toEqual([
      'errored',
      'unrecovered',
      'deviated',
    ]);
  });
});

describe('--fail-on', () => {
  it.each([
    ['deviatd', /There is no verdict 'deviatd': there are errored, unrecovered, deviated/],
    ['deviated,held', /it never fails on it/],
    ['', /Name some of errored/],
    [' , ', /Name some of errored/],
    ['Deviated', /There is no verdict 'Deviated'/],
  ])('refuses %j before anything is done', async (words, message) => {
    for (const command of [
      ['rehearse', 'x'],
      ['judge', 'x'],
      ['run', 'x', '--env', 'y'],
    ]) {
      const { code, stderr } = await commandHere().run(...command, '--fail-on', words);
      expect(code).toBe(64);
      expect(stderr).toMatch(message);
    }
  });

  it.each([
    [
      ['rehearse', 'x', '--watch', '--junit', 'a.xml'],
      /--watch gives no verdict that --junit could be about/,
    ],
    [['rehearse', 'x', '--watch', '--fail-on', 'deviated'], /that --fail-on could be about/],
    [
      ['run', 'x', '--env', 'y', '--detach', '--markdown', 'a.md'],
      /with --detach there is no verdict that --markdown/,
    ],
    [
      ['run', 'x', '--env', 'y', '--at', '2036-12-01T14:00:00Z', '--fail-on', 'deviated'],
      /with --at there is no verdict that --fail-on/,
    ],
  ])('is refused where no verdict is waited for: %s', async (words, message) => {
    const { code, stderr } = await commandHere().run(...words);
    expect(code).toBe(64);
    expect(stderr).toMatch(message);
  });
});
