import { describe, expect, it } from 'vitest';
import { SteadfastError } from '../../lib/experiment/steadfast-error.ts';
import { replicas } from '../fakes/fake-run-ports.ts';
import { containing } from '../fakes/matching.ts';
import { expectNothingLeft, run, type Script, type ScriptedRun } from './scripted-run.ts';

function expectRejected(rejected: ScriptedRun, rejection: string) {
  expect(rejected.journal.verdict).toBe('rejected');
  expect(rejected.journal.findings[0]).toMatchObject({ verdict: 'rejected', rejection });
  expect(rejected.faults.experiments).toEqual([]);
  expect(rejected.journal.stages).toEqual([]);
  expectNothingLeft(rejected);
}

const [first, ...others] = replicas;
const withTags = (tags: Record<string, string>) => () => [{ fault: 'slow', id: 'odd-1', tags }, ...others];

describe('admission', () => {
  it.each(['alarm', 'missing'] as const)('rejects when a guard is in %s', async (state) => {
    const guards = () => [{ guard: 'shopErrors', state, detail: 'as it is' }];
    const rejected = await run({ world: { guards } });
    expectRejected(rejected, 'guard');
    expect(rejected.asked).toEqual([]);
  });

  it('rejects when nothing can be read of a guard', async () => {
    expectRejected(await run({ world: { guards: () => [] } }), 'guard');
  });

  it.each(['no data', 'alarm', 'missing'] as const)(
    'rejects when a guard has %s right before the first start',
    async (state) => {
      let reads = 0;
      const guards = () => {
        reads += 1;
        return [{ guard: 'shopErrors', state: reads === 1 ? ('ok' as const) : state, detail: 'as it is' }];
      };
      expectRejected(await run({ world: { guards } }), 'guard');
    },
  );

  it('rejects when a guard can no longer be read right before the first start', async () => {
    let reads = 0;
    const guards = () => {
      reads += 1;
      return reads === 1 ? [{ guard: 'shopErrors', state: 'ok' as const, detail: 'well' }] : [];
    };
    expectRejected(await run({ world: { guards } }), 'guard');
  });

  it('rejects while another run holds the lease, and leaves it that lease', async () => {
    const busy = await run({ world: { takesLease: () => true } });
    expectRejected(busy, 'busy');
    expect(busy.held.get('shop')).toBe('another-run');
  });

  it('rejects in a blackout, and alarms nobody', async () => {
    const blackouts = [
      { from: '2025-12-31T00:00:00.000Z', until: '2026-01-02T00:00:00.000Z', reason: 'the sale' },
    ];
    const dark = await run({ input: { blackouts } });
    expectRejected(dark, 'blackout');
    expect(dark.told).toEqual([]);
    expect(dark.steps.map(({ step }) => step)).toEqual(['admit', 'conclude']);
  });

  it('admits at the very end of a blackout', async () => {
    const blackouts = [
      { from: '2025-12-31T00:00:00.000Z', until: '2026-01-01T00:00:00.000Z', reason: 'the sale' },
    ];
    expect((await run({ input: { blackouts } })).journal.verdict).toBe('held');
  });

  it('rejects when a person wished no run before it began', async () => {
    expectRejected(await run({ world: { halts: () => 'all runs: an incident' } }), 'locked');
  });

  it('rejects what is no longer deployed, names the stack that still starts it, and tells people', async () => {
    const lists = (experiment: string) => (experiment === 'slow-database' ? 'absent' : 'listed');
    const outdated = await run({ world: { lists }, input: { stack: 'steadfast-lab-experiments-team-shop' } });
    expectRejected(outdated, 'outdated');
    expect(outdated.journal.findings[0]).toMatchObject({
      message: "Not admitted: the core of lab no longer lists 'slow-database'.",
      hint: 'Deploy the stack steadfast-lab-experiments-team-shop again, or delete it where team-shop has no experiment left: its schedule still starts this one.',
    });
    expect(outdated.told).toHaveLength(1);
    expect(outdated.asked).toEqual([]);
  });

  it('rejects what is no longer deployed also when its launcher does not know its own stack', async () => {
    const outdated = await run({ world: { lists: () => 'absent' } });
    expectRejected(outdated, 'outdated');
    expect(outdated.journal.findings[0]?.hint).toContain("the stack that holds the experiment's launcher");
  });

  const foreign = [{ fault: 'slow', id: 'foreign-1', tags: first?.tags ?? {} }];
  const targets: [string, Script, string][] = [
    [
      'carries no environment tag',
      { world: { matching: withTags({ Service: 'shop' }) } },
      'odd-1 does not carry the environment tag Env=lab (it has none)',
    ],
    [
      "carries another environment's tag",
      { world: { matching: withTags({ Env: 'production' }) } },
      'odd-1 does not carry the environment tag Env=lab (it has production)',
    ],
    [
      'is not owned',
      { input: { owns: { names: ['shop-2', 'shop-3'] } } },
      'shop-1 carries the tag Env=lab, but has no name that lab owns',
    ],
    ['is untouchable', { input: { untouchable: ['shop-*'] } }, 'shop-1 is declared untouchable, and 2 more'],
    ['is not there at all', { world: { matching: () => [] } }, 'the selector of fault slow matches nothing'],
    [
      'is one of too many',
      { input: { limits: { targets: 2, runs: 1 } } },
      'fault slow can hit 3 resources, lab allows 2',
    ],
    [
      'is found by the preview alone',
      { world: { faults: { preview: () => foreign } } },
      'the preview resolved what may not be hit: foreign-1',
    ],
    [
      'cannot be previewed',
      {
        world: {
          faults: {
            preview: () => {
              throw new SteadfastError('invalid', 'the selector resolves to nothing');
            },
          },
        },
      },
      'the preview failed: the selector resolves to nothing',
    ],
  ];
  it.each(targets)('rejects when a target %s', async (_what, script, evidence) => {
    const rejected = await run(script);
    expectRejected(rejected, 'targets');
    expect(rejected.asked).toEqual([]);
    expect(rejected.journal.findings[0]?.message).toContain(`Not admitted: ${evidence}`);
    const failed = rejected.journal.checks.filter(({ passed }) => !passed);
    expect(failed.map((check) => check.evidence)).toEqual([containing(evidence)]);
  });

  it('rejects as locked when the safety lever was engaged between its look and the preview', async () => {
    let looks = 0;
    const lever = () => {
      looks += 1;
      return { status: looks === 1 ? ('disengaged' as const) : ('engaged' as const), reason: 'an outage' };
    };
    const preview = () => {
      throw new SteadfastError('invalid', 'the preview of stage 100% ended as cancelled');
    };
    const locked = await run({ world: { lever, faults: { preview } } });
    expectRejected(locked, 'locked');
    expect(locked.journal.findings[0]?.message).toContain('the safety lever of FIS is engaged: an outage');
  });

  it('rejects in AWS what has no ARN', async () => {
    const environment = {
      id: 'staging',
      production: false,
      tag: { key: 'Env', value: 'lab' },
      account: '111122223333',
      region: 'eu-west-1',
    };
    expectRejected(await run({ input: { mode: 'aws', environment } }), 'targets');
  });

  it.each([
    ['permission', 'permission'],
    ['busy', 'busy'],
  ] as const)('rejects as %s when the preview is refused so', async (code, rejection) => {
    const preview = () => {
      throw new SteadfastError(code, 'FIS refused');
    };
    expectRejected(await run({ world: { faults: { preview } } }), rejection);
  });

  it.each(['permission', 'busy'] as const)('rejects as %s when the start is refused so', async (code) => {
    const denies = () => new SteadfastError(code, 'FIS refused');
    expectRejected(await run({ world: { faults: { denies } } }), code);
  });

  it('writes down every check with its evidence', async () => {
    const { journal } = await run();
    const written = journal.checks.map(({ check, passed }) => `${check} ${passed}`);
    expect(written.toSorted()).toEqual([
      'blackout true',
      'capacity true',
      'counts true',
      'freeze true',
      'guards true',
      'incidents true',
      'kill-switch true',
      'lease true',
      'listed true',
      'pause true',
      'prerequisites true',
      'preview true',
      'safety-lever true',
      'start-time true',
      'targets true',
    ]);
    for (const { evidence } of journal.checks) expect(evidence).not.toBe('');
  });
});
