import { describe, expect, it } from 'vitest';
import type { Journal } from '../../../lib/run/journal.ts';
import { seededRandom } from '../../../lib/run/seeded-random.ts';
import { boundedShare } from '../../../lib/steady-state/bounds.ts';
import { differenceOf, shiftOf } from '../../../lib/steady-state/difference.ts';
import { heldJournal } from '../journal-fixture.ts';
import { calm, judgement, quiet, stage } from '../journal-parts.ts';
import { compare, later, withP95 } from './compared.ts';

const inStage = (before: Journal, after: Journal) =>
  compare(before, after).figures.find(({ phase, measure }) => phase === 'stage' && measure === 'p95');

describe('a comparison of two runs', () => {
  it('finds runs alike whose figures surely differ by no more than counts as back after a fault', () => {
    const { figures, outcome, unlike, summary } = compare(withP95(20), later(withP95(20.5)));
    const measured = figures.filter(({ difference }) => difference !== undefined);
    expect(measured.length).toBeGreaterThan(3);
    expect(new Set(measured.map(({ change }) => change))).toEqual(new Set(['alike']));
    expect(unlike).toEqual([]);
    // Of an age nobody can tell: it is the highest of what was seen.
    expect(outcome).toBe('not-shown');
    expect(summary).toBe(
      'Of 5 figures 4 are alike and of 1 nobody can tell. The verdict was held both times.',
    );
    const withoutAge = (journal: Journal): Journal => ({
      ...journal,
      baseline: { ...journal.baseline, tolerances: [judgement('products', 'errorRate', 0)] },
    });
    expect(compare(withoutAge(withP95(20)), withoutAge(later(withP95(20.5))))).toMatchObject({
      outcome: 'alike',
      summary: 'Of 2 figures 2 are alike. The verdict was held both times.',
    });
  });

  it('shows what is surely higher to be worse, what is surely lower to be better, and by how much', () => {
    expect(inStage(withP95(100), later(withP95(200)))).toMatchObject({
      change: 'worse',
      when: 'stage 1 (one)',
      alikeWithin: 10,
      difference: {
        low: expect.closeTo(100 - Math.hypot(20, 10)) as number,
        high: expect.closeTo(100 + Math.hypot(20, 10)) as number,
      },
      reason: 'Surely higher by at least 78 ms; up to 10 ms counts as alike.',
    });
    expect(inStage(withP95(200), later(withP95(100)))).toMatchObject({
      change: 'better',
      reason: 'Surely lower by at least 78 ms; up to 20 ms counts as alike.',
    });
    expect(compare(withP95(100), later(withP95(200))).outcome).toBe('worse');
    expect(compare(withP95(200), later(withP95(100))).outcome).toBe('better');
  });

  it('says that nobody can tell where the bounds do not, and between what the truth lies', () => {
    expect(inStage(withP95(100), later(withP95(110)))).toMatchObject({
      change: 'unknown',
      reason:
        'Too few samples to say: the truth lies between 4.9 ms lower and 25 ms higher; up to 10 ms counts as alike.',
    });
    const open = withP95(100);
    const unbounded = {
      ...open,
      stages: open.stages.map((one) => ({
        ...one,
        tolerances: one.tolerances.map((judged) => ({ ...judged, interval: { low: 90 } })),
      })),
    };
    expect(inStage(open, later(unbounded))?.reason).toBe(
      'Too few samples to say: the truth lies between 14 ms lower and there is no upper bound; up to 10 ms counts as alike.',
    );
    const none = {
      ...unbounded,
      stages: unbounded.stages.map((one) => ({
        ...one,
        tolerances: one.tolerances.map((judged) => ({ ...judged, interval: {} })),
      })),
    };
    expect(inStage(none, later(none))?.reason).toBe(
      'Too few samples, or too few good answers, for any bound on the difference.',
    );
    expect(inStage(open, later(withP95(undefined)))).toMatchObject({
      change: 'unknown',
      reason: 'The second run saw nothing of it.',
    });
    expect(inStage(withP95(undefined), later(open))?.reason).toBe('The first run saw nothing of it.');
  });

  it('counts a limit that was met and is missed as worse, and the reverse as better, whatever has no bounds', () => {
    const ofAge = (seconds: number) =>
      withP95(9, { stages: [stage(0, quiet, [judgement('products', 'age', seconds)])] });
    const change = (before: number, after: number) =>
      compare(ofAge(before), later(ofAge(after))).figures.find(
        ({ phase, measure }) => phase === 'stage' && measure === 'age',
      );
    expect(change(1, 9)).toMatchObject({ change: 'worse', reason: 'It was below 5s, and is not any more.' });
    expect(change(9, 1)).toMatchObject({ change: 'better', reason: 'It was not below 5s, and is now.' });
    expect(change(1, 2)).toMatchObject({
      change: 'unknown',
      reason: 'It was met in both; a highest or lowest value has no bounds, so that more cannot be said.',
    });
    const one = ofAge(2);
    const unknown = {
      ...one,
      stages: one.stages.map((shown) => ({
        ...shown,
        tolerances: shown.tolerances.map((judged) => ({ ...judged, state: 'unknown' as const })),
      })),
    };
    expect(compare(one, later(unknown)).figures.at(-1)?.reason).toBe(
      'A highest or lowest value has no bounds, so that nothing can be said.',
    );
  });

  it('says of what was worse before any fault, too, that the fault need not be why', () => {
    const slow = withP95(200);
    const slowBefore = {
      ...slow,
      baseline: { ...slow.baseline, tolerances: [judgement('products', 'p95', 120)] },
    };
    const figure = inStage(withP95(100), later(slowBefore));
    expect(figure).toMatchObject({ change: 'worse', already: true });
    expect(figure?.reason).toMatch(/It was so before any fault, too\.$/);
    expect(inStage(withP95(100), later(slow))?.already).toBeUndefined();
  });

  it('holds stages against one another where they took the same share, and says of others that one run alone has them', () => {
    const two = heldJournal();
    const one = later(two, { stages: two.stages.slice(0, 1) });
    const figures = compare(two, one).figures.filter(({ phase }) => phase === 'stage');
    expect(figures.filter(({ stage: index }) => index === 0).every(({ after }) => after !== undefined)).toBe(
      true,
    );
    expect(figures.filter(({ stage: index }) => index === 1)).toMatchObject(
      calm(2.1).map(() => ({ change: 'unknown', reason: 'Only the first run has it.' })),
    );
    const otherShare = later(two, {
      stages: two.stages.map((shown) => ({ ...shown, label: '50%' })),
    });
    const apart = compare(two, otherShare).figures.filter(({ phase }) => phase === 'stage');
    expect(apart.map(({ when }) => when)).toContain('stage 1 (one, then 50%)');
    expect(apart.every(({ before, after }) => before === undefined || after === undefined)).toBe(true);
  });

  it('compares the time after a stage, and after the fault', () => {
    const soaked = (observed: number) =>
      withP95(20, {
        stages: [
          {
            ...stage(0, quiet, []),
            soak: { tolerances: [judgement('products', 'p95', observed)], windows: [] },
          },
        ],
        recovery: {
          objective: 6,
          seconds: 1,
          met: true,
          reason: 'back',
          windows: [],
          tolerances: [judgement('products', 'p95', observed)],
        },
      });
    const figures = compare(soaked(20), later(soaked(200))).figures.filter(
      ({ change }) => change === 'worse',
    );
    expect(figures.map(({ when }) => when)).toEqual(['soak after stage 1 (one)', 'after the fault']);
  });
});

describe('the bounds of a comparison', () => {
  const random = seededRandom(7);
  const drawn = (share: number, count: number) => {
    const beyond = Array.from({ length: count }, () => random.next()).filter((one) => one < share).length;
    return boundedShare({ beyond, count }, 1);
  };

  it('take luck for a change less than twice in a hundred times, and see one that is there', () => {
    const pairs = 200;
    const shifts = (one: number, other: number) =>
      Array.from({ length: pairs }, () => shiftOf(differenceOf(drawn(other, 400), drawn(one, 400)), 0));
    const luck = shifts(0.1, 0.1).filter((shift) => shift === 'higher' || shift === 'lower').length;
    // Of 200 pairs so many are far more than chance makes of fewer than 2 in 100.
    expect(luck / pairs).toBeLessThan(0.05);
    const real = shifts(0.1, 0.25);
    expect(real.filter((shift) => shift === 'higher').length / pairs).toBeGreaterThan(0.95);
    expect(real.filter((shift) => shift === 'lower')).toEqual([]);
  });
});
