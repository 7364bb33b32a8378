import { describe, expect, it } from 'vitest';
import { monthMarkdown } from '../../../lib/report/month/month-markdown.ts';
import { renderMonth } from '../../../lib/report/month/month-page.ts';
import {
  type MonthPast,
  type MonthPastGameDay,
  monthReport,
} from '../../../lib/report/month/month-report.ts';
import { monthLines } from '../../../lib/report/month/month-text.ts';
import { holdsNoMarkdown, holdsNoMarkup, hostile, ran } from '../over-time/past-runs.ts';
import { action, busy, past } from './month-past.ts';

const report = (changes: Partial<MonthPast> = {}) => monthReport(past(changes));
const full = report(busy);
const empty = report();
const unknown = report({
  experiments: undefined,
  untested: undefined,
  gameDays: undefined,
  nowMs: Date.parse('2026-11-02T00:00:00Z'),
  isRehearsal: true,
  unreadable: [{ what: 'torn/journal.json', why: 'it is no JSON' }],
});

describe('a month as text', () => {
  it('tells it all in sentences', () => {
    const text = monthLines(full).join('\n');
    expect(text).toMatch(/^November 2026 in staging: 2 weaknesses open\n/);
    expect(text).toContain(
      'A slow database does not slow the shop. It did not hold in 2 of 3 runs, last on 10 November. It was deviated.',
    );
    expect(text).toContain(
      'lost. It did not hold in its one run, on 12 November. The system did not come back by itself in time.',
    );
    expect(text).toContain(
      'mended. It did not hold in 1 of 2 runs, last on 12 November. Since then it has held.',
    );
    expect(text).toContain('half-the-tasks: held 3 times\n');
    expect(text).toContain(
      'A slow database does not slow the shop: held once of 3, and the last time it did not',
    );
    expect(text).toContain(
      'worse: A slow database does not slow the shop (held then, deviated now; its definition was changed in between',
    );
    expect(text).toContain(
      'no longer known: gone (held then; no run of this month says how the system fares)',
    );
    expect(text).toContain('new: lost (nothing was known before; unrecovered now)');
    expect(text).toContain('Late (ann, 2026-11-30, overdue; payment-down)');
    expect(text).toContain('Nobody (nobody yet, no day yet; payment-down)');
    expect(text).toContain(
      'payment-down: held in this month: in-november; the next one was due by 2026-11-20, which is overdue',
    );
    expect(text).toContain(
      '1. Mend what breaks in “lost”. Then see it hold.\n     npx steadfast run lost --env staging',
    );
  });

  it('is short where there is nothing, and says what is not known', () => {
    const lines = monthLines(unknown);
    expect(lines[0]).toBe('November 2026, so far, in the lab staging: nothing was run');
    expect(lines).toContain('1 run could not be read:');
    expect(lines).toContain('What is not known here:');
    expect(monthLines(empty).join('\n')).not.toContain('What broke');
  });
});

describe('words of a month', () => {
  it('tell a game day that is due, one that was never asked for, and one that was never held', () => {
    const day = (changes: Partial<MonthPastGameDay>) => ({
      gameDay: 'pay',
      editions: [],
      isOverdue: false,
      open: [],
      ...changes,
    });
    const words = (changes: Partial<MonthPastGameDay>) =>
      monthLines(report({ gameDays: [day(changes)] })).find((line) => line.startsWith('  pay: '));
    expect(words({})).toBe('  pay: not held in this month');
    expect(words({ nextBy: '2026-12-20' })).toBe(
      '  pay: not held in this month; the next one is due by 2026-12-20',
    );
    expect(words({ isOverdue: true })).toBe(
      '  pay: not held in this month; it was never held, which is overdue',
    );
  });

  it('tell a verdict that changed under the same definition, and what another run knows', () => {
    const runs = [
      ran('2026-10-02T00:00:00Z', 'deviated', { hash: 'same' }),
      ran('2026-11-02T00:00:00Z', 'rejected', { hash: 'same' }),
      ran('2026-11-03T00:00:00Z', 'held', { hash: 'same' }),
    ];
    const text = monthLines(report({ runs })).join('\n');
    expect(text).toContain('better: slow-database (deviated then, held now)\n');
    expect(text).toContain('slow-database: once of 2; another run did say how the system fares');
    expect(text).toContain('slow-database: held once of 2\n');
  });
});

describe('a month as a page', () => {
  it('shows what broke before all else but a few words, and ends with what is not known', () => {
    const page = renderMonth(full);
    const titles = [...page.matchAll(/<h2>([^<]*)<\/h2>/g)].map(([, title]) => title);
    expect(titles).toEqual([
      'In short',
      'What broke',
      'Better and worse than the month before',
      'What was shown to hold',
      'What runs could not tell',
      'What never got as far as a fault',
      'What nothing tests',
      'What is to be done, and by whom',
      'What to do next',
    ]);
    expect(page).toContain('<span class="badge missed">still open</span>');
    expect(page).toContain('<span class="badge met">holds since</span>');
    expect(page).toContain('These probes saw nothing of it: health.');
    expect(page).toContain('<span class="state missed">nobody yet</span>');
  });

  it('has a place for nothing, and for what nobody knows', () => {
    const page = renderMonth(unknown);
    expect(page).toContain('<h2>1 run could not be read</h2>');
    expect(page).toContain('Nothing is known to have broken: no run said how the system fares.');
    expect(page).toContain('Not known: this project does not describe the environment.');
    expect(page).toContain('Not known: nothing is known here of game days.');
    expect(page).toContain('<h2>What this page does not know</h2>');
    const quiet = renderMonth(report({ runs: [ran('2026-10-02T00:00:00Z'), ran('2026-11-02T00:00:00Z')] }));
    expect(quiet).toContain('<header class="banner held">');
    expect(quiet).toContain('Nothing that was tried broke the system.');
    expect(quiet).toContain('No experiment stands otherwise than in the month before.');
    expect(quiet).toContain('No action of a game day is open.');
    expect(quiet).toContain('Nothing presses. Go on as before.');
    expect(quiet).not.toContain('does not know');
    expect(renderMonth(report({ runs: [ran('2026-11-02T00:00:00Z', 'halted')] }))).toContain(
      'banner inconclusive',
    );
    expect(renderMonth(empty)).toContain('banner rejected');
  });

  it('opens the end of a long list when it is wanted', () => {
    const experiments = Array.from({ length: 45 }, (_, index) => ({ id: `e${index}`, title: `E${index}` }));
    expect(renderMonth(report({ experiments }))).toContain('<details><summary>15 more</summary>');
  });
});

describe('a month as Markdown', () => {
  it('tells it all', () => {
    const { markdown } = monthMarkdown(full);
    expect(markdown).toMatch(/^## November 2026 in staging: 2 weaknesses open\n/);
    expect(markdown).toContain('*How to mend it:* Give calls a time-out.');
    expect(markdown).toContain('| Late | ann | 2026-11-30, overdue | payment-down, in-november |');
    expect(markdown).toContain('### Not run in this month\n\n- Never run (`never`)');
    expect(markdown).toContain(
      '1. Mend what breaks in “lost”. Then see it hold.<br>`npx steadfast run lost --env staging`',
    );
  });

  it('has a place for nothing, for what nobody knows, and for more than a page holds', () => {
    const { markdown } = monthMarkdown(unknown);
    expect(markdown).toContain('### 1 run could not be read');
    expect(markdown).toContain('### What is to be done, and by whom\n\nNot known.');
    expect(markdown).toContain('### What nothing tests\n\nNot known.');
    expect(monthMarkdown(empty).markdown).toContain('Nothing presses. Go on as before.');
    expect(monthMarkdown(empty).markdown).toContain('Nothing that is known to break is left untested.');
    const held = monthMarkdown(report({ runs: [ran('2026-11-02T00:00:00Z')] })).markdown;
    expect(held).toContain('Nothing that was tried broke the system.');
    const experiments = Array.from({ length: 53 }, (_, index) => ({ id: `e${index}`, title: `E${index}` }));
    expect(monthMarkdown(report({ experiments })).markdown).toContain('- and 3 more');
  });
});

describe('what came out of runs and retrospectives', () => {
  const attacked = report({
    environment: hostile,
    runs: (['deviated', 'held', 'inconclusive', 'rejected'] as const).map((verdict, index) =>
      ran(`2026-11-0${index + 1}T00:00:00Z`, verdict, {
        runId: hostile,
        experiment: `${index}${hostile}`,
        title: hostile,
        summary: hostile,
        hint: hostile,
        blind: [hostile],
      }),
    ),
    experiments: [{ id: hostile, title: hostile }],
    untested: [{ service: hostile, what: [hostile] }],
    gameDays: [
      {
        gameDay: hostile,
        editions: [{ edition: hostile, beganAt: '2026-11-03T00:00:00Z' }],
        nextBy: hostile,
        isOverdue: true,
        open: [action(hostile, hostile, hostile)],
      },
    ],
    unreadable: [{ what: hostile, why: hostile }],
    unknown: [hostile],
  });

  it('forms no markup and no Markdown', () => {
    expect(holdsNoMarkup(renderMonth(attacked))).toBe(true);
    expect(holdsNoMarkdown(monthMarkdown(attacked).markdown)).toBe(true);
  });
});
