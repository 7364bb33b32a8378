import { describe, expect, it } from 'vitest';
import { verdicts } from '../../../lib/experiment/verdict.ts';
import { runMarkdown } from '../../../lib/report/markdown/run.ts';
import { barelyTold, type ToldRun, toldRunOf } from '../../../lib/report/told-run.ts';
import type { Journal } from '../../../lib/run/journal.ts';
import {
  deviatedJournal,
  haltedJournal,
  heldJournal,
  rejectedJournal,
  unrecoveredJournal,
} from '../journal-fixture.ts';

const next = 'mend what the finding names, then see it hold: npx steadfast rehearse slow-database --seed 7';
const shown = (journal: Journal, more: Partial<ToldRun> = {}): string =>
  runMarkdown({ ...toldRunOf(journal, next), ...more }).markdown;

describe('a run in Markdown', () => {
  it('begins with the verdict, why, how to mend it and what to do next', () => {
    const journal = deviatedJournal();
    const [finding] = journal.findings;
    const parts = shown({ ...journal, summary: finding?.message ?? '' }).split('\n\n');
    expect(parts.slice(0, 5)).toEqual([
      '## ❌ **deviated**: The cache does not hide an outage behind old data',
      '> If the database answers 500 ms late, products still come at once and at most five seconds old.',
      '**Why:** products: age was 10.9 s, and is to stay below 5s',
      '**How to mend it:** Give the entries of the cache a time to live below 5 s, or have the shop say that what it serves is old.',
      '**Next:** mend what the finding names, then see it hold: `npx steadfast rehearse slow-database --seed 7`',
    ]);
  });

  it('shows each tolerance before, during and after the fault', () => {
    const text = shown(deviatedJournal());
    expect(text).toContain('| Probe | Tolerance | Before | During | After | Result |');
    expect(text).toContain('| products | age below 5s | 0.9 s | 10.9 s | 0.9 s | **missed** |');
    expect(text).toContain('| health | p95 below 250ms | 6.1 ms | 6.4 ms | 6.3 ms | met |');
  });

  it('shows each stage with its fault, targets, bite, and why it ended early', () => {
    const text = shown(deviatedJournal());
    expect(text).toContain(
      '| 2: 100% | slow (`aws:ecs:task-network-latency`) | 2 | 11 s | yes: the median time on the link to the database rose from 1.2 ms to 503 ms on all targets | 1 missed, 3 met<br>**ended early** by the watch: a tolerance was missed for longer than it may be: products: age was 10.9 s, and is to stay below 5s |',
    );
    expect(text).toContain('Steady state was **back after 2.4 s**; the objective was 6 s: met (all probes');
  });

  it('says of a fault that nobody saw, or that did not bite', () => {
    expect(shown(haltedJournal())).toContain('| unknown: the link was not measured |');
    const journal = heldJournal();
    const stages = journal.stages.map((stage) => ({
      ...stage,
      bite: [{ fault: 'slow', bit: false, evidence: 'no packet was late', likely: 'no connection is new' }],
      end: undefined,
      soak: { tolerances: [], windows: [] },
    }));
    const text = runMarkdown({ ...toldRunOf(journal, next), stages }).markdown;
    expect(text).toContain(
      '| its end is not known | **did not bite**: no packet was late (the likely reason: no connection is new) | 4 met<br>soak: not judged |',
    );
  });

  it('tells what did not come back, what was left behind and which rollback is not proven', () => {
    const text = shown(unrecoveredJournal());
    expect(text).toContain(
      'Steady state was **not shown to be back**; the objective was 6 s: missed (p95 stayed at 64 times the baseline).',
    );
    expect(text).toContain('| flushCache | **unproven** | answered 204 | – |');
    expect(text).toContain(
      '- **The toxic slow-database is still on the link shop-1-to-database.** *How to mend it:* Delete it at the control of the links, or end the lab.',
    );
    expect(shown(heldJournal())).toMatch(/\| flushCache \| proven \| .+ \| .+ \|/);
    expect(shown(heldJournal(), { recovery: { ...recovery(), met: undefined } })).toContain('6 s: unknown');
  });

  const recovery = () => {
    const seen = heldJournal().recovery;
    if (seen === undefined) throw new Error('the fixture has no recovery');
    return seen;
  };

  it('tells which check failed, and leaves out what was not reached', () => {
    const checks = [
      { check: 'lease', passed: true, evidence: 'held' },
      { check: 'targets', passed: false, evidence: 'shop-3 carries no tag\nnor an owner' },
    ];
    const text = shown(rejectedJournal(), { checks });
    expect(text).toContain('| targets | shop-3 carries no tag<br>nor an owner |');
    expect(text).not.toMatch(/### (Stages|Tolerances|Recovery)|\| lease/);
  });

  it('ends the list of findings where it would drown the rest', () => {
    const finding = (index: number) => ({
      code: 'tolerance-missed',
      verdict: 'deviated' as const,
      message: `finding ${index}`,
    });
    const findings = Array.from({ length: 23 }, (_, index) => finding(index));
    const text = shown(deviatedJournal(), { findings });
    expect(text).toContain('- **deviated**: finding 19\n- 3 more findings in the report.');
    expect(text).not.toContain('finding 20');
  });

  it('tells what it can where only the verdict is known', () => {
    const run = barelyTold({ experiment: { id: 'a' }, verdict: 'errored', summary: 'the launcher died' });
    expect(runMarkdown(run, '###').markdown).toBe(
      '### 💥 **errored**: a\n\n**Why:** the launcher died\n\n<details><summary>About this run</summary>\n\n- Experiment: `a`\n- Exit code of the verdict: 70\n\n</details>',
    );
  });

  it('does without a hypothesis where the definition has none that can be read', () => {
    const journal = heldJournal();
    const told = toldRunOf({ ...journal, experiment: { ...journal.experiment, definition: null } }, next);
    expect(told.experiment.hypothesis).toBeUndefined();
    expect(runMarkdown(told).markdown).not.toContain('\n> ');
  });

  it.each(verdicts)('tells %s by its word, not by a sign alone', (verdict) => {
    expect(shown({ ...heldJournal(), verdict })).toMatch(new RegExp(`^## \\S+ \\*\\*${verdict}\\*\\*: `));
  });

  it('lets nothing out of a run form Markdown', () => {
    const evil = '@team <img src=x> [a](https://evil.example) | `b`\n# c';
    const journal = deviatedJournal();
    const text = shown(
      {
        ...journal,
        summary: evil,
        experiment: { ...journal.experiment, title: evil, id: evil, definition: { hypothesis: evil } },
        environment: { ...journal.environment, id: evil },
        findings: [{ code: 'x', verdict: 'deviated', message: `${evil}!`, hint: evil }],
        residue: [{ what: evil, hint: evil }],
        rollbacks: [{ name: evil, result: 'failed', detail: evil, proof: evil, at: journal.end }],
        checks: [{ check: evil, passed: false, evidence: evil }],
        stages: journal.stages.map((stage) => ({ ...stage, label: evil })),
      },
      { next: evil, runId: evil },
    );
    const bare = text.replace(/\\./gs, '').replaceAll('&#8203;', '\u200b');
    expect(bare).not.toMatch(/@(?!\u200b)|<img|\]\(|:\/\/|\n# /);
    for (const line of bare.split('\n').filter((one) => one.startsWith('|')))
      expect([4, 6, 8]).toContain(line.split('|').length);
  });

  it.each([
    [
      'raise it: npx cdk deploy --all -c env=<environment>',
      'raise it: `npx cdk deploy --all -c env=<environment>`',
    ],
    [
      'npx steadfast rehearse lost-task   (A lost task is not noticed)',
      '`npx steadfast rehearse lost-task` (A lost task is not noticed)',
    ],
    [
      'failed: npx steadfast show a --env b says what is left',
      'failed: `npx steadfast show a --env b` says what is left',
    ],
    ['look at the recovery', 'look at the recovery'],
  ])('shows a command so that it can be copied: %s', (given, expected) => {
    expect(shown(heldJournal(), { next: given })).toContain(`\n\n**Next:** ${expected}\n\n`);
  });
});
