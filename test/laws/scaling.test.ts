import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Experiment, ExperimentDefinition } from '../../lib/experiment/experiment.ts';
import { judge } from '../../lib/steady-state/judge.ts';
import { isMark, type Observation } from '../../lib/steady-state/observation.ts';
import { run } from '../run/scripted-run.ts';
import { epoch, experiment, mark, samples } from '../steady-state/recorded.ts';

/** A slow probe: its windows, patience and blindness all follow from its interval, and none from a shortest second. */
const everyS = 4;
const baselineS = 600;
const stageS = 600;
const recoveryS = 2_400;

const slowProbe = (scale: number, latencyScale: number): Experiment => {
  const seconds = (value: number): `${number}ms` => `${value * scale * 1_000}ms`;
  const latency = (value: number): `${number}ms` => `${value * latencyScale}ms`;
  return experiment({
    baseline: seconds(baselineS),
    steadyState: {
      products: {
        http: { service: 'shop', path: '/products' },
        rate: `${60 / (everyS * scale)}/m`,
        timeout: latency(2_000),
        tolerances: {
          p90: { below: latency(250), missedFor: seconds(50) },
          errorRate: { below: '10%', missedFor: seconds(50) },
        },
      },
    },
    stages: [{ share: '100%', duration: seconds(stageS) }],
    recovery: { objective: seconds(600), atLeast: { latency: latency(5), rate: '30%' } },
  } satisfies Partial<ExperimentDefinition>);
};

/** What was seen in each eighth of the stage and of the recovery. */
const course = fc.array(fc.constantFrom('well', 'well', 'well', 'slow', 'failed', 'broken', 'nothing'), {
  minLength: 16,
  maxLength: 16,
});

function recordedAs(parts: readonly string[], scale: number, latencyScale: number): Observation[] {
  const end = baselineS + stageS + recoveryS;
  const looks = samples(
    0,
    end,
    (s, index) => {
      const part =
        s < baselineS
          ? 'well'
          : s < baselineS + stageS
            ? parts[Math.floor((s - baselineS) / (stageS / 8))]
            : parts[8 + Math.min(7, Math.floor((s - baselineS - stageS) / 75))];
      const latencyMs = latencyScale * (part === 'slow' ? 400 : 20 + (index % 7));
      if (part === 'nothing') return undefined;
      if (part === 'broken') return { error: 'prober: no socket' };
      return part === 'failed' ? { latencyMs, status: 500 } : { latencyMs, status: 200 };
    },
    { perSecond: 1 / everyS },
  );
  const marks = [
    mark(0, 'baseline-start'),
    mark(baselineS, 'fault-start'),
    mark(baselineS + stageS, 'fault-end', { bite: true }),
    mark(end, 'recovery-end'),
  ];
  return [...marks, ...looks].map((one) => ({
    ...one,
    at: new Date(epoch + scale * (Date.parse(one.at) - epoch)).toISOString(),
  }));
}

/** All of a judgement that has no unit. */
async function saidOf(parts: readonly string[], scale: number, latencyScale: number) {
  const { verdict, findings, stages, recovery } = await judge(
    () => recordedAs(parts, scale, latencyScale),
    slowProbe(scale, latencyScale),
  );
  return {
    verdict,
    codes: findings.map(({ code }) => code),
    states: stages.flatMap((stage) => stage.tolerances.map(({ state }) => state)),
    recovery: recovery?.state,
    after: recovery?.seconds === undefined ? undefined : Math.round(recovery.seconds / scale),
  };
}

describe('a judgement has no unit of its own:', () => {
  it('scaling all times changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(course, fc.constantFrom(1.5, 2, 2.5), async (parts, scale) => {
        expect(await saidOf(parts, scale, 1)).toEqual(await saidOf(parts, 1, 1));
      }),
      { numRuns: 25 },
    );
  });

  it('scaling all latencies, with what is asked of them, changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(course, fc.constantFrom(2, 10, 100), async (parts, scale) => {
        expect(await saidOf(parts, 1, scale)).toEqual(await saidOf(parts, 1, 1));
      }),
      { numRuns: 25 },
    );
  });
});

it('the same seed gives the same journal', async () => {
  const [one, other] = [await run(), await run()];
  expect(one.journal).toEqual(other.journal);
  const observed = async (fake: typeof one) => {
    const all: Observation[] = [];
    for await (const observation of fake.store.observations('run-1')) all.push(observation);
    return all;
  };
  expect(await observed(one)).toEqual(await observed(other));
  const elsewhere = await run({ input: { seed: 2 } });
  const dueOf = (observations: readonly Observation[]) =>
    observations.filter((seen) => !isMark(seen)).map(({ at }) => at);
  expect(dueOf(await observed(elsewhere))).not.toEqual(dueOf(await observed(one)));
});
