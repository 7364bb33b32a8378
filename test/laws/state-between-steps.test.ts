import { expect, it } from 'vitest';
import { changed, run } from '../run/scripted-run.ts';
import { isLong } from '../setup.ts';

/** As many probes as an experiment may well have; half of them, with half of the bytes, in the ordinary run. */
const many = 20;
const probes = isLong ? many : many / 2;

/** What we allow ourselves of what Step Functions carries between states. */
const allowedBytes = (32 * 1_024 * probes) / many;

it('the state between steps stays small with many probes, each with every tolerance, in the midst of missing them', async () => {
  const below = { below: '250ms', missedFor: '1h' } as const;
  const probe = {
    http: { service: 'shop', path: '/products', ageOf: '$.readAt' },
    rate: '3/s',
    tolerances: {
      p50: below,
      p90: below,
      p95: below,
      p99: below,
      errorRate: { below: '1%', missedFor: '1h' },
      age: { below: '5s', missedFor: '1h' },
    },
  } as const;
  const names = Array.from({ length: probes }, (_, index) => `aProbeWithALongNameNumber${index + 1}`);
  const long = 90_000;
  const { journal, steps } = await run({
    definition: changed({
      baseline: '4m',
      steadyState: Object.fromEntries(names.map((name) => [name, probe])),
    }),
    input: {
      acceptInconclusive: true,
      stages: [{ label: 'all', templateId: 'T', durationMs: long, templateMs: long, faults: [] }],
    },
    world: {
      faults: { durationMs: long },
      sees: ({ injecting }) => ({ status: 200, latencyMs: injecting ? 400 : 20, value: injecting ? 9 : 1 }),
    },
  });
  expect(journal.stages[0]?.tolerances).toHaveLength(names.length * 6);
  expect(journal.verdict).toBe('deviated');
  expect(steps.filter(({ step }) => step === 'observeStage').length).toBeGreaterThan(1);
  expect(Math.max(...steps.map(({ bytes }) => bytes))).toBeGreaterThan(2_500);
  expect(Math.max(...steps.map(({ bytes }) => bytes))).toBeLessThan(allowedBytes);
});
