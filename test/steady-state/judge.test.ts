import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../lib/experiment/experiment.ts';
import { judge } from '../../lib/steady-state/judge.ts';
import type { Observation } from '../../lib/steady-state/observation.ts';
import {
  agedExperiment,
  broken,
  duringFault,
  experiment,
  failed,
  mark,
  marks,
  recorded,
  samples,
  slow,
  well,
  withProbes,
} from './recorded.ts';

const verdictOf = async (observations: Observation[], of: Experiment = experiment()) => {
  const { verdict, findings } = await judge(() => observations, of);
  return [verdict, ...findings.map(({ code }) => code)].join(' ');
};

describe('judging what was recorded', () => {
  it('holds when every tolerance is met, the fault bit, and steady state is back', async () => {
    const judgement = await judge(() => recorded(), experiment());
    expect(judgement).toMatchObject({ verdict: 'held', findings: [], recovery: { met: true, seconds: 0 } });
    expect(judgement.stages[0]?.tolerances.map(({ state, samples: n }) => [state, n])).toEqual([
      ['met', 600],
      ['met', 600],
    ]);
  });

  it('never holds where there is nothing, no fault, or not every stage', async () => {
    expect(await verdictOf([])).toBe('inconclusive stages-missing');
    expect(await verdictOf([mark(0, 'baseline-start'), ...samples(0, 60)])).toBe(
      'inconclusive stages-missing',
    );
    const two = experiment({
      stages: [
        { share: 'one', duration: '1m' },
        { share: '100%', duration: '1m' },
      ],
    });
    expect(await verdictOf(recorded(), two)).toBe('inconclusive stages-missing');
  });

  it('deviates when a stage as a whole misses a tolerance', async () => {
    const late = recorded((s, i) => (duringFault(s) && i % 10 === 0 ? slow : well));
    expect(await verdictOf(late)).toBe('deviated tolerance-missed');
  });

  it('takes requests without an answer for slower than any', async () => {
    const dead = recorded((s, i) =>
      duringFault(s) && i % 10 === 0 ? { error: 'reset', latencyMs: 1 } : well,
    );
    expect(await verdictOf(dead)).toBe('deviated tolerance-missed tolerance-missed');
  });

  it('deviates for what the watch would have ended the fault for, though the stage as a whole does not show it', async () => {
    const long = experiment({ stages: [{ share: '100%', duration: '10m' }] });
    const longMarks = [
      marks[0],
      marks[1],
      mark(630, 'fault-end', { bite: true }),
      mark(700, 'recovery-end'),
    ].flatMap((one) => one ?? []);
    const burst = (lastsS: number) =>
      [
        ...longMarks,
        ...samples(0, 700, (s, i) => (s >= 300 && s < 300 + lastsS && i % 4 === 0 ? failed : well)),
      ].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
    expect(await verdictOf(burst(4), long)).toBe('held');
    expect(await verdictOf(burst(12), long)).toBe('deviated tolerance-missed tolerance-missed');
  });

  it('blames the fault for nothing when it did not bite', async () => {
    const unbitten = marks.map((one) => (one.mark === 'fault-end' ? { ...one, bite: false } : one));
    const { verdict, findings } = await judge(
      () => recorded((s) => (duringFault(s) ? slow : well), { marks: unbitten }),
      experiment(),
    );
    expect(verdict).toBe('deviated');
    expect(findings[0]?.message).toContain('not to blame');
    expect(await verdictOf(recorded(() => well, { marks: unbitten }))).toBe('inconclusive no-bite');
  });

  it('never holds when nobody could tell whether it bit', async () => {
    const unknown = marks.map(({ at: when, mark: name }) => ({ at: when, mark: name }));
    expect(await verdictOf(recorded(() => well, { marks: unknown }))).toBe('inconclusive bite-unknown');
  });

  it.each([
    [
      'nothing was seen for longer than blindness may last',
      (s: number) => (s >= 40 && s < 52 ? undefined : well),
    ],
    ['the prober was broken for so long', (s: number) => (s >= 40 && s < 52 ? broken : well)],
    ['nothing was seen at the end', (s: number) => (s >= 78 && s < 90 ? undefined : well)],
    ['nothing was seen at the beginning', (s: number) => (s >= 30 && s < 42 ? undefined : well)],
    ['the prober spoilt more than half', (_s: number, i: number) => (i % 5 < 3 ? broken : well)],
    ['nothing was seen at all', (s: number) => (duringFault(s) ? undefined : well)],
  ])('knows no tolerance of a stage when %s', async (_what, look) => {
    const { stages, verdict } = await judge(() => recorded(look), experiment());
    expect(stages[0]?.tolerances.map(({ state }) => state)).toEqual(['unknown', 'unknown']);
    expect(verdict).not.toBe('held');
  });

  it('takes a majority of failures for a miss, however few the requests', async () => {
    const rare = withProbes({
      products: {
        http: { service: 'shop', path: '/products' },
        rate: '1/s',
        tolerances: { errorRate: { below: '1%' } },
      },
    });
    const outage = recorded((s) => (duringFault(s) ? failed : well), { perSecond: 1 });
    expect(await verdictOf(outage, rare)).toContain('tolerance-missed');
  });

  it('cannot say of too few requests that an error rate was met', async () => {
    const rare = withProbes({
      products: {
        http: { service: 'shop', path: '/products' },
        rate: '1/s',
        tolerances: { errorRate: { below: '1%' } },
      },
    });
    const { stages } = await judge(() => recorded(() => well, { perSecond: 1 }), rare);
    expect(stages[0]?.tolerances[0]).toMatchObject({ state: 'unknown', samples: 60 });
  });

  it('names the probes that saw nothing of what was missed', async () => {
    const two = withProbes({
      products: {
        http: { service: 'shop', path: '/products' },
        rate: '10/s',
        tolerances: { p95: { below: '250ms' } },
      },
      health: {
        http: { service: 'shop', path: '/health' },
        rate: '10/s',
        tolerances: { errorRate: { below: '5%' } },
      },
    });
    const observations = [
      ...recorded((s) => (duringFault(s) ? slow : well)),
      ...samples(0, 140, () => well, { probe: 'health' }),
    ];
    expect((await judge(() => observations, two)).wouldHaveMissed).toEqual(['health']);
    expect((await judge(() => recorded(), experiment())).wouldHaveMissed).toEqual([]);
  });

  it('leaves samples of a probe that the experiment does not have alone', async () => {
    const observations = [...recorded(), ...samples(0, 140, () => failed, { probe: 'another' })];
    expect(await verdictOf(observations)).toBe('held');
  });

  it('counts a sample of the very instant of a mark to what begins there', async () => {
    const { baseline, stages } = await judge(() => recorded(), experiment());
    expect(baseline?.probes[0]?.count).toBe(300);
    expect(stages[0]?.tolerances[0]?.samples).toBe(600);
  });

  it('uses the statuses that the probe expects', async () => {
    const expecting = withProbes({
      products: {
        http: { service: 'shop', path: '/missing', expect: { status: 404 } },
        rate: '10/s',
        tolerances: { errorRate: { below: '5%' } },
      },
    });
    expect(
      await verdictOf(
        recorded(() => ({ latencyMs: 2, status: 404 })),
        expecting,
      ),
    ).toBe('held');
    expect(
      await verdictOf(
        recorded(() => ({ latencyMs: 2, status: 200 })),
        expecting,
      ),
    ).toContain('unhealthy');
  });
});

describe('a system that was ill before any fault', () => {
  it('is rejected, whatever came of it afterwards: nothing of that can be laid at the fault', async () => {
    const ill = await judge(() => recorded(() => failed), experiment());
    expect([ill.verdict, new Set(ill.findings.map(({ code }) => code))]).toEqual([
      'rejected',
      new Set(['unhealthy']),
    ]);
  });
});

describe('a tolerance that compares each sample', () => {
  const aged = (age: (seconds: number, index: number) => number) =>
    recorded((s, i) => ({ ...well, value: duringFault(s) ? age(s, i) : 1 }), { probe: 'freshness' });

  it.each([
    ['longer than it may be', (s: number) => (s >= 40 && s < 46 ? 9 : 1), 'deviated tolerance-missed'],
    ['not so long', (s: number) => (s >= 40 && s < 44 ? 9 : 1), 'held'],
    ['often, but never so long', (s: number) => (s % 8 >= 4 ? 9 : 1), 'held'],
    ['exactly at the limit', () => 5, 'deviated tolerance-missed'],
    ['just below the limit', () => 4.999, 'held'],
    [
      'until the fault ended, too short to tell',
      (s: number) => (s >= 87 ? 9 : 1),
      'inconclusive tolerance-unknown',
    ],
    [
      'by one stale replica of two',
      (_s: number, i: number) => (i % 2 === 0 ? 9 : 1),
      'deviated tolerance-missed',
    ],
  ])('is beyond its limit %s', async (_what, age, expected) => {
    expect(await verdictOf(aged(age), agedExperiment())).toBe(expected);
  });

  it('is unknown when failures hid the value for longer than blindness may last', async () => {
    const hidden = recorded((s) => (s >= 40 && s < 52 ? failed : { ...well, value: 1 }), {
      probe: 'freshness',
    });
    expect(await verdictOf(hidden, agedExperiment())).toBe('inconclusive tolerance-unknown');
  });

  it('of a metric is ended by its next good reading', async () => {
    const metric = withProbes({
      orders: { metric: 'orders', every: '4s', tolerances: { value: { above: 10, missedFor: '5s' } } },
    });
    const reading = (value: (index: number) => number) =>
      recorded((s, i) => ({ value: duringFault(s) ? value(i) : 50 }), { probe: 'orders', perSecond: 0.25 });
    expect(
      await verdictOf(
        reading((i) => (i % 2 === 1 ? 5 : 50)),
        metric,
      ),
    ).toBe('held');
    expect(
      await verdictOf(
        reading((i) => (i >= 10 && i < 13 ? 5 : 50)),
        metric,
      ),
    ).toBe('deviated tolerance-missed');
  });
});

describe('how soon a miss was to be seen', () => {
  it('is told of what the watch could tell, from the beginning of the stage', async () => {
    const { stages, findings } = await judge(
      () => recorded((seconds) => (seconds >= 50 && seconds < 90 ? slow : well)),
      experiment(),
    );
    const p95 = stages[0]?.tolerances.find(({ tolerance }) => tolerance === 'p95');
    // Slow from 20 s after the fault began, five of which it may be; windows last two seconds here.
    expect(p95?.detectedSeconds).toBeGreaterThan(25);
    expect(p95?.detectedSeconds).toBeLessThan(29);
    expect(findings[0]?.message).toMatch(/it was to be seen 2\d\.\d s after the fault began/);
  });
});
