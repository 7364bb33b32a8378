import { describe, expect, test } from 'vitest';
import { renderSummary } from '../../lib/report/summary.ts';
import {
  deviatedJournal,
  erroredJournal,
  heldJournal,
  rejectedJournal,
  unrecoveredJournal,
} from './journal-fixture.ts';

describe('the summary of a run', () => {
  test('gives the verdict with its reason, the figures against their tolerances, and recovery', () => {
    expect(renderSummary({ ...deviatedJournal(), findings: [] })).toEqual([
      'deviated: Products were up to 10.9 s old while the database answered 500 ms late, where at most 5 s are tolerated.',
      '',
      'probe             tolerance    before  during  after',
      'products  p95     below 250ms  9.4 ms  11 ms   9.9 ms  met',
      '          errors  below 1%     0%      0%      0%      met',
      '          age     below 5s     0.9 s   10.9 s  0.9 s   missed',
      'health    p95     below 250ms  6.1 ms  6.4 ms  6.3 ms  met',
      '',
      'Recovery: back after 2.4 s (objective 6 s): met',
    ]);
  });

  test('is the verdict alone when the run was rejected', () => {
    expect(renderSummary({ ...rejectedJournal(), findings: [] })).toEqual([
      'rejected: The run did not start: the lab shop did not come up.',
    ]);
  });

  test('is the verdict alone when nothing was judged before Steadfast failed', () => {
    expect(renderSummary({ ...erroredJournal(), findings: [] })).toHaveLength(1);
  });

  test('says when steady state did not come back', () => {
    expect(renderSummary({ ...unrecoveredJournal(), findings: [] }).at(-1)).toBe(
      'Recovery: not back (objective 6 s): missed',
    );
  });

  test('says when nobody could see whether steady state came back', () => {
    const recovery = { objective: 6, reason: 'no data after the fault', tolerances: [], windows: [] };
    expect(renderSummary({ ...heldJournal(), recovery }).at(-1)).toBe(
      'Recovery: unknown (objective 6 s): no data after the fault',
    );
  });

  test('keeps the lines of a log that a finding tells, each for itself', () => {
    const summary = 'shop-1 ended before it was ready; its last lines:\n  Traceback:\n    no such module.';
    expect(renderSummary({ ...rejectedJournal(), summary, findings: [] }).slice(0, 3)).toEqual([
      'rejected: shop-1 ended before it was ready; its last lines:',
      '  Traceback:',
      '    no such module.',
    ]);
  });

  test('says how to mend what the verdict rests on, and what else was found, but no more than fits', () => {
    const finding = (tolerance: string) => ({
      code: 'underpowered',
      verdict: 'rejected' as const,
      message: `Stage 1 cannot tell whether products keeps its ${tolerance}: it has 240 samples.`,
      hint: 'Lengthen the stage.',
    });
    const tolerances = ['p50', 'p90', 'p95', 'p99', 'errorRate', 'age', 'count'];
    const findings = tolerances.map(finding);
    const told = renderSummary({ ...rejectedJournal(), summary: findings[0]?.message ?? '', findings });
    expect(told).toEqual([
      'rejected: Stage 1 cannot tell whether products keeps its p50: it has 240 samples.',
      'How to mend it: Lengthen the stage.',
      '',
      ...tolerances
        .slice(1, 5)
        .map(
          (name) => `rejected: Stage 1 cannot tell whether products keeps its ${name}: it has 240 samples.`,
        ),
      '2 more findings in the report.',
    ]);
    expect(renderSummary({ ...rejectedJournal(), findings: findings.slice(0, 5) }).at(-1)).toBe(
      '1 more finding in the report.',
    );
  });
});
