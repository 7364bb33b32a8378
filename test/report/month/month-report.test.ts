import { describe, expect, it } from 'vitest';
import { monthOf } from '../../../lib/report/month/calendar.ts';
import { type MonthPast, monthReport } from '../../../lib/report/month/month-report.ts';
import { monthReportSchema } from '../../../lib/report/month/month-schema.ts';
import { ran, several } from '../over-time/past-runs.ts';
import { action, busy, past } from './month-past.ts';

const report = (changes: Partial<MonthPast> = {}) => monthReportSchema.parse(monthReport(past(changes)));
const of = (experiment: string) => (one: { readonly experiment: string }) => one.experiment === experiment;

describe('a month of an environment', () => {
  it('counts the runs that began in it by the clocks of its zone, and those of the month before', () => {
    const edges = [
      '2026-10-31T22:59:59Z',
      '2026-10-31T23:30:00Z',
      '2026-11-30T22:59:59Z',
      '2026-11-30T23:00:00Z',
    ];
    const runs = edges.map((start) => ran(start));
    expect(report({ runs })).toMatchObject({ counts: { runs: 2 }, countsBefore: { runs: 2 } });
    const berlin = { month: monthOf('2026-11', 'Europe/Berlin') };
    expect(report({ runs, ...berlin })).toMatchObject({
      timeZone: 'Europe/Berlin',
      from: '2026-10-31T23:00:00.000Z',
      counts: { runs: 2 },
      countsBefore: { runs: 1 },
    });
  });

  it('tells what broke, the worst first, what has held since, and how to mend it', () => {
    const { broke, headline } = report(busy);
    expect(headline).toBe('2 weaknesses open');
    expect(broke.map(({ experiment, standing }) => [experiment, standing])).toEqual([
      ['lost', 'still'],
      ['slow-database', 'still'],
      ['mended', 'over'],
    ]);
    expect(broke.find(of('slow-database'))).toMatchObject({
      title: 'A slow database does not slow the shop',
      times: 2,
      of: 3,
      hint: 'Give calls a time-out.',
      blind: ['health'],
      verdict: 'deviated',
    });
  });

  it('tells what held, what nobody could tell, and what never got that far', () => {
    const { withstood, open, notRun } = report(busy);
    expect(withstood.map(({ experiment, standing }) => [experiment, standing])).toEqual([
      ['half-the-tasks', 'still'],
      ['mended', 'still'],
      ['slow-database', 'over'],
    ]);
    expect(open).toMatchObject([{ experiment: 'short', standing: 'still' }]);
    expect(notRun).toMatchObject([{ experiment: 'busy', standing: 'still', summary: 'It was rejected.' }]);
  });

  it('says of a run that could not tell that another one since did', () => {
    const runs = [ran('2026-11-02T00:00:00Z', 'inconclusive'), ran('2026-11-03T00:00:00Z')];
    expect(report({ runs }).open).toMatchObject([{ standing: 'over' }]);
    expect(report({ runs: runs.slice(0, 1) }).open).toMatchObject([{ standing: 'still' }]);
    const since = [ran('2026-11-01T00:00:00Z'), ...runs.slice(0, 1), ran('2026-11-05T00:00:00Z', 'rejected')];
    expect(report({ runs: since }).open).toMatchObject([{ standing: 'still' }]);
  });

  it('holds each experiment against the month before', () => {
    const { changes, summary } = report(busy);
    expect(changes.map(({ experiment, change }) => [experiment, change])).toEqual([
      ['slow-database', 'worse'],
      ['half-the-tasks', 'better'],
      ['gone', 'gone'],
      ['lost', 'new'],
      ['mended', 'new'],
    ]);
    expect(changes.find(of('slow-database'))).toMatchObject({
      before: 'held',
      after: 'deviated',
      edited: true,
    });
    expect(summary).toContain(
      'Held against October 2026, it is worse for “A slow database does not slow the shop” and it is better for “half-the-tasks”.',
    );
    const same = report({ runs: [ran('2026-10-02T00:00:00Z'), ran('2026-11-02T00:00:00Z')] });
    expect(same.changes).toEqual([]);
    expect(same.summary).toContain(
      'No experiment that was run in both months ended otherwise than in October 2026.',
    );
    expect(same.headline).toBe('held');
  });

  it('says whether more or fewer runs held than luck explains', () => {
    const runs = [...several(30, '2026-10-01T00:00:00Z'), ...several(30, '2026-11-01T00:00:00Z', 'deviated')];
    expect(report({ runs }).held).toMatchObject({
      change: 'worse',
      reason: 'In November 2026 0 of 30 runs held, in October 2026 30 of 30 runs held: surely less often.',
    });
  });

  it('lists what nothing tests, what was not run, and what is to be done by whom, the soonest first', () => {
    const { untested, idle, actions, gameDays } = report(busy);
    expect(untested).toEqual([{ service: 'shop', what: ['half of its tasks', 'its zone'] }]);
    expect(idle).toEqual([{ experiment: 'never', title: 'Never run' }]);
    expect(actions).toEqual([
      expect.objectContaining({ what: 'Late', owner: 'ann', due: '2026-11-30', isOverdue: true }),
      expect.objectContaining({ what: 'In time', due: '2026-12-01', isOverdue: false }),
      expect.objectContaining({ what: 'Nobody', isOverdue: false }),
    ]);
    expect(actions?.at(-1)).not.toHaveProperty('owner');
    expect(gameDays).toEqual([
      { gameDay: 'payment-down', held: ['in-november'], nextBy: '2026-11-20', isOverdue: true },
    ]);
  });

  it('names the next steps, the most pressing first, each with what to type', () => {
    const { nextSteps } = report(busy);
    expect(nextSteps.map(({ text }) => text)).toEqual([
      'Mend what breaks in “lost”. Then see it hold.',
      'Mend what breaks in “A slow database does not slow the shop”: Give calls a time-out. Then see it hold.',
      'Ask ann about “Late”, which the game day payment-down left to do: it was due on 2026-11-30.',
      'Find somebody for “Nobody”, which the game day payment-down left to do.',
      'Run “short” again: its last run could not tell.',
      'Find out why “busy” did not run: It was rejected.',
      'Run “Never run”: it was not run in this month.',
      'Hold the game day payment-down: it was due by 2026-11-20.',
      'Test what nothing tests of shop: half of its tasks and 1 more.',
    ]);
    expect(nextSteps[0]?.command).toBe('npx steadfast run lost --env staging');
    expect(report({ ...busy, isRehearsal: true }).nextSteps[0]?.command).toBe('npx steadfast rehearse lost');
  });

  it('names no more next steps than anybody takes, and experiments that were not run as one', () => {
    const experiments = Array.from({ length: 9 }, (_, index) => ({ id: `e${index}`, title: `E${index}` }));
    expect(report({ experiments }).nextSteps.map(({ text }) => text)).toEqual([
      'Run the 9 experiments that were not run in this month: “E0”, “E1”, “E2” and 6 more.',
    ]);
    const runs = experiments
      .concat(experiments.map(({ id }) => ({ id: `${id}x`, title: '' })))
      .map(({ id }) => ran('2026-11-02T00:00:00Z', 'deviated', { experiment: id }));
    const { nextSteps } = report({ runs });
    expect(nextSteps).toHaveLength(13);
    expect(nextSteps.at(-1)).toEqual({ text: 'And 6 more steps like these.' });
  });

  it('asks when somebody sees to an action without a day, and says what game day was never held', () => {
    const gameDay = { gameDay: 'pay', editions: [], isOverdue: true, open: [action('X', 'ann', '')] };
    expect(report({ gameDays: [gameDay] }).nextSteps.map(({ text }) => text)).toEqual([
      'Have ann say by when they see to “X”, which the game day pay left to do.',
      'Hold the game day pay: it was never held.',
    ]);
    const hint = { hint: 'Ask for more requests.' };
    expect(report({ runs: [ran('2026-11-02T00:00:00Z', 'inconclusive', hint)] }).nextSteps[0]?.text).toBe(
      'Run “slow-database” again: its last run could not tell (Ask for more requests).',
    );
  });

  it('tells a month without any run, one that goes on, and all that it does not know', () => {
    const nothing = report({ experiments: undefined, untested: undefined, gameDays: undefined });
    expect(nothing).toMatchObject({
      headline: 'nothing was run',
      summary: ['In November 2026 nothing was run here, so that nothing was learnt of how the system fares.'],
      unknown: [
        'There is no run of October 2026: whether anything got better or worse nobody can tell.',
        'What nothing tests is not known: this project does not describe the environment.',
        'Nothing is known here of game days and what they left to do.',
      ],
    });
    const soFar = report({ nowMs: Date.parse('2026-11-20T00:00:00Z'), unknown: ['More.'], runs: busy.runs });
    expect(soFar.isOver).toBe(false);
    expect(soFar.unknown).toEqual([
      'November 2026 is not over: what is here is what has happened so far.',
      'More.',
    ]);
    expect(soFar.summary[0]).toBe(
      'In November 2026 so far the system was made to fail on purpose 10 times, in 6 experiments: it withstood that 5 times, and did not 4 times; 1 run could not tell.',
    );
  });

  it('has a headline for what was mended, and for runs that showed nothing', () => {
    const mended = [ran('2026-11-02T00:00:00Z', 'deviated'), ran('2026-11-03T00:00:00Z')];
    expect(report({ runs: mended })).toMatchObject({ headline: 'mended' });
    expect(report({ runs: mended }).summary).toContain('This did not hold, and does now: “slow-database”.');
    expect(report({ runs: [ran('2026-11-02T00:00:00Z', 'halted')] }).headline).toBe('nothing was shown');
    expect(report({ runs: [ran('2026-11-02T00:00:00Z')] }).summary).toContain(
      'Nothing that was tried broke it.',
    );
  });
});
