import { describe, expect, it } from 'vitest';
import { SteadfastError } from '../../lib/experiment/steadfast-error.ts';
import { createFakeTraffic } from '../fakes/fake-traffic.ts';
import { containing } from '../fakes/matching.ts';
import { changed, expectNothingLeft, run } from './scripted-run.ts';
import { itMakesTraffic } from './traffic-contract.ts';

const well = { status: 200, latencyMs: 20 };
const busy = changed({ traffic: { lambda: { function: 'shoppers' } } });

describe('the fake traffic', () => {
  itMakesTraffic(async () => {
    const fake = createFakeTraffic({ now: () => 0 });
    return { traffic: fake, nowMs: () => 0, running: async () => fake.running() };
  });
});

describe('traffic', () => {
  it('is nobody’s concern where the experiment names none', async () => {
    expect((await run()).traffic.requests).toEqual([]);
  });

  it('is there from before the baseline until the run concludes, once', async () => {
    const held = await run({ definition: busy });
    expect(held.journal).toMatchObject({ verdict: 'held', findings: [] });
    expect(held.traffic.requests.map(({ action }) => action)).toEqual(['start', 'stop']);
    const [start] = held.traffic.requests;
    expect(start?.fromMs).toBeLessThanOrEqual(Date.parse(held.journal.baseline.start ?? ''));
    expect(held.traffic.running()).toBe(0);
    expectNothingLeft(held);
  });

  it('is kept up without a gap for as long as the run lasts', async () => {
    const long = 1_500_000;
    const definition = changed({ ...busy, stages: [{ share: '100%', duration: '25m' }] });
    const held = await run({
      definition,
      input: { stages: [{ label: 'all', templateId: 'T', durationMs: long, templateMs: long, faults: [] }] },
      world: { faults: { durationMs: long } },
    });
    const asked = held.traffic.requests.filter(({ action }) => action !== 'stop');
    expect(asked.map(({ action }) => action)).toEqual(['start', 'keep', 'keep']);
    expect(asked[0]?.fromMs).toBeLessThanOrEqual(Date.parse(held.journal.start));
    for (const [index, { fromMs, untilMs }] of asked.entries()) {
      expect(fromMs).toBe(asked[index - 1]?.untilMs ?? fromMs);
      expect(untilMs - fromMs).toBeLessThan(900_000);
    }
    expect(asked.at(-1)?.untilMs).toBeGreaterThan(Date.parse(held.journal.end));
  });

  it.each([
    ['unhealthy', new Error('no such function')],
    ['permission', new SteadfastError('permission', 'AWS refused')],
  ])('that cannot be started begins no run: %s', async (rejection, refusal) => {
    const rejected = await run({
      definition: busy,
      world: { refusesTraffic: ({ action }) => (action === 'start' ? refusal : undefined) },
    });
    expect(rejected.journal).toMatchObject({
      verdict: 'rejected',
      findings: [{ code: 'traffic-not-started', rejection }],
    });
    expect(rejected.faults.experiments).toEqual([]);
    // Nobody knows whether it began all the same.
    expect(rejected.traffic.requests.map(({ action }) => action)).toEqual(['start', 'stop']);
    expectNothingLeft(rejected);
  });

  it.each(['admit', 'baseline', 'startStage', 'observeStage', 'recover'] as const)(
    'is stopped also when the step %s dies',
    async (dying) => {
      const errored = await run({
        definition: busy,
        around: async (step, carryOut) => {
          const state = await carryOut();
          if (step === dying) throw new Error('out of memory');
          return state;
        },
      });
      expect(errored.journal.verdict).toBe('errored');
      expect(errored.traffic.requests.at(-1)?.action).toBe('stop');
      expect(errored.traffic.running()).toBe(0);
      expectNothingLeft(errored);
    },
  );

  it('is asked for the same again by a step that is repeated', async () => {
    let repeated = false;
    const held = await run({
      definition: busy,
      around: async (step, carryOut) => {
        if (step === 'admit' && !repeated) {
          repeated = true;
          await carryOut();
        }
        return carryOut();
      },
    });
    const starts = held.traffic.requests.filter(({ action }) => action === 'start');
    expect(starts).toHaveLength(2);
    expect(starts[1]).toEqual(starts[0]);
  });

  it('that is not kept up ends no run, and is tried again', async () => {
    const long = 600_000;
    let refused = 0;
    const held = await run({
      definition: changed({ ...busy, stages: [{ share: '100%', duration: '10m' }] }),
      input: { stages: [{ label: 'all', templateId: 'T', durationMs: long, templateMs: long, faults: [] }] },
      world: {
        faults: { durationMs: long },
        sees: () => well,
        refusesTraffic: ({ action }) => {
          if (action !== 'keep' || refused > 0) return undefined;
          refused += 1;
          return new Error('throttled');
        },
      },
    });
    expect(held.journal.verdict).toBe('held');
    expect(held.traffic.requests.map(({ action }) => action)).toEqual(['start', 'keep', 'keep', 'stop']);
    expect(held.journal.timeline.map(({ text }) => text)).toContain('Traffic was not kept up: throttled.');
  });

  it('that cannot be stopped is tried again, and told', async () => {
    const errored = await run({
      definition: busy,
      world: { refusesTraffic: ({ action }) => (action === 'stop' ? new Error('it hangs') : undefined) },
    });
    expect(errored.journal).toMatchObject({
      verdict: 'errored',
      findings: [{ code: 'traffic-not-stopped', message: 'Traffic could not be stopped: it hangs.' }],
    });
    expect(errored.traffic.requests.filter(({ action }) => action === 'stop')).toHaveLength(3);
    expect(errored.told).toHaveLength(1);
    expectNothingLeft(errored);
  });
});

describe('traffic by a state machine', () => {
  const byMachine = changed({ traffic: { stateMachine: { name: 'shoppers' } } });

  it('is asked for as a function’s is, and told since when as it is stopped', async () => {
    const held = await run({ definition: byMachine });
    expect(held.journal).toMatchObject({ verdict: 'held', findings: [] });
    const [start, stop] = held.traffic.requests;
    expect([start?.action, stop?.action]).toEqual(['start', 'stop']);
    expect(stop?.sinceMs).toBeGreaterThanOrEqual(start?.fromMs ?? Number.POSITIVE_INFINITY);
    expect(stop?.sinceMs).toBeLessThan(start?.untilMs ?? 0);
    expectNothingLeft(held);
  });

  it('that cannot be started begins no run, and the finding says what to look at', async () => {
    const rejected = await run({
      definition: byMachine,
      world: {
        refusesTraffic: ({ action }) => (action === 'start' ? new Error('no such machine') : undefined),
      },
    });
    expect(rejected.journal).toMatchObject({
      verdict: 'rejected',
      findings: [{ code: 'traffic-not-started', hint: containing("the state machine 'shoppers' is there") }],
    });
  });
});

describe('a metric without any data', () => {
  const orders = { metric: 'orders', every: '1s', tolerances: { value: { above: 0 } } } as const;

  it('is unknown, and the finding says what would make it tell', async () => {
    const idle = await run({ definition: changed({ steadyState: { orders } }) });
    expect(idle.journal).toMatchObject({
      verdict: 'rejected',
      findings: [{ code: 'baseline-unknown', probe: 'orders', hint: containing('traffic: {') }],
    });
  });

  it('is another matter where there is traffic, or some data', async () => {
    const empty = await run({ definition: changed({ ...busy, steadyState: { orders } }) });
    expect(empty.journal.findings[0]?.hint).not.toContain('traffic: {');
    const bad = await run({
      definition: changed({ steadyState: { orders } }),
      world: { metrics: async (_, fromMs) => [{ atMs: fromMs, value: -1 }] },
    });
    expect(bad.journal.findings[0]?.hint).not.toContain('traffic: {');
  });
});
