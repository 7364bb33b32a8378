import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../../lib/report/compare/compare-runs.ts';
import { comparisonMarkdown } from '../../../lib/report/compare/comparison-markdown.ts';
import { renderComparison } from '../../../lib/report/compare/comparison-page.ts';
import { comparisonLines } from '../../../lib/report/compare/comparison-text.ts';
import type { Journal } from '../../../lib/run/journal.ts';
import { deviatedJournal, heldJournal, rejectedJournal } from '../journal-fixture.ts';
import { later, withP95 } from './compared.ts';

const experiment = heldJournal().experiment;
const deviated = (changes: Partial<Journal> = {}): Journal => ({
  ...deviatedJournal(),
  experiment,
  runId: 'later',
  ...changes,
});
const worse = compareRuns(heldJournal(), deviated({ pace: 1 }));
const nothing = compareRuns(rejectedJournal(), { ...rejectedJournal(), runId: 'later' });
const edited = compareRuns(
  heldJournal(),
  deviated({
    experiment: {
      ...experiment,
      hash: 'other',
      definition: Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`key${index}`, index])),
    },
  }),
);
const hostile = '<img src=x onerror=alert(1)> | @team **bold** [a](javascript:b) `c`';
const attacked = compareRuns(
  { ...heldJournal(), experiment: { ...experiment, title: hostile } },
  deviated({
    runId: hostile,
    summary: hostile,
    experiment: { ...experiment, title: hostile, hash: 'other', definition: { [hostile]: hostile } },
    environment: { ...heldJournal().environment, id: hostile },
    findings: [{ code: 'tolerance-missed', verdict: 'deviated', message: hostile }],
  }),
);

describe('a comparison as text', () => {
  it('begins with the outcome, and tells what is not alike before what changed', () => {
    const lines = comparisonLines(worse);
    expect(lines[0]).toMatch(/^worse: Not like for like, in 1 way\. Of \d+ figures 1 is worse/);
    expect(lines.slice(1, 4)).toEqual(['', 'Not like for like:', '  The pace of times: 0.1, then 1.']);
    expect(lines).toContain(
      'worse: products age stage 2 (100%), 2.1 s, then 10.9 s. It was below 5s, and is not any more.',
    );
    expect(lines.some((line) => /^products age +stage 2 \(100%\) +2\.1 s +10\.9 s +worse$/.test(line))).toBe(
      true,
    );
  });

  it('is short where nothing was judged', () => {
    expect(comparisonLines(nothing)).toHaveLength(6);
  });

  it('tells what was changed in the definition, and how much more there is', () => {
    const lines = comparisonLines(edited);
    expect(lines).toContain('Changed in the definition:');
    expect(lines).toContain('  key0: nothing, then 0');
    expect(lines.some((line) => /^ {2}and \d+ more$/.test(line))).toBe(true);
  });
});

describe('figures that are no numbers', () => {
  it('are told as what they are: no answer, no data, not there', () => {
    const at = (observed: number | undefined, state: 'met' | 'missed' | 'unknown'): Journal => ({
      ...withP95(observed),
      baseline: { probes: [], tolerances: [], windows: [] },
      mode: 'aws',
      stages: withP95(observed).stages.map((one) => ({
        ...one,
        tolerances: one.tolerances.map((judged) => ({ ...judged, state })),
      })),
    });
    const unseen = compareRuns(at(20, 'met'), later(at(undefined, 'missed')));
    const lines = comparisonLines(unseen).join('\n');
    expect(lines).toMatch(/products p95 +stage 1 \(one\) +20 ms +no answer +worse/);
    expect(lines).toContain('Second: held, later, in shop, 2026-05-08 09:30:00 UTC');
    expect(comparisonLines(compareRuns(at(undefined, 'unknown'), later(at(20, 'met')))).join('\n')).toMatch(
      /stage 1 \(one\) +no data +20 ms +cannot tell/,
    );
    expect(
      comparisonLines(compareRuns({ ...at(20, 'met'), stages: [] }, later(at(20, 'met')))).join('\n'),
    ).toMatch(/stage 1 \(one\) +not there +20 ms +cannot tell/);
    expect(renderComparison(unseen)).toContain('<div>no answer</div>');
  });
});

describe('a comparison as a page', () => {
  it('shows the outcome, what changed and every figure', () => {
    const page = renderComparison(worse);
    expect(page).toContain('<span class="word">worse</span>');
    expect(page).toContain('<h2>Not like for like</h2>');
    expect(page.indexOf('Not like for like')).toBeLessThan(page.indexOf('Every figure'));
    expect(page).toContain('10.9 s</div>');
    expect(page).toContain('Of the second run alone');
  });

  it('has a place for nothing', () => {
    const page = renderComparison(nothing);
    expect(page).toContain('None was judged in either run.');
    expect(page).not.toContain('Not like for like');
    expect(page).not.toContain('<h2>Findings</h2>');
    expect(page).not.toContain('changed in the definition');
  });

  it('counts what it does not show of a definition', () => {
    expect(renderComparison(edited)).toMatch(/And \d+ more\./);
  });

  it('holds no markup that came out of a run', () => {
    const page = renderComparison(attacked);
    expect(page).not.toContain('<img');
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });
});

describe('a comparison as Markdown', () => {
  it('shows the outcome, what changed and every figure', () => {
    const { markdown } = comparisonMarkdown(worse);
    expect(markdown).toMatch(/^## worse: A slow database does not slow the shop\n/);
    expect(markdown).toContain('### Not like for like\n\n- The pace of times: 0.1, then 1.');
    expect(markdown).toContain('| products age | stage 2 (100%) | 2.1 s | 10.9 s | **worse** |');
  });

  it('has a place for nothing', () => {
    const { markdown } = comparisonMarkdown(nothing);
    expect(markdown).toContain('No figure was shown to have changed.');
    expect(markdown).not.toContain('Every figure');
  });

  it('counts what it does not show of a definition', () => {
    const { markdown } = comparisonMarkdown(edited);
    expect(markdown).toContain('| `key0` | – | `0` |');
    expect(markdown).toMatch(/And \d+ more\./);
  });

  it('holds no Markdown and no markup that came out of a run', () => {
    const { markdown } = comparisonMarkdown(attacked);
    expect(markdown).not.toMatch(/(?<!\\)<img/);
    expect(markdown).not.toMatch(/@team/);
    expect(markdown).not.toContain('[a](');
    expect(markdown).not.toMatch(/(?<!\\)\*\*bold/);
  });
});
