import { describe, expect, it } from 'vitest';
import type { ExperimentDefinition } from '../../lib/experiment/experiment.ts';
import type { World } from '../fakes/fake-run-ports.ts';
import { changed, expectNothingLeft, run } from './scripted-run.ts';

const well = { status: 200, latencyMs: 20 };
const down = { status: 503, latencyMs: 20 };

const rollBack = (changes: Partial<ExperimentDefinition> = {}): ExperimentDefinition =>
  changed({
    proofs: {
      flag: { http: { service: 'shop', path: '/flag' }, tolerances: { errorRate: { below: '1%' } } },
    },
    rollbacks: {
      resetFlag: {
        http: { service: 'shop', path: '/reset', method: 'POST' },
        timeout: '30s',
        provenBy: 'flag',
      },
    },
    ...changes,
  });

/** The flag is seen well once `isReset` says so. */
const flag =
  (isReset: (nowMs: number) => boolean): NonNullable<World['sees']> =>
  ({ probe, nowMs }) =>
    probe === 'flag' && !isReset(nowMs) ? down : well;

describe('rolling back', () => {
  it('is proven by the probe it names', async () => {
    const held = await run({ definition: rollBack() });
    expect(held.journal).toMatchObject({
      verdict: 'held',
      rollbacks: [{ name: 'resetFlag', result: 'proven', detail: 'done' }],
    });
    expect(held.performed).toEqual(['resetFlag']);
    expectNothingLeft(held);
  });

  it('is tried again until it works', async () => {
    let works = false;
    const held = await run({
      definition: rollBack(),
      world: {
        sees: flag(() => works),
        performs: (_name, tries) => {
          if (tries < 4) throw new Error('the flag store is down');
          works = true;
          return 'reset';
        },
      },
    });
    expect(held.journal).toMatchObject({
      verdict: 'held',
      rollbacks: [{ result: 'proven', detail: 'reset' }],
    });
    expect(held.performed).toHaveLength(4);
  });

  it('is carried out again when it reports success and its probe does not show it', async () => {
    let works = false;
    const held = await run({
      definition: rollBack(),
      world: {
        sees: flag(() => works),
        performs: (_name, tries) => {
          works = tries > 1;
          return `try ${tries}`;
        },
      },
    });
    expect(held.journal).toMatchObject({
      verdict: 'held',
      rollbacks: [{ result: 'proven', detail: 'try 2' }],
    });
  });

  it('is unrecovered when it fails until its time is up', async () => {
    const performs = () => {
      throw new Error('the flag store is down');
    };
    const failed = await run({ definition: rollBack(), world: { performs } });
    expect(failed.journal).toMatchObject({
      verdict: 'unrecovered',
      rollbacks: [{ result: 'failed', detail: 'the flag store is down' }],
    });
    expect(failed.codes).toContain('rollback-failed');
    expect(failed.told).toHaveLength(1);
    expectNothingLeft(failed);
  });

  it('is unrecovered when it reports success and its probe never shows it', async () => {
    const unproven = await run({ definition: rollBack(), world: { sees: flag(() => false) } });
    expect(unproven.journal).toMatchObject({ verdict: 'unrecovered', rollbacks: [{ result: 'unproven' }] });
    expect(unproven.codes).toContain('rollback-unproven');
    expectNothingLeft(unproven);
  });

  it('goes on over several steps while its time lasts', async () => {
    let since: number | undefined;
    const definition = rollBack({
      rollbacks: {
        resetFlag: { http: { service: 'shop', path: '/reset' }, timeout: '3m', provenBy: 'flag' },
      },
      recovery: { objective: '4m' },
    });
    const held = await run({
      definition,
      world: {
        sees: flag((nowMs) => {
          since ??= nowMs;
          return nowMs - since > 90_000;
        }),
      },
    });
    expect(held.journal).toMatchObject({ verdict: 'held', rollbacks: [{ result: 'proven' }] });
    expect(held.steps.filter(({ step }) => step === 'rollBack').length).toBeGreaterThan(2);
  });

  it('is not proven by a metric that was read before it', async () => {
    const definition = rollBack({
      proofs: { flag: { metric: 'flag', every: '5s', tolerances: { value: { below: 1 } } } },
    });
    // The last reading of the metric is from before the fault's end, and good.
    const metrics: World['metrics'] = async (_metric, fromMs, toMs) => {
      const atMs = Date.parse('2026-01-01T00:00:20.000Z');
      return atMs >= fromMs && atMs < toMs ? [{ atMs, value: 0 }] : [];
    };
    const unproven = await run({ definition, world: { metrics } });
    expect(unproven.journal).toMatchObject({ verdict: 'unrecovered', rollbacks: [{ result: 'unproven' }] });
  });

  it('is proven by a reading of a metric since', async () => {
    const definition = rollBack({
      proofs: { flag: { metric: 'flag', every: '5s', tolerances: { value: { below: 1 } } } },
    });
    const metrics: World['metrics'] = async (_metric, fromMs, toMs) => {
      const atMs = Math.ceil(fromMs / 5_000) * 5_000;
      return atMs < toMs ? [{ atMs, value: 0 }] : [];
    };
    const held = await run({ definition, world: { metrics } });
    expect(held.journal).toMatchObject({ verdict: 'held', rollbacks: [{ result: 'proven' }] });
  });

  it('happens on the way of a run that a person ended, too', async () => {
    const halted = await run({
      definition: rollBack(),
      world: { halts: (_nowMs, { experiments }) => (experiments.length > 0 ? 'enough' : undefined) },
    });
    expect(halted.journal).toMatchObject({ verdict: 'halted', rollbacks: [{ result: 'proven' }] });
    expectNothingLeft(halted);
  });

  it('does not happen when no fault was started', async () => {
    const rejected = await run({ definition: rollBack(), world: { guards: () => [] } });
    expect(rejected.performed).toEqual([]);
  });
});
