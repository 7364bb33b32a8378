import { monthOf } from '../../../lib/report/month/calendar.ts';
import type { MonthPast } from '../../../lib/report/month/month-report.ts';
import { ran, several } from '../over-time/past-runs.ts';

export const action = (what: string, owner: string, due: string) => ({
  edition: 'in-november',
  action: { id: what, what, why: '', owner, due, state: 'open' as const, reason: '' },
});

/** November in staging, seen on the first day of December. */
export const past = (changes: Partial<MonthPast> = {}): MonthPast => ({
  environment: 'staging',
  isRehearsal: false,
  month: monthOf('2026-11', 'UTC'),
  nowMs: Date.parse('2026-12-01T12:00:00Z'),
  runs: [],
  experiments: [],
  untested: [],
  gameDays: [],
  unreadable: [],
  unknown: [],
  ...changes,
});

/** A month in which everything happened. */
export const busy = {
  runs: [
    ran('2026-10-05T00:00:00Z', 'held', { hash: 'old' }),
    ran('2026-10-06T00:00:00Z', 'deviated', { experiment: 'half-the-tasks' }),
    ran('2026-10-07T00:00:00Z', 'held', { experiment: 'gone' }),
    ran('2026-10-08T00:00:00Z', 'rejected', { experiment: 'busy' }),
    ran('2026-11-01T00:00:00Z', 'held', { hash: 'new' }),
    ran('2026-11-09T00:00:00Z', 'deviated', { hash: 'new', hint: 'Give calls a time-out.' }),
    ran('2026-11-10T00:00:00Z', 'deviated', {
      hash: 'new',
      title: 'The old title',
      blind: ['health'],
    }),
    ...several(3, '2026-11-11T00:00:00Z', 'held', () => ({
      experiment: 'half-the-tasks',
      recoverySeconds: 4,
    })),
    ran('2026-11-12T00:00:00Z', 'unrecovered', { experiment: 'lost' }),
    ran('2026-11-12T00:00:00Z', 'deviated', { experiment: 'mended' }),
    ran('2026-11-13T00:00:00Z', 'held', { experiment: 'mended' }),
    ran('2026-11-14T00:00:00Z', 'inconclusive', { experiment: 'short' }),
    ran('2026-11-14T00:00:00Z', 'rejected', { experiment: 'busy' }),
  ],
  experiments: [
    { id: 'slow-database', title: 'A slow database does not slow the shop' },
    { id: 'never', title: 'Never run' },
  ],
  untested: [{ service: 'shop', what: ['half of its tasks', 'its zone'] }],
  gameDays: [
    {
      gameDay: 'payment-down',
      editions: [
        { edition: 'in-october', beganAt: '2026-10-20T09:00:00Z' },
        { edition: 'in-november', beganAt: '2026-11-20T09:00:00Z' },
      ],
      nextBy: '2026-11-20',
      isOverdue: true,
      open: [
        action('Nobody', '', ''),
        action('In time', 'ben', '2026-12-01'),
        action('Late', 'ann', '2026-11-30'),
      ],
    },
  ],
} satisfies Partial<MonthPast>;
