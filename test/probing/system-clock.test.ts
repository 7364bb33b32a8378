import { expect, it } from 'vitest';
import { systemClock } from '../../lib/probing/system-clock.ts';

it('the system clock counts milliseconds since 1970 and never goes backwards', () => {
  const times = Array.from({ length: 1_000 }, () => systemClock.now());
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(60_000);
});

it('a sleep ends at once, and without an error, when its signal aborts', async () => {
  const over = new AbortController();
  const slept = systemClock.sleep(3_600_000, over.signal);
  over.abort();
  await slept;
  await systemClock.sleep(3_600_000, AbortSignal.abort());
});
