import { describe, expect, it } from 'vitest';
import { changed, run } from './scripted-run.ts';

const well = { status: 200, latencyMs: 20 };
const hangs = { latencyMs: 60_000 };

const patient = changed({
  steadyState: {
    products: {
      http: { service: 'shop', path: '/products' },
      rate: '20/s',
      timeout: '8s',
      tolerances: { p95: { below: '250ms', missedFor: '1s' } },
    },
  },
});

describe('requests that are under way', () => {
  it('end a fault as soon as they are older than their tolerance for too long, not when they time out', async () => {
    const hung = await run({
      definition: patient,
      world: { sees: ({ injecting }) => (injecting ? hangs : well) },
    });
    const [experiment] = hung.faults.experiments;
    const askedMs = (experiment?.stopAskedMs ?? Number.NaN) - (experiment?.startMs ?? 0);
    expect(askedMs).toBeGreaterThan(1_250);
    expect(askedMs).toBeLessThan(3_000);
    expect(hung.journal).toMatchObject({ verdict: 'deviated', stages: [{ halt: { by: 'watch' } }] });
  });

  it('count for nothing when they answer in time, however many there are', async () => {
    const almost = await run({
      definition: patient,
      world: { sees: ({ injecting }) => (injecting ? { status: 200, latencyMs: 240 } : well) },
    });
    expect(almost.journal.stages[0]?.halt).toBeUndefined();
  });
});
