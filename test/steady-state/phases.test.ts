import { describe, expect, it } from 'vitest';
import { judge } from '../../lib/steady-state/judge.ts';
import { phasesOf } from '../../lib/steady-state/phases.ts';
import { at, epoch, experiment, mark, marks, recorded, well } from './recorded.ts';

const kinds = (given: Parameters<typeof phasesOf>[0]) =>
  phasesOf(given).map(({ kind, startMs, endMs }) => [
    kind,
    (startMs - epoch) / 1_000,
    (endMs - epoch) / 1_000,
  ]);

describe('the phases of a run', () => {
  it('lie between its marks, whatever their order', () => {
    const expected = [
      ['baseline', 0, 30],
      ['stage', 30, 90],
      ['recovery', 90, 140],
    ];
    expect(kinds(marks)).toEqual(expected);
    expect(kinds([...marks].reverse())).toEqual(expected);
  });

  it('have one recovery, after the last stage', () => {
    const two = [
      mark(0, 'baseline-start'),
      mark(10, 'fault-start'),
      mark(20, 'fault-end', { bite: true }),
      mark(25, 'fault-start'),
      mark(40, 'fault-end', { bite: false }),
      mark(50, 'recovery-end'),
    ];
    expect(kinds(two)).toEqual([
      ['baseline', 0, 10],
      ['stage', 10, 20],
      ['stage', 25, 40],
      ['recovery', 40, 50],
    ]);
    expect(phasesOf(two).map(({ stage, bite }) => [stage, bite])).toEqual([
      [0, undefined],
      [0, true],
      [1, false],
      [1, undefined],
    ]);
  });

  it('have no end where none was marked, and none where nothing was marked', () => {
    expect(kinds([mark(5, 'fault-start')])).toEqual([['stage', 5, Number.POSITIVE_INFINITY]]);
    expect(kinds([])).toEqual([]);
  });

  it('may last no time at all', async () => {
    const instant = [
      mark(0, 'baseline-start'),
      mark(30, 'fault-start'),
      mark(30, 'fault-end', { bite: true }),
      mark(140, 'recovery-end'),
    ];
    const { stages, verdict } = await judge(() => recorded(() => well, { marks: instant }), experiment());
    expect(stages[0]?.tolerances.map(({ state }) => state)).toEqual(['unknown', 'unknown']);
    expect(verdict).toBe('inconclusive');
  });

  it.each([
    ['the beginning of the baseline', 'baseline-start', 'inconclusive'],
    ['the beginning of the fault', 'fault-start', 'inconclusive'],
    ['the end of the fault', 'fault-end', 'inconclusive'],
  ] as const)('never let a run hold when %s was not marked', async (_what, name, expected) => {
    const without = marks.filter((one) => one.mark !== name);
    const { verdict } = await judge(() => recorded(() => well, { marks: without }), experiment());
    expect(verdict).toBe(expected);
  });

  it('need a mark at the end of the recovery: without it nobody knows how long it was looked at', async () => {
    const without = marks.filter((one) => one.mark !== 'recovery-end');
    const { verdict, findings } = await judge(() => recorded(() => well, { marks: without }), experiment());
    expect([verdict, findings.map(({ code }) => code)]).toEqual(['inconclusive', ['recovery-unknown']]);
  });

  it('take a baseline for as long as it was to be: one that broke off says too little', async () => {
    const brokenOff = recorded((seconds) => (seconds < 12 || seconds >= 30 ? well : undefined));
    const { verdict, findings } = await judge(() => brokenOff, experiment());
    expect([verdict, findings[0]?.code]).toEqual(['inconclusive', 'baseline-unknown']);
  });

  it('do not ask about the time that FIS took to begin', async () => {
    const later = [
      mark(0, 'baseline-start'),
      mark(50, 'fault-start'),
      mark(90, 'fault-end', { bite: true }),
      mark(140, 'recovery-end'),
    ];
    const waited = recorded((seconds) => (seconds < 30 || seconds >= 50 ? well : undefined), {
      marks: later,
    });
    expect((await judge(() => waited, experiment())).verdict).toBe('held');
  });

  it('are told in times of the samples', () => {
    expect(Date.parse(at(0))).toBe(epoch);
  });
});
