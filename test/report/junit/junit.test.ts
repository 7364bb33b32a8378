import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../lib/experiment/verdict.ts';
import { junitXml } from '../../../lib/report/junit/junit.ts';
import { barelyTold, type ToldRun, toldRunOf } from '../../../lib/report/told-run.ts';
import {
  deviatedJournal,
  erroredJournal,
  haltedJournal,
  heldJournal,
  rejectedJournal,
  unrecoveredJournal,
} from '../journal-fixture.ts';
import { judgement } from '../journal-parts.ts';
import { type Element, readXml } from './read-xml.ts';

const allFail = (): boolean => true;
const harmAlone = (verdict: Verdict): boolean => verdict === 'errored' || verdict === 'unrecovered';

const suiteOf = (run: ToldRun, fails: (verdict: Verdict) => boolean = allFail): Element => {
  const [suite] = readXml(junitXml([run], fails)).children;
  if (suite === undefined) throw new Error('no suite');
  return suite;
};

/** Each case with what it came to: `passed`, `failure`, `error` or `skipped`, and why. */
const outcomes = (suite: Element): Record<string, string> =>
  Object.fromEntries(
    suite.children
      .filter(({ name }) => name === 'testcase')
      .map(({ attributes, children }) => {
        const told = children.find(({ name }) => name !== 'system-out');
        const said = told === undefined ? '' : `: ${told.attributes['type'] ?? told.attributes['message']}`;
        return [attributes['name'] ?? '', `${told?.name ?? 'passed'}${said}`];
      }),
  );

describe('a run as results of tests', () => {
  it('that held has passed in all', () => {
    const suite = suiteOf(toldRunOf(heldJournal(), undefined, 'experiments/slow-database.ts'));
    expect(new Set(Object.values(outcomes(suite)))).toEqual(new Set(['passed']));
    expect(suite.attributes).toEqual({
      name: 'slow-database',
      tests: String(suite.children.length - 1),
      failures: '0',
      errors: '0',
      skipped: '0',
      time: '68.000',
      timestamp: '2026-05-01T09:30:00',
    });
    expect(Object.keys(outcomes(suite))).toEqual(
      expect.arrayContaining([
        'verdict',
        'admission: targets',
        'before the fault: products errors below 1%',
        'stage 1 (one) ran to its end',
        'stage 2 (100%): the fault slow bit',
        'stage 2 (100%): products age below 5s',
        'rollback: flushCache',
        'recovery within 6 s',
      ]),
    );
    expect(suite.children[1]?.attributes['file']).toBe('experiments/slow-database.ts');
  });

  it('shows what it missed as failures, of the verdict with what was found and what to do', () => {
    const suite = suiteOf(toldRunOf(deviatedJournal(), 'mend it'));
    const shown = outcomes(suite);
    expect(shown['verdict']).toBe('failure: deviated');
    expect(shown['stage 2 (100%): products age below 5s']).toBe('failure: deviated');
    expect(shown['stage 2 (100%) ran to its end']).toBe('failure: deviated');
    expect(shown['stage 1 (one): products age below 5s']).toBe('passed');
    expect(suite.attributes['failures']).toBe('3');
    const [failure] = suite.children[1]?.children ?? [];
    expect(failure?.text).toContain(
      '  How to mend it: Give the entries of the cache a time to live below 5 s',
    );
    expect(failure?.text).toMatch(/\nNext: mend it$/);
  });

  it('shows harm as a failure, and a failure of Steadfast as an error, whatever a pipeline fails on', () => {
    const run = toldRunOf(unrecoveredJournal(), undefined);
    const shown = outcomes(suiteOf(run, harmAlone));
    expect(shown).toMatchObject({
      verdict: 'failure: unrecovered',
      'rollback: flushCache': 'failure: unrecovered',
      'recovery within 6 s': 'failure: unrecovered',
      'stage 1 (one): products p95 below 250ms': 'failure: deviated',
      'stage 1 (one): products age below 5s': 'skipped: inconclusive: unknown: no data; there was no data',
    });
    const [failure] = suiteOf(run).children[1]?.children ?? [];
    expect(failure?.text).toContain(
      'Left behind: The toxic slow-database is still on the link shop-1-to-database. How to mend it: Delete it',
    );
    const errored = suiteOf(toldRunOf(erroredJournal(), undefined), harmAlone);
    expect(outcomes(errored)['verdict']).toBe('error: errored');
    expect(errored.attributes['errors']).toBe('1');
  });

  it.each(['inconclusive', 'halted', 'rejected'] as const)(
    'shows %s as a failure where the pipeline fails on it, else as skipped',
    (verdict) => {
      const run = barelyTold({ experiment: { id: 'a' }, verdict, summary: 'why' });
      expect(outcomes(suiteOf(run))).toEqual({ verdict: `failure: ${verdict}` });
      expect(outcomes(suiteOf(run, harmAlone))).toEqual({ verdict: `skipped: ${verdict}: why` });
      expect(suiteOf(run, harmAlone).attributes).toMatchObject({ tests: '1', failures: '0', skipped: '1' });
    },
  );

  it.each([
    ['watch', 'failure: deviated'],
    ['blind', 'failure: inconclusive'],
    ['guard', 'failure: halted'],
    ['person', 'failure: halted'],
    ['targets', 'failure: inconclusive'],
    ['steadfast', 'error: errored'],
  ] as const)('shows a stage that was ended early by %s', (by, shown) => {
    const run = toldRunOf(haltedJournal(), undefined);
    const [first] = run.stages;
    if (first?.halt === undefined) throw new Error('the fixture has no halt');
    const stages = [{ ...first, halt: { ...first.halt, by } }];
    expect(outcomes(suiteOf({ ...run, stages }))['stage 1 (one) ran to its end']).toBe(shown);
    const { halt: _, ...rest } = first;
    const soak = {
      tolerances: [judgement('products', 'p95', 900)],
      windows: [],
      halt: { ...first.halt, by },
    };
    const soaked = outcomes(suiteOf({ ...run, stages: [{ ...rest, soak }] }));
    expect(soaked['stage 1 (one) ran to its end']).toBe(shown);
    expect(soaked['the soak after stage 1 (one): products p95 below 250ms']).toBe('failure: deviated');
  });

  it('shows a fault that did not bite, or of which nobody could tell, never as passed', () => {
    const run = toldRunOf(heldJournal(), undefined);
    const bite = [
      { fault: 'a', bit: false, evidence: 'no packet was late', likely: 'no connection is new' },
      { fault: 'b', evidence: 'not measured' },
    ];
    const suite = suiteOf(
      { ...run, stages: run.stages.slice(0, 1).map((stage) => ({ ...stage, bite })) },
      harmAlone,
    );
    expect(outcomes(suite)).toMatchObject({
      'stage 1 (one): the fault a bit': 'skipped: inconclusive: it did not bite: no packet was late',
      'stage 1 (one): the fault b bit': 'skipped: inconclusive: nobody could tell: not measured',
    });
    expect(junitXml([{ ...run, stages: [] }], allFail)).not.toContain('stage');
  });

  it('shows a recovery that nobody saw as the findings have it', () => {
    const run = toldRunOf(heldJournal(), undefined);
    const recovery = { objective: 6, reason: 'no data', tolerances: [], windows: [] };
    const finding = { code: 'recovery-unseen', verdict: 'unrecovered' as const, message: 'nobody saw' };
    const of = (findings: ToldRun['findings']) =>
      outcomes(suiteOf({ ...run, recovery, findings }))['recovery within 6 s'];
    expect(of([finding])).toBe('failure: unrecovered');
    expect(of([])).toBe('failure: inconclusive');
  });

  it('shows a steady state that was missed before any fault, and a failed check, as rejected', () => {
    const run = toldRunOf(rejectedJournal(), undefined);
    const baseline = { ...run.baseline, tolerances: [judgement('products', 'p95', 900)] };
    const checks = [{ check: 'targets', passed: false, evidence: 'no tag' }];
    expect(outcomes(suiteOf({ ...run, baseline, checks }))).toMatchObject({
      'before the fault: products p95 below 250ms': 'failure: rejected',
      'admission: targets': 'failure: rejected',
    });
  });

  it('adds several up, and has what was left out as skipped', () => {
    const runs = [
      toldRunOf(deviatedJournal(), undefined),
      { ...toldRunOf(heldJournal(), undefined), name: 'slow-database 2' },
    ];
    const all = readXml(junitXml(runs, allFail, [{ name: 'b', reason: 'no lab' }]));
    const sum = (key: string) =>
      all.children.reduce((total, { attributes }) => total + Number(attributes[key]), 0);
    for (const key of ['tests', 'failures', 'errors', 'skipped', 'time'])
      expect(Number(all.attributes[key])).toBe(sum(key));
    expect(all.children.map(({ attributes }) => attributes['name'])).toEqual([
      'stale-cache',
      'slow-database 2',
      'b',
    ]);
    expect(all.children[2]?.children[0]?.children[0]).toMatchObject({
      name: 'skipped',
      attributes: { message: 'no lab' },
    });
  });
});

it('is well-formed and says the same whatever people and systems wrote', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc
      .array(
        fc.constantFrom(
          ']]>',
          '<![CDATA[',
          '<!--',
          '&amp;',
          '&',
          '"',
          "'",
          '\u0000',
          '\u001b[31m',
          '\ud800',
          '\uffff',
          '💥',
          '\r\n',
          '\n',
          '\t',
          '</failure>',
        ),
        { maxLength: 8 },
      )
      .map((parts) => parts.join('')),
  );
  const held = (given: string): string =>
    given.toWellFormed().replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
  fc.assert(
    fc.property(anyText, anyText, (one, other) => {
      const run = barelyTold({
        experiment: { id: one, title: other, file: other },
        verdict: 'deviated',
        summary: one,
        next: other,
        findings: [{ code: 'x', verdict: 'deviated', message: other, hint: one }],
        rollbacks: [{ name: one, result: 'failed', detail: other, proof: one, at: '2026-05-01T09:30:00Z' }],
      });
      const [suite, left] = readXml(junitXml([run], allFail, [{ name: other, reason: one }])).children;
      expect(suite?.attributes['name']).toBe(held(one));
      const failure = suite?.children[1]?.children[0];
      expect(failure?.attributes['message']).toBe(held(one));
      expect(failure?.text).toBe(
        held(`${one}\ndeviated: ${other}\n  How to mend it: ${one}\nNext: ${other}`),
      );
      expect(left?.children[0]?.children[0]?.attributes['message']).toBe(held(one));
    }),
  );
});
