import { describe, expect, it } from 'vitest';
import type { ExperimentDefinition } from '../../lib/experiment/experiment.ts';
import type { World } from '../fakes/fake-run-ports.ts';
import { changed, run } from './scripted-run.ts';

type Probe = ExperimentDefinition['steadyState'][string];

/** A probe of each kind that is polled, and a world in which it is well until `isIll` says so. */
const kinds: readonly (readonly [
  kind: string,
  probe: Probe,
  world: (isIll: () => boolean, isBlind?: () => boolean) => Partial<World>,
])[] = [
  [
    'an ECS service',
    {
      ecsService: { service: 'shop', shareOf: 'running' },
      every: '500ms',
      tolerances: { value: { above: 0.9 } },
    },
    (isIll, isBlind = () => false) => ({
      sources: {
        services: {
          shop: {
            state: () => {
              if (isBlind()) throw new Error('Rate exceeded');
              return isIll() ? { running: 1 } : {};
            },
          },
        },
      },
    }),
  ],
  [
    'a function',
    { lambda: { function: 'look' }, every: '500ms', tolerances: { value: { below: 5 } } },
    (isIll, isBlind = () => false) => ({
      sources: {
        functions: { look: async () => (isBlind() ? 'null' : isIll() ? '{"value":9}' : '{"value":1}') },
      },
    }),
  ],
  [
    'a metric',
    { metric: 'orders', every: '500ms', tolerances: { value: { below: 5 } } },
    (isIll, isBlind = () => false) => ({
      metrics: async (_name, fromMs) => (isBlind() ? [] : [{ atMs: fromMs, value: isIll() ? 9 : 1 }]),
    }),
  ],
];

describe.each(kinds)('a run that is judged by %s', (_kind, probe, world) => {
  const definition = changed({ steadyState: { it: probe } });

  it('holds where it stays well', async () => {
    const { journal } = await run({ definition, world: world(() => false) });
    expect(journal.verdict).toBe('held');
  });

  it('deviates where it falls ill with the fault', async () => {
    let ill = false;
    const done = await run({
      definition,
      world: {
        ...world(() => ill),
        halts: (_nowMs, faults) => {
          ill = faults.injecting();
          return undefined;
        },
      },
    });
    expect(done.journal.verdict).toBe('deviated');
  });

  it('never holds where nothing is seen of it during the fault', async () => {
    let blind = false;
    const done = await run({
      definition,
      world: {
        ...world(
          () => false,
          () => blind,
        ),
        halts: (_nowMs, faults) => {
          blind = faults.injecting();
          return undefined;
        },
      },
    });
    expect(['inconclusive', 'unrecovered']).toContain(done.journal.verdict);
  });
});

describe.each(kinds)('a rollback that is proven by %s', (_kind, probe, world) => {
  const definition = changed({
    proofs: { back: probe },
    rollbacks: { undo: { lambda: { function: 'undo' }, timeout: '20s', provenBy: 'back' } },
  });

  it('is proven once it is well', async () => {
    let undone = false;
    const { journal } = await run({
      definition,
      world: {
        ...world(() => !undone),
        performs: (_name, tries) => {
          undone = tries >= 2;
          return 'undone';
        },
      },
    });
    expect(journal.rollbacks).toMatchObject([{ result: 'proven' }]);
    expect(journal.verdict).toBe('held');
  });

  it('is not proven by one that is ill, nor where nothing is seen', async () => {
    const ill = await run({ definition, world: world(() => true) });
    const blind = await run({
      definition,
      world: world(
        () => false,
        () => true,
      ),
    });
    for (const { journal } of [ill, blind]) {
      expect(journal.rollbacks).toMatchObject([{ result: 'unproven' }]);
      expect(journal.verdict).toBe('unrecovered');
    }
  });
});

describe("a run that is judged by a metric of CloudWatch's usual minute", () => {
  const minute = 60_000;
  const stageMs = 5 * minute;

  /** A reading at each whole minute, which is known two minutes later. */
  const run5m = (probe: object, value: (atMs: number) => number | undefined) =>
    run({
      definition: changed({
        baseline: '5m',
        steadyState: { orders: { metric: 'orders', tolerances: { value: { below: 5 } }, ...probe } },
        stages: [{ share: '100%', duration: '5m' }],
        recovery: { objective: '5m' },
      }),
      input: {
        mode: 'aws',
        metrics: {
          orders: { namespace: 'Shop', name: 'Orders', statistic: 'Sum', period: { ms: 60_000, text: '1m' } },
        },
        stages: [
          {
            label: 'stage-1',
            templateId: 'EXT-1',
            durationMs: stageMs,
            templateMs: stageMs,
            faults: [{ name: 'slow', action: 'aws:ecs:task-network-latency', parameters: {} }],
          },
        ],
      },
      world: {
        faults: { durationMs: stageMs },
        metrics: async (_name, fromMs, toMs) => {
          const readings = [];
          for (let atMs = Math.ceil(fromMs / minute) * minute; atMs < toMs; atMs += minute) {
            const read = value(atMs);
            if (read !== undefined) readings.push({ atMs, value: read });
          }
          return readings;
        },
      },
    });

  it('holds where each minute is well, for nobody expects more than one reading in it', async () => {
    const { journal } = await run5m({}, () => 1);
    expect([journal.verdict, journal.summary]).toEqual(['held', journal.summary]);
  });

  it('holds as well where its data is waited for', async () => {
    const { journal } = await run5m({ delay: '2m' }, () => 1);
    expect([journal.verdict, journal.summary]).toEqual(['held', journal.summary]);
  });

  it('never holds where the metric has no data', async () => {
    const { journal } = await run5m({}, () => undefined);
    expect(journal.verdict).toBe('rejected');
  });
});

describe('a rollback that is proven by an alarm', () => {
  const definition = changed({
    proofs: { quiet: { alarm: 'errors' } },
    rollbacks: { undo: { lambda: { function: 'undo' }, timeout: '20s', provenBy: 'quiet' } },
  });
  // The run's own guard is well all the time; the proof looks at another.
  const inState = (state: 'alarm' | 'no data' | 'ok'): Partial<World> => ({
    guards: () => [
      { guard: 'shopErrors', state: 'ok', detail: 'it is well' },
      { guard: 'errors', state, detail: 'it is so' },
    ],
  });

  it('is proven where it is OK, and by nothing else', async () => {
    const results = [];
    for (const state of ['ok', 'alarm', 'no data'] as const) {
      const { journal } = await run({ definition, world: inState(state) });
      results.push(journal.rollbacks?.map(({ result }) => result));
    }
    expect(results).toEqual([['proven'], ['unproven'], ['unproven']]);
  });
});
