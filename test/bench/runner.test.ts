import { expect, it } from 'vitest';
import { countRun, tenMinutes } from '../../bench/runner/count-run.ts';

it('ten minutes of a run cost a cent at most, in few transitions and small states', async () => {
  // Few requests: the time that the functions wait is what costs, however many requests they send meanwhile.
  const { products } = tenMinutes.steadyState;
  const { run, minutes, usd, amounts, seconds } = await countRun({
    ...tenMinutes,
    stages: [{ share: '100%', duration: '3m' }],
    steadyState: { ...tenMinutes.steadyState, ...(products && { products: { ...products, rate: '1/s' } }) },
    recovery: { ...tenMinutes.recovery, atLeast: { rate: '20%' } },
  });
  expect(run.runner.status).toBe('succeeded');
  expect(minutes).toBeGreaterThan(5);
  expect((usd * 10) / minutes).toBeLessThanOrEqual(0.01);
  expect(amounts.stateTransition).toBeLessThan(80);
  // The report has a function of its own, which the verdict's event wakes, and no state calls.
  expect(run.aws.bucket.objects.get('runs/run-1/report.html')).toContain('<html');
  expect(seconds['report']).toBeGreaterThan(0);
  expect(seconds['recover']).toBeGreaterThan(0);
  expect(run.runner.largestStateBytes).toBeLessThan(32_768);
  // The metric is read once in its own minute, also while it is looked at for the recovery.
  expect(amounts.metricRead).toBeLessThanOrEqual(minutes + 2);
}, 60_000);
