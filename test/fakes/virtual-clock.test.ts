import { describe, expect, it } from 'vitest';
import { createVirtualClock } from './virtual-clock.ts';

describe('the virtual clock', () => {
  it('jumps to the sleeper who is due first, again and again', async () => {
    const clock = createVirtualClock({ startMs: 0 });
    const woken: [string, number][] = [];
    const short = async () => {
      await clock.sleep(10);
      woken.push(['short', clock.now()]);
      await clock.sleep(5);
      woken.push(['short again', clock.now()]);
    };
    await Promise.all([clock.sleep(3_600_000).then(() => woken.push(['long', clock.now()])), short()]);
    expect(woken).toEqual([
      ['short', 10],
      ['short again', 15],
      ['long', 3_600_000],
    ]);
  });

  it('ends a sleep that is aborted, without moving the time', async () => {
    const clock = createVirtualClock({ startMs: 0 });
    const abort = new AbortController();
    const sleeping = clock.sleep(1_000, abort.signal);
    abort.abort();
    await sleeping;
    await clock.sleep(1_000, abort.signal);
    expect([clock.now(), clock.sleepers]).toEqual([0, 0]);
  });

  it('stands still until it is moved, where it is told to', async () => {
    const clock = createVirtualClock({ startMs: 0, auto: false });
    let woken = false;
    void clock.sleep(5).then(() => {
      woken = true;
    });
    await clock.advance(4);
    expect(woken).toBe(false);
    await clock.advance(1);
    expect([woken, clock.now()]).toEqual([true, 5]);
  });
});
