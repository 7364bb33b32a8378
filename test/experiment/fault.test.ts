import { describe, expect, expectTypeOf, it } from 'vitest';
import { type Fault, type FaultDefinition, faultSchema } from '../../lib/experiment/fault.ts';
import { selectorOf } from '../../lib/experiment/fault-parts.ts';
import type { LabFaultId } from '../../lib/experiment/lab-faults/lab-faults.ts';
import type { ActionId } from '../../lib/fis/catalogue.ts';
import type { Duration, Percentage } from '../../lib/fis/quantity.ts';

type Written<Id extends ActionId> = Extract<FaultDefinition, { action: Id }>;
type Read<Id extends ActionId> = Extract<Fault, { action: Id }>;

describe('the type of a fault', () => {
  it('has one member for every action of the catalogue, and for every fault of a lab', () => {
    expectTypeOf<FaultDefinition['action']>().toEqualTypeOf<ActionId | LabFaultId>();
  });

  it('offers the parameters of the action chosen, as they are written', () => {
    type Latency = NonNullable<Written<'aws:ecs:task-network-latency'>['parameters']>;
    expectTypeOf<keyof Latency>().toEqualTypeOf<
      'delay' | 'jitter' | 'to' | 'flows' | 'installDependencies'
    >();
    expectTypeOf<'500ms'>().toExtend<Latency['delay']>();
    expectTypeOf<'500'>().not.toExtend<Latency['delay']>();
    expectTypeOf<500>().not.toExtend<Latency['delay']>();
    type Port = Written<'aws:ecs:task-network-blackhole-port'>['parameters'];
    expectTypeOf<Port['port']>().toEqualTypeOf<number>();
    expectTypeOf<Port['direction']>().toEqualTypeOf<'ingress' | 'egress'>();
    expectTypeOf<Port['protocol']>().toEqualTypeOf<'tcp' | 'udp' | undefined>();
  });

  it('reads quantities', () => {
    type Delay = NonNullable<Read<'aws:lambda:invocation-add-delay'>['parameters']>;
    expectTypeOf<Delay['delay']>().toEqualTypeOf<Duration | undefined>();
    expectTypeOf<Delay['invocations']>().toEqualTypeOf<Percentage | undefined>();
  });

  it('asks for parameters only where one is required', () => {
    expectTypeOf<{
      action: 'aws:ecs:stop-task';
      selector: { service: 'shop' };
    }>().toExtend<FaultDefinition>();
    expectTypeOf<{
      action: 'aws:ecs:task-kill-process';
      selector: { service: 'shop' };
    }>().not.toExtend<FaultDefinition>();
  });

  it('refuses parameters of another action', () => {
    type Reboot = Written<'aws:rds:reboot-db-instances'>;
    expectTypeOf<keyof NonNullable<Reboot['parameters']>>().toEqualTypeOf<'failover'>();
    const written = {
      action: 'aws:rds:reboot-db-instances',
      selector: { service: 'database' },
      parameters: { delay: '500ms' },
    } as const;
    expectTypeOf<typeof written>().not.toExtend<FaultDefinition>();
    expect(faultSchema.safeParse(written).success).toBe(false);
  });

  it('has a selector just where the action hits something', () => {
    expectTypeOf<Written<'aws:rds:failover-db-cluster'>>().toHaveProperty('selector');
    expectTypeOf<Written<'aws:fis:wait'>>().not.toHaveProperty('selector');
    expect(selectorOf(faultSchema.parse({ action: 'aws:fis:wait' }))).toBeUndefined();
    const selector = { service: 'shop' };
    expect(selectorOf(faultSchema.parse({ action: 'aws:ecs:stop-task', selector }))).toEqual(selector);
  });
});

describe('a fault', () => {
  it.each([
    ['a prefix list without its scope', { scope: 'all', prefixList: 'pl-1' }],
    ['the scope of a prefix list without one', { scope: 'prefix-list' }],
  ])('that cuts connectivity is refused with %s', (_, parameters) => {
    const selector = { tags: { Tier: 'private' } };
    const parsed = faultSchema.safeParse({
      action: 'aws:network:disrupt-connectivity',
      selector,
      parameters,
    });
    expect(parsed.error?.issues).toMatchObject([{ path: ['parameters', 'prefixList'] }]);
  });

  it('of a custom resource is refused where the kind is of the other tool', () => {
    const parameters = {
      apiVersion: 'litmuschaos.io/v1alpha1',
      kind: 'PodChaos',
      spec: {},
    };
    const parsed = faultSchema.safeParse({
      action: 'aws:eks:inject-kubernetes-custom-resource',
      selector: { service: 'shop' },
      parameters,
    });
    expect(parsed.error?.issues).toMatchObject([{ path: ['parameters', 'kind'] }]);
  });
});
