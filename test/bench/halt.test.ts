import { describe, expect, it } from 'vitest';
import { falseHaltsIn, healthyKinds } from '../../bench/halt/healthy-minutes.ts';
import { drawOutage, outageKinds } from '../../bench/halt/outages.ts';
import { haltTimeMs } from '../../bench/halt/run-outage.ts';
import { drawFor } from '../../bench/verdicts/draw.ts';

describe('the benchmark of halting', () => {
  it.each(outageKinds)('ends the fault soon when requests are %s', async (kind) => {
    const draw = drawFor(`outage ${kind}`, 1);
    const outage = drawOutage(kind, draw);
    expect(outage.perSecond).toBeGreaterThanOrEqual(20);
    expect(await haltTimeMs(outage, draw)).toBeLessThanOrEqual(3_000);
  });

  it('tells when nothing ended the fault', async () => {
    const draw = drawFor('never', 1);
    const outage = { ...drawOutage('refused', draw), look: () => ({ status: 200, latencyMs: 20 }) };
    expect(await haltTimeMs(outage, draw)).toBeUndefined();
  });

  it.each(healthyKinds)('counts false halts of services that are well: %s', (kind) => {
    expect(falseHaltsIn(kind, 2, 2)).toBe(0);
  });
});
