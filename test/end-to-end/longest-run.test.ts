import { expect, it } from 'vitest';
import { synthesized } from '../cdk/synthesized.ts';
import { slowDatabase } from '../plan/examples.ts';
import { isLong } from '../setup.ts';
import { runInAws } from './aws-run.ts';

/** FIS's longest experiment. */
const longestHours = 12;

/** Every minute of a stage is as the one before, so the ordinary run does with fewer. */
const hours = isLong ? longestHours : 2;

/** What we allow ourselves of Step Functions' 256 KB between states and 25,000 events an execution. */
const allowed = { stateBytes: 32 * 1_024, events: 20_000 };

it('the longest run that FIS allows keeps little between steps and stays far from the limit of events', async () => {
  // Few requests, since time is what is long here; several probes, since the digest between steps grows with them.
  const products = {
    http: { service: 'shop', path: '/products' },
    rate: '30/m',
    tolerances: { p95: { below: '250ms' } },
  } as const;
  const run = await runInAws({
    machines: synthesized({
      ...slowDatabase,
      baseline: '5m',
      steadyState: { first: products, second: products, third: products, fourth: products },
      stages: [{ share: '100%', duration: `${hours}h` }],
      recovery: { ...slowDatabase.recovery, atLeast: { rate: '5%' } },
    }),
    sees: () => ({ status: 200, latencyMs: 20 }),
  });
  expect(run.journal).toMatchObject({ verdict: 'held', stages: [{ fisStatus: 'completed' }] });
  const slices = run.runner.path.filter((state) => state === 'Observe stage').length;
  expect(slices).toBeGreaterThanOrEqual(hours * 60);
  expect(run.runner.largestStateBytes).toBeLessThan(allowed.stateBytes);
  expect((run.runner.events * longestHours) / hours).toBeLessThan(allowed.events);
}, 180_000);
