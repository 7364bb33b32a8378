import type { Instance, InstanceStateName } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { looks } from '../../../lib/aws/fis-bite/looks.ts';
import { lazyEc2 } from '../../../lib/aws/lazy-ec2.ts';
import { createFakeEc2 } from '../../fakes/fake-ec2.ts';
import { createFakeEcs } from '../../fakes/fake-ecs.ts';

const fault = { fromMs: 1_000_000, toMs: 1_300_000 };
const instance = (InstanceId: string, Name: InstanceStateName, launchedMs = 0): Instance => ({
  InstanceId,
  State: { Name },
  LaunchTime: new Date(launchedMs),
});
const arn = (id: string) => `arn:aws:ec2:eu-west-1:111122223333:instance/${id}`;

async function seen(
  look: 'instances-stopped' | 'instances-terminated',
  hit: readonly string[],
  instances: readonly Instance[],
  on: typeof fault | 'untold' = fault,
) {
  const { ec2, calls } = createFakeEc2({ instances: () => instances });
  const { ecs } = createFakeEcs([]);
  const targets = hit.map((id) => ({ fault: 'stop', id: arn(id), tags: {} }));
  return { sight: await looks[look].look(targets, { ec2, ecs }, on === 'untold' ? undefined : on), calls };
}

describe('instances that were to be stopped', () => {
  it.each([
    ['stopped', 0, true],
    ['stopping', 0, true],
    ['terminated', 0, true],
    ['running', fault.fromMs - 1, false],
    // FIS has started it again as the experiment ended.
    ['running', fault.fromMs + 1, true],
    ['pending', fault.fromMs + 1, true],
  ] as const)('one that is %s and was launched at %d has bitten: %s', async (state, launchedMs, bit) => {
    const { sight } = await seen('instances-stopped', ['i-1'], [instance('i-1', state, launchedMs)]);
    expect(sight.bit).toBe(bit);
  });

  it('have all stopped, or it did not bite: those that ran on are counted and one is named', async () => {
    const instances = [instance('i-1', 'stopped'), instance('i-2', 'running'), instance('i-3', 'running')];
    expect((await seen('instances-stopped', ['i-1', 'i-2', 'i-3'], instances)).sight).toEqual({
      bit: false,
      evidence: 'EC2: 2 of 3 targets have run on (i-2)',
    });
  });

  it('show nothing by their time of launch where FIS does not tell when the fault was on', async () => {
    const { sight } = await seen('instances-stopped', ['i-1'], [instance('i-1', 'running', 2e9)], 'untold');
    expect(sight.bit).toBe(false);
  });
});

describe('instances that were to be terminated', () => {
  it.each([
    ['shutting-down', true],
    ['terminated', true],
    ['stopped', false],
    ['running', false],
  ] as const)('one that is %s has bitten: %s', async (state, bit) => {
    const { sight } = await seen('instances-terminated', ['i-1'], [instance('i-1', state, 2e9)]);
    expect(sight.bit).toBe(bit);
  });

  it('are gone when EC2 has forgotten them', async () => {
    expect((await seen('instances-terminated', ['i-1'], [])).sight).toEqual({
      bit: true,
      evidence: 'EC2: the target has been terminated',
    });
  });
});

describe('many instances', () => {
  it('are asked for two hundred at a time, page by page', async () => {
    const ids = Array.from({ length: 250 }, (_, index) => `i-${index}`);
    const instances = ids.map((id) => instance(id, 'terminated'));
    const { sight, calls } = await seen('instances-terminated', ids, instances);
    expect(sight).toEqual({ bit: true, evidence: 'EC2: all 250 targets have been terminated' });
    const asked = calls.calls().map(({ args: [command] }) => JSON.stringify(command.input));
    expect(new Set(asked.map((input) => input.match(/"i-/g)?.length))).toEqual(new Set([200, 50]));
  });
});

describe("EC2's client", () => {
  it('is loaded once, by whoever asks for it first', async () => {
    const ec2 = lazyEc2({ region: 'eu-west-1' });
    expect(await ec2()).toBe(await ec2());
  });
});
