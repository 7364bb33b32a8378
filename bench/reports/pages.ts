import { monthOf } from '../../lib/report/month/calendar.ts';
import { renderMonth } from '../../lib/report/month/month-page.ts';
import { monthReport } from '../../lib/report/month/month-report.ts';
import { renderService } from '../../lib/report/service/service-page.ts';
import { serviceReport } from '../../lib/report/service/service-report.ts';
import { drawnRuns, nowMs, spanMs } from './drawn-runs.ts';

/** The pages that are made of many runs, each of so many. */
export const pages = {
  service: (count: number): string =>
    renderService(
      serviceReport({
        service: 'shop',
        environment: 'staging',
        fromMs: nowMs - spanMs,
        nowMs,
        runs: drawnRuns(count, 7),
        titles: new Map(),
        unreadable: [],
      }),
    ),
  // A month and the one before it hold two thirds of a quarter: so many are drawn that there are as many as asked for.
  month: (count: number): string =>
    renderMonth(
      monthReport({
        environment: 'staging',
        isRehearsal: false,
        month: monthOf('2026-11', 'UTC'),
        nowMs,
        runs: drawnRuns(3 * count, 7),
        unreadable: [],
        unknown: [],
      }),
    ),
} as const;

export type PageName = keyof typeof pages;
