import { describe, expect, it } from 'vitest';
import type { Needs, Unmet } from '../../../lib/run/ports.ts';
import { replicas } from '../../fakes/fake-run-ports.ts';
import { containing, withFields } from '../../fakes/matching.ts';
import { changed, expectNothingLeft, run } from '../scripted-run.ts';

const noSidecar: Unmet = {
  what: 'task definition shop:12 has no container with the SSM agent',
  targets: ['shop-1', 'shop-2'],
  hint: 'Add one.',
  rejection: 'targets',
};
const unreadable: Unmet = {
  what: 'AWS refused ecs:DescribeServices on ECS service shop',
  targets: ['shop-1'],
  hint: 'Allow it.',
  rejection: 'permission',
};

describe('what admission finds wrong', () => {
  it('is a finding each, with the targets that it keeps from being hit and the way to mend it', async () => {
    const rejected = await run({ world: { lacks: () => [noSidecar, unreadable] } });
    expect(rejected.journal.findings).toEqual([
      withFields({
        code: 'check-prerequisites',
        verdict: 'rejected',
        rejection: 'targets',
        message:
          'Not admitted: task definition shop:12 has no container with the SSM agent (fault slow: 2 targets, such as shop-1).',
        hint: 'Add one.',
      }),
      withFields({
        code: 'check-prerequisites',
        rejection: 'permission',
        message: 'Not admitted: AWS refused ecs:DescribeServices on ECS service shop (fault slow: shop-1).',
        hint: 'Allow it.',
      }),
    ]);
    expect(rejected.journal.checks).toContainEqual({
      check: 'prerequisites',
      passed: false,
      evidence: containing('SSM agent (fault slow: 2 targets, such as shop-1); AWS refused'),
    });
    expect(rejected.journal.verdict).toBe('rejected');
    expect(rejected.faults.experiments).toEqual([]);
    expect(rejected.asked).toEqual([]);
    expectNothingLeft(rejected);
  });

  it('is all told at once: guards, counts and prerequisites, and FIS is not asked for a preview', async () => {
    let previews = 0;
    const rejected = await run({
      definition: changed({ stages: [{ share: '10%', duration: '15s' }] }),
      input: { guards: { shopErrors: { alarm: 'shopErrors' }, orders: { alarm: 'orders' } } },
      world: {
        guards: () => [
          { guard: 'shopErrors', state: 'alarm', detail: 'it is 5%' },
          { guard: 'orders', state: 'missing', detail: 'no alarm is called orders' },
        ],
        lacks: () => [noSidecar],
        faults: {
          preview: () => {
            previews += 1;
            return replicas;
          },
        },
      },
    });
    expect(rejected.codes.toSorted()).toEqual([
      'check-counts',
      'check-guards',
      'check-guards',
      'check-prerequisites',
    ]);
    for (const finding of rejected.journal.findings) expect(finding.hint, finding.message).toBeDefined();
    expect(previews).toBe(0);
    expect(rejected.journal.checks.map(({ check }) => check)).not.toContain('preview');
    expectNothingLeft(rejected);
  });

  it('says of what the selectors match everything that is wrong, and looks no further into foreign targets', async () => {
    let looked = 0;
    const foreign = ['odd-1', 'odd-2', 'odd-3'].map((id) => ({ fault: 'slow', id, tags: {} }));
    const rejected = await run({
      input: { limits: { targets: 2, runs: 1 } },
      world: {
        matching: () => foreign,
        lacks: () => {
          looked += 1;
          return [];
        },
      },
    });
    expect(rejected.codes).toEqual(['check-targets', 'check-targets']);
    expect(rejected.journal.findings[0]?.message).toMatch(
      /odd-1 does not carry the environment tag.*and 2 more may not be hit either/,
    );
    expect(rejected.journal.findings[1]?.hint).toContain('limits.targets');
    expect(looked).toBe(0);
  });

  it('asks nothing of the system while no run may start', async () => {
    let asked = 0;
    const world = {
      halts: () => 'an incident',
      guards: () => {
        asked += 1;
        return [];
      },
    };
    expect((await run({ world })).codes).toEqual(['check-kill-switch']);
    expect(asked).toBe(0);
  });

  it('is nothing where a run has guards, targets and prerequisites as it needs them', async () => {
    const seen: Needs[] = [];
    const held = await run({
      input: {
        faultConfigurations: { slow: ['arn:aws:s3:::faults/staging'] },
        stages: [
          {
            label: '100%',
            templateId: 'EXT1',
            durationMs: 15_000,
            templateMs: 15_000,
            faults: [
              {
                name: 'slow',
                action: 'aws:ecs:task-network-latency',
                parameters: { useEcsFaultInjectionEndpoints: 'true' },
              },
            ],
          },
        ],
      },
      world: {
        lacks: (needs) => {
          seen.push(...needs);
          return [];
        },
      },
    });
    expect(held.journal.verdict).toBe('held');
    const [needs] = seen;
    expect(seen).toHaveLength(1);
    expect(needs).toMatchObject({
      fault: 'slow',
      targets: replicas,
      faultConfigurations: ['arn:aws:s3:::faults/staging'],
    });
    expect(needs?.prerequisites).toContain('ssm-sidecar');
    expect(needs?.prerequisites).toContain('fault-injection-enabled');
    expect(held.journal.checks).toContainEqual({
      check: 'prerequisites',
      passed: true,
      evidence: '1 faults were looked at',
    });
  });
});

describe('how many targets a stage draws', () => {
  const many = (count: number) => () =>
    Array.from({ length: count }, (_, index) => ({
      fault: 'slow',
      id: `shop-${index + 1}`,
      tags: { Env: 'lab', Service: 'shop' },
    }));
  const limits = { targets: 1_000, runs: 1 };

  it.each([
    ['9%', 10, 'draws nothing of the 10 targets of fault slow', "10% or more, or 'one'"],
    ['33%', 3, 'draws nothing of the 3 targets of fault slow', "34% or more, or 'one'"],
    ['100%', 201, 'draws 201 targets of fault slow, and FIS takes 200 at most', '99% or less'],
    ['50%', 500, 'draws 250 targets of fault slow, and FIS takes 200 at most', '40% or less'],
  ] as const)('is refused where FIS would refuse it: %s of %i', async (share, count, message, hint) => {
    const rejected = await run({
      definition: changed({ stages: [{ share, duration: '15s' }] }),
      input: { limits },
      world: { matching: many(count) },
    });
    expect(rejected.journal.findings).toEqual([
      withFields({
        code: 'check-counts',
        rejection: 'targets',
        message: containing(message),
        hint: containing(hint),
      }),
    ]);
  });

  it.each([
    ['10%', 10],
    ['one', 500],
    ['40%', 500],
    ['29%', 100],
  ] as const)('is taken where FIS takes it: %s of %i', async (share, count) => {
    const held = await run({
      definition: changed({ stages: [{ share, duration: '15s' }] }),
      input: { limits },
      world: { matching: many(count) },
    });
    expect(held.codes).toEqual([]);
    expect(held.journal.checks.find(({ check }) => check === 'counts')?.evidence).toContain(
      `of ${count} (slow)`,
    );
  });

  it('is all of them where a stage takes a share of the traffic', async () => {
    const rejected = await run({
      definition: changed({ stages: [{ share: { of: 'traffic', share: '10%' }, duration: '15s' }] }),
      input: { limits },
      world: { matching: many(201) },
    });
    expect(rejected.codes).toEqual(['check-counts']);
  });

  it('is counted for every stage', async () => {
    const rejected = await run({
      definition: changed({
        stages: [
          { share: '1%', duration: '15s' },
          { share: '10%', duration: '15s' },
        ],
      }),
      world: { matching: many(5) },
    });
    expect(rejected.codes).toEqual(['check-counts', 'check-counts']);
  });
});
