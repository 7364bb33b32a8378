import { describe, expect, it } from 'vitest';
import type { Traffic } from '../../lib/run/ports.ts';
import { stretchAt } from '../../lib/run/stretch.ts';

const runId = 'run-1';

/** What everything that makes traffic must do, the fake and the real ones alike. */
export function itMakesTraffic(
  create: () => Promise<{
    readonly traffic: Traffic;
    readonly nowMs: () => number;
    /** How many times over there is load. */
    readonly running: () => Promise<number>;
  }>,
): void {
  describe('as everything that makes traffic', () => {
    it('makes none before it is asked, some afterwards, and none once it is stopped', async () => {
      const { traffic, nowMs, running } = await create();
      const window = stretchAt(nowMs());
      expect(await running()).toBe(0);
      await traffic.ask({ runId, action: 'start', ...window });
      expect(await running()).toBe(1);
      await traffic.ask({ runId, action: 'stop', fromMs: nowMs(), untilMs: nowMs() });
      expect(await running()).toBe(0);
    });

    it('makes no more for being asked the same again', async () => {
      const { traffic, nowMs, running } = await create();
      const window = stretchAt(nowMs());
      await traffic.ask({ runId, action: 'start', ...window });
      await traffic.ask({ runId, action: 'start', ...window });
      await traffic.ask({ runId, action: 'keep', ...stretchAt(window.untilMs) });
      expect(await running()).toBe(1);
      await traffic.ask({ runId, action: 'stop', fromMs: nowMs(), untilMs: nowMs() });
    });

    it('may be stopped twice, and where it never ran', async () => {
      const { traffic, nowMs, running } = await create();
      for (const _ of [1, 2]) await traffic.ask({ runId, action: 'stop', fromMs: nowMs(), untilMs: nowMs() });
      expect(await running()).toBe(0);
    });
  });
}
