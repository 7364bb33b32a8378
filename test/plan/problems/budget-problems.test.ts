import { describe, expect, it } from 'vitest';
import { experimentSchema } from '../../../lib/experiment/experiment.ts';
import { problemsOf } from '../../../lib/plan/problems.ts';
import { environmentTarget, labTarget, slowDatabase, staging } from '../examples.ts';

const http = { service: 'shop', path: '/products' };
const tolerances = { p95: { below: '250ms' } };

const asking = (...rates: readonly (string | undefined)[]) =>
  experimentSchema.parse({
    ...slowDatabase,
    steadyState: Object.fromEntries(
      rates.map((rate, index) => [
        `probe${index}`,
        { http, ...(rate === undefined ? {} : { rate }), tolerances },
      ]),
    ),
  });

describe('the budget of probing', () => {
  it('is for all http probes of an experiment together', () => {
    expect(problemsOf(asking('100/s', '100/s'), environmentTarget())).toEqual([]);
    expect(problemsOf(asking('100/s', '90/s', undefined), environmentTarget())).toEqual([
      {
        code: 'over-budget',
        path: ['steadyState', 'probe0', 'rate'],
        message: "the http probes ask 210 times a second together, and environment 'staging' allows 200",
        hint: "lower their rates ('probe0' asks most often, 100/s), or raise limits.probesPerSecond of environment 'staging', if its services bear that besides their load",
      },
    ]);
  });

  it('is what the environment says', () => {
    const small = environmentTarget({ ...staging, limits: { probesPerSecond: 5 } });
    expect(problemsOf(asking('5/s'), small)).toEqual([]);
    expect(problemsOf(asking('301/m'), small).map(({ message }) => message)).toEqual([
      "the http probes ask 5.02 times a second together, and environment 'staging' allows 5",
    ]);
  });

  it('is the rate of a lab', () => {
    expect(problemsOf(asking('200/s'), labTarget())).toEqual([]);
    expect(problemsOf(asking('200/s', '1/s'), labTarget()).map(({ hint }) => hint)).toEqual([
      "lower their rates ('probe0' asks most often, 200/s), or raise the rate of lab 'shop'",
    ]);
  });
});
