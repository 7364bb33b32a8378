import { describe, expect, it } from 'vitest';
import { classes } from '../../bench/verdicts/classes.ts';
import { designEffectOf } from '../../bench/verdicts/design-effect.ts';
import { drawFor } from '../../bench/verdicts/draw.ts';
import { drawSubject, duringFault, sceneOf, watch } from '../../bench/verdicts/drawn.ts';
import { normalTail } from '../../bench/verdicts/normal-tail.ts';
import { runAll } from '../../bench/verdicts/run-all.ts';
import { type Outcome, runOne, simulate } from '../../bench/verdicts/run-one.ts';
import { experimentOf } from '../../bench/verdicts/scene.ts';
import { beyondShare, failingShare, lookerAt, type Service } from '../../bench/verdicts/service.ts';
import { singleSampleVerdict } from '../../bench/verdicts/single-sample.ts';
import { summaryOf } from '../../bench/verdicts/summary.ts';
import { labelOf } from '../../bench/verdicts/truth.ts';
import type { Observation } from '../../lib/steady-state/observation.ts';

const named = (name: string) => {
  const found = classes.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no class is called ${name}`);
  return found;
};

describe('services of known truth', () => {
  it.each([
    [0, 0.5],
    [1, 0.158655],
    [2.326348, 0.01],
    [-1.644854, 0.95],
  ])('have the tail of a normal distribution above %f', (z, share) => {
    expect(normalTail(z)).toBeCloseTo(share, 5);
  });

  it('show in their samples what their parameters say of them', () => {
    const condition = { factor: 3, errorRate: 0.05, share: 0.4 };
    const service: Service = {
      medianMs: 40,
      sigma: 0.4,
      tail: { share: 0.02, alpha: 1.5 },
      noise: { sigma: 0.2, seconds: 0.2 },
      errorRate: 0.01,
      condition: () => condition,
    };
    const look = lookerAt(service, drawFor('samples', 1));
    const count = 40_000;
    const seen = Array.from({ length: count }, (_, index) => look(index / 20, index));
    const isFailed = ({ error, status }: (typeof seen)[number]) => error !== undefined || status !== 200;
    const failed = seen.filter(isFailed).length / count;
    const slow = seen.filter((one) => isFailed(one) || (one.latencyMs ?? 0) >= 100).length / count;
    expect(failed).toBeCloseTo(failingShare(service, 0), 2);
    expect(Math.abs(slow - beyondShare(service, 100, 0))).toBeLessThan(0.01);
  });

  it('are worth fewer samples where noise is common to many', () => {
    const service: Service = { medianMs: 40, sigma: 0.2, errorRate: 0 };
    expect(designEffectOf(service, 50)).toBe(1);
    const slowly = designEffectOf({ ...service, noise: { sigma: 0.1, seconds: 1 } }, 50);
    const fast = designEffectOf({ ...service, noise: { sigma: 0.1, seconds: 0.1 } }, 50);
    expect(slowly).toBeGreaterThan(fast);
    expect(fast).toBeGreaterThan(1);
  });
});

describe('the labels of simulated runs', () => {
  const times = { faultStart: 120, faultEnd: 240, end: 360 };
  const scene = (factor: number, errorRate: number) => {
    const draw = drawFor('labels', 1);
    const subject = drawSubject(draw, {
      service: { medianMs: 30, sigma: 0.3, errorRate: 0 },
      tolerances: ['p50', 'errorRate'],
      errorLimit: 0.05,
      perSecond: [50, 50],
    });
    return sceneOf(
      draw,
      times,
      watch(
        subject,
        duringFault(times, () => ({ factor, errorRate })),
      ),
      {
        objectiveS: 20,
      },
    );
  };

  it('follow from the parameters: well within a limit, and well beyond it', () => {
    expect(labelOf(scene(1, 0))).toBe('held');
    expect(labelOf(scene(4, 0))).toBe('deviated');
    expect(labelOf(scene(1, 0.2))).toBe('deviated');
  });

  it('are inconclusive where the fault did not reach the system', () => {
    expect(labelOf({ ...scene(1, 0), bite: false })).toBe('inconclusive');
    expect(labelOf({ ...scene(4, 0), bite: false })).toBe('deviated');
  });

  it('are none where the truth lies so near to a limit that it may be found either way', () => {
    expect(labelOf(scene(1, 0.049))).toBeUndefined();
  });

  it('are unrecovered where it goes on after the fault', () => {
    const { probes, ...rest } = scene(1, 0);
    const products = probes['products'];
    if (products === undefined || !('errorRate' in products.of)) throw new Error('no service');
    const ill = { ...products.of, condition: (t: number) => ({ errorRate: t >= times.faultEnd ? 0.5 : 0 }) };
    expect(labelOf({ ...rest, probes: { products: { ...products, of: ill } } })).toBe('unrecovered');
  });
});

describe('the classes of runs', () => {
  it('are at least sixteen, each of its own name', () => {
    expect(new Set(classes.map(({ name }) => name)).size).toBe(classes.length);
    expect(classes.length).toBeGreaterThanOrEqual(16);
  });

  it('draw the same run from the same seed, and another from another', () => {
    const [one, again, other] = [
      simulate(named('step'), 7),
      simulate(named('step'), 7),
      simulate(named('step'), 8),
    ];
    expect(again.trace).toEqual(one.trace);
    expect(other.trace).not.toEqual(one.trace);
  });

  it.each(classes.map(({ name, labels }) => [name, labels] as const))(
    '%s draws runs outside the margin, with a label of its own',
    (name, labels) => {
      const { label, scene, trace } = simulate(named(name), 10_001);
      expect(labels).toContain(label);
      expect(trace.length).toBeGreaterThan(0);
      expect(Object.keys(experimentOf(scene).steadyState)).toEqual(Object.keys(scene.probes));
    },
  );

  it.each(['healthy-heavy-tails', 'step', 'outage', 'sick-before', 'no-bite'])(
    '%s is judged right',
    async (name) => {
      const outcome = await runOne(named(name), 10_002);
      expect(outcome.verdict).toBe(outcome.label);
    },
  );
});

describe('all runs', () => {
  const work = [10_001, 10_002, 10_003].map((seed) => ({ class: 'no-data', seed }));

  it('are judged on all cores, and come in the order of the work', async () => {
    const told: number[] = [];
    const outcomes = await runAll(work, 60_000, (_, done) => told.push(done));
    expect(outcomes.map(({ seed }) => seed)).toEqual([10_001, 10_002, 10_003]);
    expect(told).toEqual([1, 2, 3]);
  });

  it('are given up when the time is up', async () => {
    expect(await runAll(work, 0, () => {})).toEqual([]);
  });
});

describe('a single look before and after', () => {
  const experiment = experimentOf(simulate(named('healthy-heavy-tails'), 10_001).scene);
  const line = (second: number, rest: object): Observation => ({
    at: new Date(second * 1_000).toISOString(),
    probe: 'products',
    ...rest,
  });
  const marks: Observation[] = [
    { at: new Date(0).toISOString(), mark: 'baseline-start' },
    { at: new Date(10_000).toISOString(), mark: 'fault-start' },
    { at: new Date(20_000).toISOString(), mark: 'fault-end', bite: false },
  ];
  const well = { status: 200, latencyMs: 20 };
  const bad = { status: 500, latencyMs: 20 };

  it('holds whatever happens in between', () => {
    const trace = [...marks, line(9, well), line(15, bad), line(21, well), line(22, bad)];
    expect(singleSampleVerdict(trace, experiment)).toBe('held');
  });

  it('sees what is wrong right before and right after, and takes no data for nothing wrong', () => {
    expect(singleSampleVerdict([...marks, line(9, bad), line(21, well)], experiment)).toBe('rejected');
    expect(singleSampleVerdict([...marks, line(9, well), line(21, bad)], experiment)).toBe('deviated');
    expect(singleSampleVerdict([...marks, line(9, well)], experiment)).toBe('held');
  });
});

describe('the summary', () => {
  const outcome = (label: Outcome['label'], verdict: Outcome['verdict'], seed: number): Outcome => ({
    class: 'step',
    seed,
    label,
    verdict,
    singleSample: 'held',
    samples: 10,
  });

  it('counts what was right, what was held falsely, and names what was misjudged', () => {
    const summary = summaryOf([
      outcome('held', 'held', 1),
      outcome('deviated', 'deviated', 2),
      outcome('deviated', 'held', 3),
      outcome('held', 'inconclusive', 4),
    ]);
    expect(summary).toMatchObject({
      accuracy: 0.5,
      falseHeld: 1,
      classes: 1,
      runs: 4,
      confusion: { held: { held: 1, inconclusive: 1 }, deviated: { deviated: 1, held: 1 } },
      singleSampleAccuracy: 0.5,
      singleSampleFalseHeld: 2,
    });
    expect(summary.misses.map(({ seed }) => seed)).toEqual([3, 4]);
  });
});
