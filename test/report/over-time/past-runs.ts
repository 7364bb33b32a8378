import type { Verdict } from '../../../lib/experiment/verdict.ts';
import type { PastRun } from '../../../lib/report/over-time/past-run.ts';

/** A run that began then, changed as a test needs it. */
export const ran = (start: string, verdict: Verdict = 'held', changes: Partial<PastRun> = {}): PastRun => ({
  runId: `run-${start}`,
  experiment: 'slow-database',
  environment: 'staging',
  verdict,
  summary: `It was ${verdict}.`,
  start,
  end: start,
  services: ['shop'],
  faults: [],
  ...changes,
});

/** So many runs, an hour after another. */
export const several = (
  count: number,
  start: string,
  verdict: Verdict = 'held',
  changes: (index: number) => Partial<PastRun> = () => ({}),
): PastRun[] =>
  Array.from({ length: count }, (_, index) => {
    const at = new Date(Date.parse(start) + index * 3_600_000).toISOString();
    return ran(at, verdict, { runId: `${verdict}-${at}`, ...changes(index) });
  });

export const hostile = '<img src=x onerror=alert(1)> | @team **bold** [a](javascript:b) `c`';

/** No text of a run forms markup in a page. */
export const holdsNoMarkup = (page: string): boolean => !page.includes('<img') && page.includes('&lt;img');

/** No text of a run forms anything in Markdown. */
export const holdsNoMarkdown = (markdown: string): boolean =>
  !/(?<!\\)<img|@team|\[a\]\(|(?<!\\)\*\*bold/.test(markdown) && markdown.includes('onerror=alert');
