import { describe, expect, test } from 'vitest';
import { exitCodes, verdicts } from '../../lib/experiment/verdict.ts';
import { renderReport } from '../../lib/report/report.ts';
import type { Journal } from '../../lib/run/journal.ts';
import {
  deviatedJournal,
  haltedJournal,
  heldJournal,
  longJournal,
  rejectedJournal,
  unrecoveredJournal,
} from './journal-fixture.ts';

const order = (page: string): string[] =>
  [...page.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, heading]) => heading ?? '');

/** Every text of a journal replaced by one that would break out of any place in the page. */
const hostile = (value: unknown, path: string): unknown => {
  if (typeof value === 'string')
    return /(^|\.)(at|start|end|verdict|kind|state|result|mode|unit|by|rejection|probe|tolerance)$/.test(path)
      ? value
      : `${value}"'><img src=x onerror=alert(1)>`;
  if (Array.isArray(value)) return value.map((one) => hostile(one, path));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, hostile(one, `${path}.${key}`)]));
};

describe('the report', () => {
  test.each(verdicts)('says %s in its first heading, with its exit code', (verdict) => {
    const page = renderReport({ ...heldJournal(), verdict });
    expect(page).toMatch(new RegExp(`<h1><span class="word">${verdict}</span>`));
    expect(page).toContain(`Exit code <code>${exitCodes[verdict]}</code>`);
  });

  test('explains what the experiment teaches, escaped, where its definition does', () => {
    const { experiment, ...rest } = heldJournal();
    const withDescription = (description?: string) =>
      renderReport({
        ...rest,
        experiment: {
          ...experiment,
          definition: { hypothesis: 'If it fails, it holds.', ...(description ? { description } : {}) },
        },
      });
    expect(withDescription('Why <this> matters.')).toContain(
      '<p class="description">Why &lt;this&gt; matters.</p>',
    );
    expect(withDescription()).not.toContain('class="description"');
  });

  test('tells everything in the order in which it matters', () => {
    expect(order(renderReport({ ...deviatedJournal(), rollbacks: heldJournal().rollbacks }))).toEqual([
      'What was tested',
      'Findings',
      'Figures',
      'Over time',
      'The probes that would have missed this',
      'What this run could see',
      'Stages: targets and bite',
      'Rollbacks',
      'Recovery',
      'Checks of admission',
      'Timeline',
      'To judge again',
    ]);
  });

  test('of a rejected run holds its findings and how to mend them, and no empty parts', () => {
    const page = renderReport(rejectedJournal());
    expect(order(page)).toEqual(['What was tested', 'Findings', 'To judge again']);
    expect(page).toContain('End what listens there, or give the lab another port.');
  });

  test('tells at once of a fault that did not bite, with the likely reason, and nothing of it otherwise', () => {
    const journal = heldJournal();
    const likely = "shop holds 4 connections to the database's own port; none go through the link";
    const unbitten = journal.stages.map((stage) => ({
      ...stage,
      bite: [{ fault: 'slow', bit: false, evidence: 'nothing was sent', likely }],
    }));
    expect(renderReport({ ...journal, stages: unbitten })).toMatch(
      /<div class="callout"><p><strong>The fault slow did not reach the system<\/strong>[^<]*nothing was sent\. The likely reason: <strong>shop holds 4 connections/,
    );
    expect(renderReport(journal)).not.toContain('did not reach');
  });

  test('tells the likely reason where nobody could tell whether a fault bit', () => {
    const journal = heldJournal();
    const bite = [{ fault: 'slow', evidence: 'nobody counted', likely: 'no metric is named' }];
    const page = renderReport({ ...journal, stages: journal.stages.map((stage) => ({ ...stage, bite })) });
    expect(page).toMatch(/unknown<\/span> nobody counted<\/p><p>The likely reason: no metric is named\./);
  });

  test('shows the samples that ended a fault early', () => {
    const journal = deviatedJournal();
    const sample = { at: journal.start, probe: 'products' };
    const samples = [
      { ...sample, latencyMs: 812.4, status: 200 },
      { ...sample, value: 10.9 },
      { ...sample, error: 'connect ECONNREFUSED' },
    ];
    const halt = { by: 'watch' as const, reason: 'too slow', at: journal.start, samples };
    const page = renderReport({ ...journal, stages: journal.stages.map((stage) => ({ ...stage, halt })) });
    expect(page).toContain('The last 3 samples that caused it');
    for (const text of ['812 ms', 'status 200', 'value 10.9', 'connect ECONNREFUSED'])
      expect(page).toContain(text);
  });

  test('states the pace in words when times were shortened, and not otherwise', () => {
    expect(renderReport(heldJournal())).toContain('10 times shorter than written');
    expect(renderReport(haltedJournal())).not.toContain('than written');
  });

  test('names the probes that would have missed what was missed', () => {
    const page = renderReport(deviatedJournal());
    expect(page).toMatch(
      /With this probe alone, the run would have looked well.*<strong>health<\/strong>.*It took products \(age\) to see it/s,
    );
    expect(renderReport(heldJournal())).not.toContain('would have missed');
  });

  test('shows how faithful a stand-in is, what bit, and why a fault was ended', () => {
    const page = renderReport(haltedJournal());
    expect(page).toContain('approximate: the delay lies on the link to the database');
    expect(page).toMatch(/unknown<\/span> the link was not measured/);
    expect(page).toMatch(
      /Ended early by a guard<\/strong> at \+32 s: shopErrors went into ALARM: 2.3% in 10 s/,
    );
  });

  test('says of each guard who watches it, and that FIS does not where it does not', () => {
    const guards: Journal['guards'] = [
      { guard: 'shopErrors', watchedBy: 'fis' },
      { guard: 'production', watches: 'production', watchedBy: 'runner' },
    ];
    const inAws = renderReport({ ...heldJournal(), mode: 'aws', guards });
    expect(inAws).toContain('<strong>shopErrors</strong>: FIS stops on it by itself');
    expect(inAws).toContain(
      '<strong>production</strong> (watches production): FIS does not watch this guard; the runner polls it',
    );
    expect(renderReport({ ...heldJournal(), guards })).toContain('the stand-in for FIS stops on it');
    expect(renderReport({ ...heldJournal(), guards: undefined })).not.toContain('<dt>Guards</dt>');
  });

  test('says between which values the truth surely lies, and once what surely means', () => {
    const page = renderReport(heldJournal());
    expect(page).toContain('data-label="Surely"><div>10 ms to 12 ms</div>');
    expect(page.split('wrong less than once in a hundred times')).toHaveLength(2);
    expect(renderReport(rejectedJournal())).not.toContain('wrong less than once');
  });

  test('says how many independent samples those are worth that come in clumps', () => {
    const journal = heldJournal();
    const page = renderReport({
      ...journal,
      stages: journal.stages.map((stage) => ({
        ...stage,
        tolerances: stage.tolerances.map((one) => ({ ...one, designEffect: 6.4 })),
      })),
    });
    expect(page).toContain('2,400 <span class="note">worth 375</span>');
    expect(page).toContain('Slow answers come in clumps');
    expect(renderReport(journal)).not.toContain('clumps');
  });

  test('folds away what a run could see where it was long enough for all of it', () => {
    const page = renderReport(heldJournal());
    expect(page).toMatch(
      /long enough, at its rates, to judge every tolerance.*<details><summary>The smallest change/s,
    );
    // The stage that could see least of the two.
    expect(page).toContain('When 7.1% are too slow, or more');
    expect(page).not.toContain('When 6.8%');
  });

  test('says what a run was too short for, and of what it could have seen nothing', () => {
    const page = renderReport(unrecoveredJournal());
    expect(page).toMatch(/too short to tell:.*health, errors, stage 1<\/strong>: to tell 1\.00 % errors/s);
    expect(page).toContain('When 4.6% fail, or more');
    expect(page).toContain('Nothing: too few samples.');
    expect(page).not.toContain('<details><summary>The smallest change');
    expect(page).toContain('or lengthen the stage');
    const slowProof = heldJournal()
      .power?.slice(-1)
      .map((one) => ({ ...one, enough: false }));
    const unproven = renderReport({ ...heldJournal(), power: slowProof });
    expect(unproven).toMatch(/products, recovery<\/strong>: to prove.*Raise the rate of the probe\.</s);
    expect(unproven).not.toContain('lengthen the stage');
  });

  test('leaves out what a run could see where it was not reckoned', () => {
    expect(renderReport({ ...heldJournal(), power: undefined })).not.toContain('could see');
  });

  test('holds the figures after the fault against those before, with what counts as back', () => {
    const page = renderReport(heldJournal());
    expect(page).toMatch(
      /median<\/span>.*>3\.9 ms<.*>4\.2 ms<.*>4 ms to 4\.5 ms<.*>up to 11 ms <span class="note">\(2 ms of it because the control moved as well\).*proven/s,
    );
    expect(page).toMatch(/>at most 0\.46%<.*proven/s);
    expect(page).toMatch(/not proven<\/span> <span class="note">its tolerance decides/);
    const outside = renderReport(unrecoveredJournal());
    expect(outside).toMatch(/>475 ms to 486 ms<.*not back/s);
    expect(outside).toMatch(/no answer<\/span>.*not proven/s);
  });

  test('warns of what a fault has left behind before anything else, and says where nothing was found', () => {
    const page = renderReport(unrecoveredJournal());
    expect(order(page)[0]).toBe('Left behind by the fault');
    expect(page).toMatch(/The toxic slow-database is still on the link.*How to mend it<\/span> Delete it/s);
    expect(renderReport({ ...heldJournal(), residue: [] })).toContain(
      'Nothing was found that the fault had left behind.',
    );
    expect(renderReport(heldJournal())).not.toContain('left behind');
  });

  test('shows a rollback without proof as such', () => {
    expect(renderReport(unrecoveredJournal())).toMatch(/flushCache.*unproven.*none<\/span>/s);
  });

  test('escapes everything out of the journal', () => {
    const journal: Journal = {
      ...deviatedJournal(),
      ...Object.fromEntries(
        Object.entries(deviatedJournal()).map(([key, value]) => [key, hostile(value, key)]),
      ),
    };
    const page = renderReport(journal);
    expect(page).not.toContain('<img');
    expect(page.split('&lt;img src=x onerror=alert(1)&gt;').length).toBeGreaterThan(40);
  });

  test('allows itself no script and no network', () => {
    const page = renderReport(heldJournal());
    expect(page).not.toMatch(/<script|style="|https?:\/\//);
    expect(page).toMatch(/default-src &#39;none&#39;; style-src &#39;sha256-/);
  });

  test('of twelve hours stays small, keeps the one spike, and says that windows were grouped', () => {
    const page = renderReport(longJournal());
    expect(page.length).toBeLessThan(400_000);
    expect(page).toContain('at most 1.9 s in fault: one');
    expect(page).toContain('43,200 windows, drawn in groups of up to 108 (on a narrow screen 288)');
    expect(page).toContain('hours from the start of the run');
  });

  test('does not draw across what was not seen, and says what the gap means', () => {
    const page = renderReport(haltedJournal());
    expect(page).toContain('<rect class="gap"');
    expect(page).toContain('A bar on the time axis marks where nothing was seen');
    const [, path] = /<svg class="chart wide".*?<path class="line p95" d="([^"]*)"/s.exec(page) ?? [];
    expect(path?.match(/M/g)).toHaveLength(3);
  });
});
