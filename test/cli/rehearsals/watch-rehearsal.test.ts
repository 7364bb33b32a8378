import { describe, expect, it } from 'vitest';
import { type Key, watchRehearsal } from '../../../lib/cli/rehearsals/watch-rehearsal.ts';
import type { Verdict } from '../../../lib/experiment/verdict.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';
import { journalOf } from '../../rehearsal/journal-of.ts';

/** A watched rehearsal whose runs end when the test says so. */
function watched() {
  const clock = createVirtualClock({ auto: false });
  const happened: string[] = [];
  const runs: { end: (verdict: Verdict) => void }[] = [];
  let change: (path: string) => void = () => undefined;
  let press: (key: Key) => void = () => undefined;
  let interrupt: (name: NodeJS.Signals) => void = () => undefined;
  const code = watchRehearsal({
    clock,
    start: () => {
      happened.push('begins');
      const { promise, resolve } = Promise.withResolvers<Verdict>();
      runs.push({ end: resolve });
      return {
        halt: (reason) => void happened.push(`halt: ${reason}`),
        ended: promise.then((verdict) => ({ journal: journalOf({ verdict }) })),
      };
    },
    watch: (onChange) => {
      change = onChange;
      return () => void happened.push('unwatched');
    },
    keys: (onKey) => {
      press = onKey;
      return () => void happened.push('keyboard back');
    },
    onSignal: (listener) => {
      interrupt = listener;
      return () => void happened.push('signals back');
    },
    tell: (text) => void happened.push(text.trim()),
  });
  /** Lets what has happened be dealt with, and then so much time pass. */
  const pass = (ms = 0) => clock.advance(ms);
  const endRun = async (verdict: Verdict) => {
    runs.at(-1)?.end(verdict);
    await pass();
  };
  return {
    code,
    happened,
    pass,
    endRun,
    change: (path: string) => change(path),
    press: (key: Key) => press(key),
    interrupt: () => interrupt('SIGINT'),
  };
}

const waits = 'Waiting for a change. Enter runs it again, q quits.';
const released = ['unwatched', 'signals back', 'keyboard back'];

describe('a rehearsal that is watched', () => {
  it('runs again once nothing has changed for a while, and quits with the code of the last run', async () => {
    const { code, happened, change, press, pass, endRun } = watched();
    await endRun('held');
    change('shop.ts');
    await pass(200);
    change('cache.ts');
    await pass(200);
    expect(happened).toEqual(['begins', waits]);
    await pass(100);
    expect(happened).toEqual(['begins', waits, 'cache.ts changed.', 'begins']);
    await endRun('deviated');
    press('quit');
    expect(await code).toBe(1);
    expect(happened.slice(4)).toEqual([waits, ...released]);
  });

  it('ends a run in order when something changes, once, and then begins anew', async () => {
    const { code, happened, change, press, pass, endRun } = watched();
    change('shop.ts');
    change('shop.ts');
    await pass(1_000);
    expect(happened).toEqual(['begins', 'halt: shop.ts changed']);
    await endRun('halted');
    expect(happened.slice(2)).toEqual(['shop.ts changed.', 'begins']);
    await endRun('held');
    press('quit');
    expect(await code).toBe(0);
  });

  it('runs again at Enter, without waiting for anything to settle', async () => {
    const { code, happened, press, pass, endRun } = watched();
    await endRun('held');
    press('again');
    await pass();
    expect(happened).toEqual(['begins', waits, 'Again.', 'begins']);
    press('again');
    await pass();
    await endRun('halted');
    expect(happened.slice(4)).toEqual(['halt: it was to begin anew', 'Again.', 'begins']);
    press('quit');
    await pass();
    await endRun('halted');
    expect(await code).toBe(3);
  });

  it('quits in order by Ctrl-C, and a second one ends the run at once', async () => {
    const { code, happened, interrupt, change, pass, endRun } = watched();
    interrupt();
    change('shop.ts');
    await pass(1_000);
    interrupt();
    await pass();
    await endRun('halted');
    expect(await code).toBe(3);
    expect(happened).toEqual(['begins', 'halt: Ctrl-C was pressed', 'halt: Ctrl-C was pressed', ...released]);
  });
});
