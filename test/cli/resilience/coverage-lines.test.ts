import { describe, expect, it } from 'vitest';
import { coverageLines } from '../../../lib/cli/resilience/coverage-lines.ts';
import type { ExperimentRecord, ServiceRecord } from '../../../lib/report/resilience.ts';

const lastOf = (verdict: NonNullable<ExperimentRecord['last']>['verdict'], ageDays: number) => ({
  last: { runId: 'r', verdict, at: '2026-05-01T00:00:00.000Z', ageDays, summary: 'A summary.' },
});

const recordOf = (experiment: string, given: Partial<ExperimentRecord> = {}): ExperimentRecord => ({
  experiment,
  history: [],
  trend: 'unknown',
  recoverySeconds: [],
  isOutdated: false,
  ...given,
});

const linesOf = (services: readonly ServiceRecord[], environment?: string) =>
  coverageLines(services, environment, { stdoutColours: false });

describe('what runs have shown of a service', () => {
  it('is its state, and a line for each experiment with all that is known of it', () => {
    const experiments = [
      recordOf('slow', {
        ...lastOf('deviated', 0),
        history: ['held', 'held', 'deviated'],
        trend: 'worse',
        recoverySeconds: [3, 12.34],
        isOutdated: true,
      }),
      recordOf('stop-tasks', { ...lastOf('held', 1), history: ['held'], trend: 'steady' }),
      recordOf('no-zone', { ...lastOf('held', 31), history: ['deviated', 'held'], trend: 'better' }),
      recordOf('other'),
    ];
    expect(
      linesOf([{ service: 'shop', verdict: 'deviated', ageDays: 31, experiments, untested: [] }]),
    ).toEqual([
      'shop  deviated, 31 days ago (old)',
      '  slow        deviated, today, worse than before, held 2 of 3, back in 12.3 s, of an older definition',
      '  stop-tasks  held, 1 day ago, as before',
      '  no-zone     held, 31 days ago (old), better than before, held 1 of 2',
      '  other       never run: npx steadfast rehearse other',
      '',
    ]);
  });

  it('names the environment that a missing run would be in', () => {
    const service = { service: 'shop', experiments: [recordOf('other')], untested: [] };
    expect(linesOf([service], 'staging')[1]).toBe(
      '  other  never run: npx steadfast run other --env staging',
    );
  });

  it('says what nobody tests, and how to begin', () => {
    const untested = ['its database is slow'];
    expect(
      linesOf([
        { service: 'shop', experiments: [], untested },
        { service: 'mail', verdict: 'held', experiments: [], untested: [] },
      ]),
    ).toEqual([
      'shop  nothing was ever run',
      '  no experiment touches it',
      '  untested: its database is slow',
      '  npx steadfast new --list --for shop',
      '',
      'mail  held, today',
      '  no experiment touches it',
      '',
    ]);
  });

  it('has its verdicts in colours where they are wanted', () => {
    const services = (['held', 'deviated'] as const).map((verdict) => ({
      service: 'shop',
      verdict,
      experiments: [recordOf('other')],
      untested: [],
    }));
    const text = coverageLines(services, undefined, { stdoutColours: true }).join('\n');
    expect(text).toContain('\u001B[32mheld');
    expect(text).toContain('\u001B[31mdeviated');
  });
});
