import { describe, expect, it } from 'vitest';
import { serviceMarkdown } from '../../../lib/report/service/service-markdown.ts';
import { renderService } from '../../../lib/report/service/service-page.ts';
import { type ServicePast, serviceReport } from '../../../lib/report/service/service-report.ts';
import { serviceReportSchema } from '../../../lib/report/service/service-schema.ts';
import { serviceLines } from '../../../lib/report/service/service-text.ts';
import { holdsNoMarkdown, holdsNoMarkup, hostile, ran, several } from '../over-time/past-runs.ts';

const nowMs = Date.parse('2026-05-31T00:00:00Z');
const fromMs = Date.parse('2026-03-02T00:00:00Z');

const report = (changes: Partial<ServicePast> = {}) =>
  serviceReportSchema.parse(
    serviceReport({
      service: 'shop',
      environment: 'staging',
      fromMs,
      nowMs,
      runs: [],
      known: {
        service: 'shop',
        untested: ['half of its tasks'],
        experiments: [{ id: 'slow-database', hash: 'new' }, { id: 'half-the-tasks' }],
      },
      titles: new Map([['slow-database', 'A slow database does not slow the shop']]),
      unreadable: [],
      ...changes,
    }),
  );

const runs = [
  ran('2026-03-10T10:00:00Z', 'held', { hash: 'old', recoverySeconds: 4, pace: 1 }),
  ran('2026-05-10T10:00:00Z', 'deviated', { hash: 'new', pace: 0.1 }),
  ran('2026-05-11T10:00:00Z', 'inconclusive', { hash: 'new' }),
  ran('2026-05-12T10:00:00Z', 'rejected', { hash: 'new' }),
  ran('2026-05-12T11:00:00Z', 'held', { experiment: 'extra', title: 'Something else', environment: 'shop' }),
];
const full = report({ runs });
const empty = report();
const unknown = report({ known: undefined, environment: undefined });

describe('a service over time', () => {
  it('counts its runs, and tells each experiment with its last word and trend', () => {
    expect(full).toMatchObject({
      verdict: 'inconclusive',
      counts: { runs: 5, experiments: 2, held: 2, notHeld: 1, open: 1, notRun: 1 },
      experiments: [
        {
          id: 'slow-database',
          title: 'A slow database does not slow the shop',
          last: { verdict: 'inconclusive', ageDays: 19 },
          trend: 'worse',
          definitions: 2,
          isOutdated: false,
        },
        { id: 'extra', title: 'Something else', trend: 'unknown' },
        { id: 'half-the-tasks', runs: { runs: 0 } },
      ],
      untested: ['half of its tasks'],
    });
    expect(full.runs.map(({ start }) => start)[0]).toBe('2026-05-12T11:00:00Z');
    expect(full.summary).toBe(
      'In 90 days there were 5 runs of 2 experiments: it held twice, it did not once, 1 run could not tell and 1 run never got that far.',
    );
  });

  it('says what does not hold as things stand', () => {
    const broken = report({
      runs: [ran('2026-05-10T10:00:00Z', 'deviated'), ...several(3, '2026-05-01T00:00:00Z')],
    });
    expect(broken.summary).toBe(
      'In 90 days there were 4 runs of 1 experiment: it held 3 times and it did not once. As things stand this does not hold: “A slow database does not slow the shop”.',
    );
  });

  it('names what makes runs less alike than they look', () => {
    expect(full.notes).toEqual([
      'These runs are of more than one place: staging and shop.',
      'Times were paced differently (1 and 0.1): times to recover are not alike.',
      'The definition was changed in this time of slow-database: earlier runs did not test quite the same.',
    ]);
    expect(empty.notes).toEqual([]);
  });

  it('leaves out what began before or after, to the instant', () => {
    const at = (ms: number) => ran(new Date(ms).toISOString());
    expect(report({ runs: [at(fromMs - 1), at(fromMs), at(nowMs - 1), at(nowMs)] }).counts.runs).toBe(2);
  });

  it('has a word for nothing', () => {
    expect(empty.verdict).toBeUndefined();
    expect(empty.summary).toBe('Nothing was run on it in 90 days: nobody knows how it would fare.');
    expect(report({ fromMs: nowMs - 3_600_000 }).summary).toContain('in 1 h');
  });

  it('has few parts of the time, however long that is, and every run in one of them', () => {
    const long = report({ fromMs: Date.parse('2020-01-01T00:00:00Z'), runs });
    for (const { periods, counts } of [full, long, report({ fromMs: nowMs - 3_600_000 })]) {
      expect(periods.length).toBeLessThanOrEqual(26);
      expect(periods.reduce((sum, one) => sum + one.runs.runs, 0)).toBe(counts.runs);
    }
  });
});

describe('a service as text, page and Markdown', () => {
  it('tells the word, the numbers, each experiment and what nothing tests', () => {
    const text = serviceLines(full).join('\n');
    expect(text).toMatch(/^shop: inconclusive\n/);
    expect(text).toMatch(
      /slow-database +inconclusive, 19 days ago +worse than before +1 of 2 runs, 2 more said nothing/,
    );
    expect(text).toMatch(/half-the-tasks +not run in this time +– +–/);
    expect(text).toContain('untested: half of its tasks');
    const page = renderService(full);
    expect(page).toContain('<span class="word">inconclusive</span>');
    expect(page).toContain('<h2>Not like for like</h2>');
    const { markdown } = serviceMarkdown(full);
    expect(markdown).toMatch(/^## ❔ \*\*inconclusive\*\*: shop\n/);
    expect(markdown).toContain(
      '| A slow database does not slow the shop (`slow-database`) | inconclusive, 19 days ago |',
    );
  });

  it('has a place for nothing, and for what nobody knows', () => {
    expect(serviceLines(empty)[0]).toBe('shop: nothing was run');
    expect(serviceLines(unknown)).toContain('No experiment touches it.');
    expect(serviceLines(unknown).at(-1)).toBe(
      'What nothing tests is not known: this project does not describe it.',
    );
    expect(renderService(unknown)).toContain('Not known: this project does not describe shop.');
    expect(renderService(unknown)).toContain('<p>No experiment touches it.</p>');
    expect(renderService(unknown)).not.toContain('<h2>Every run</h2>');
    expect(serviceMarkdown(unknown).markdown).toContain('Not known: this project does not describe it.');
    expect(serviceMarkdown(unknown).markdown).toContain('No experiment touches it.');
    const tested = report({ known: { service: 'shop', untested: [], experiments: [] } });
    expect(renderService(tested)).toContain('left untested');
    expect(serviceMarkdown(tested).markdown).toContain('left untested');
    const silent = report({ runs: [ran('2026-05-12T10:00:00Z', 'rejected')] });
    expect(serviceLines(silent).join('\n')).toMatch(/slow-database +no run said anything/);
    expect(renderService(silent)).toContain('no run said anything');
  });

  it('names what could not be read before all else, and counts what it does not name', () => {
    const torn = report({
      unreadable: Array.from({ length: 22 }, (_, index) => ({ what: `f${index}`, why: 'torn' })),
    });
    expect(renderService(torn)).toContain('<h2>22 runs could not be read</h2>');
    expect(renderService(torn)).toContain('<li>and 2 more</li>');
    expect(serviceLines(torn)).toContain('  f0: torn');
    expect(serviceMarkdown(torn).markdown).toContain('### 22 runs could not be read\n\n- f0: torn');
  });

  it('keeps the newest runs in sight, and the others by their month', () => {
    const many = report({ runs: several(100, '2026-05-01T00:00:00Z') });
    expect(renderService(many)).toContain('<summary>2026-05: 60 older runs</summary>');
    expect(serviceMarkdown(many).markdown).toContain('And 80 more.');
    expect(renderService(many).match(/<span class="badge held">held<\/span><\/div><\/td>/g)).toHaveLength(
      100,
    );
  });

  it('holds no markup and no Markdown that came out of a run', () => {
    const attacked = report({
      service: hostile,
      known: { service: hostile, untested: [hostile], experiments: [] },
      runs: [
        ran('2026-05-12T10:00:00Z', 'deviated', {
          runId: hostile,
          experiment: hostile,
          title: hostile,
          summary: hostile,
          environment: hostile,
        }),
        ran('2026-05-12T10:00:00Z'),
      ],
      unreadable: [{ what: hostile, why: hostile }],
    });
    expect(holdsNoMarkup(renderService(attacked))).toBe(true);
    expect(holdsNoMarkdown(serviceMarkdown(attacked).markdown)).toBe(true);
  });
});
