import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { inTime } from '../../lib/aws/in-time.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';

const asking = { withinMs: 5_000, what: 'the function shop-shoppers', todo: 'start' } as const;

describe('what is asked of AWS for a time', () => {
  it('is answered in time', async () => {
    const clock = createVirtualClock({ auto: false });
    expect(await inTime({ ...asking, clock }, async () => 'yes')).toBe('yes');
    expect(clock.sleepers).toBe(0);
  });

  it('is given up afterwards, and says so', async () => {
    const clock = createVirtualClock();
    const never = async (signal: AbortSignal) => {
      await once(signal, 'abort');
      throw new Error('aborted');
    };
    await expect(inTime({ ...asking, clock }, never)).rejects.toThrow(
      'the function shop-shoppers took longer than 5 s to start',
    );
  });

  it('fails with its own failure', async () => {
    const clock = createVirtualClock({ auto: false });
    await expect(inTime({ ...asking, clock }, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });
});
