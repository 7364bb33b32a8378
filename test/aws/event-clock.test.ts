import { afterEach, describe, expect, it, vi } from 'vitest';
import { createEventClock } from '../../lib/aws/event-clock.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('the clock of an event', () => {
  it('begins at the time of day, and is not moved when the time of day is set back', () => {
    vi.useFakeTimers({ now: 1_000_000, toFake: ['Date', 'performance'] });
    const clock = createEventClock();
    expect(clock.now()).toBe(1_000_000);
    vi.advanceTimersByTime(250);
    vi.setSystemTime(0);
    expect(clock.now()).toBe(1_000_250);
  });

  it('reads the time of day anew for each event, since a frozen process counts nothing', () => {
    vi.useFakeTimers({ now: 1_000_000, toFake: ['Date', 'performance'] });
    createEventClock();
    vi.setSystemTime(9_000_000);
    expect(createEventClock().now()).toBe(9_000_000);
  });

  it('ends a sleep that is aborted at once, without an error', async () => {
    const abort = new AbortController();
    const sleeping = createEventClock().sleep(86_400_000, abort.signal);
    abort.abort();
    await expect(sleeping).resolves.toBeUndefined();
  });
});
