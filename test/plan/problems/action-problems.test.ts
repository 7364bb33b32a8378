import { describe, expect, it } from 'vitest';
import type { FisAction } from '../../../lib/fis/action.ts';
import { actions } from '../../../lib/fis/catalogue.ts';
import { exampleFault } from '../../../lib/fis/parameter-facts.ts';
import { resourceTypeFacts } from '../../../lib/fis/resource-types.ts';
import { problemsOf } from '../../../lib/plan/problems.ts';
import { declaring, environmentTarget, labTarget, shopLab } from '../examples.ts';
import {
  experimentWith,
  onTagged,
  plannedTags,
  plannedTarget,
  planWith,
  problemsWith,
} from '../fault-examples.ts';

const all: readonly FisAction[] = actions;

const planned = all.filter(({ id }) => id !== 'aws:fis:wait');

/** What an environment that declares nothing cannot confine to itself, and why. */
const undeclared: Readonly<Record<string, readonly string[]>> = {
  'aws:dsql:cluster-connection-failure': ['not-declared'],
  'aws:ec2:api-insufficient-instance-capacity-error': ['not-selectable'],
  'aws:ec2:asg-insufficient-instance-capacity-error': ['not-declared'],
  'aws:eks:inject-kubernetes-custom-resource': ['not-selectable'],
  'aws:eks:pod-cpu-stress': ['not-selectable'],
  'aws:eks:pod-delete': ['not-selectable'],
  'aws:eks:pod-io-stress': ['not-selectable'],
  'aws:eks:pod-memory-stress': ['not-selectable'],
  'aws:eks:pod-network-blackhole-port': ['not-selectable'],
  'aws:eks:pod-network-latency': ['not-selectable'],
  'aws:eks:pod-network-packet-loss': ['not-selectable'],
  'aws:fis:inject-api-internal-error': ['not-selectable'],
  'aws:fis:inject-api-throttle-error': ['not-selectable'],
  'aws:fis:inject-api-unavailable-error': ['not-selectable'],
  'aws:fis:wait': ['hits-nothing'],
  'aws:kinesis:stream-expired-iterator-exception': ['not-declared'],
  'aws:kinesis:stream-provisioned-throughput-exception': ['not-declared'],
  'aws:lambda:invocation-add-delay': ['not-declared'],
  'aws:lambda:invocation-error': ['not-declared'],
  'aws:lambda:invocation-http-integration-response': ['not-declared'],
  'aws:network:route-table-disrupt-cross-region-connectivity': ['not-declared'],
  'aws:s3:bucket-pause-replication': ['unknown-name', 'not-declared'],
  'aws:ssm:send-command': ['unknown-name'],
  'aws:ssm:start-automation-execution': ['unknown-name'],
};

describe('in an environment that declares nothing beside its tag', () => {
  it.each(all.map((action) => [action.id, action] as const))(
    '%s is planned, or refused since nothing keeps it there, with the way to mend it',
    (id, action) => {
      const problems = problemsOf(experimentWith(exampleFault(action)), environmentTarget());
      expect(problems.map(({ code }) => code)).toEqual(undeclared[id] ?? []);
      for (const { hint, message, path } of problems) {
        expect(message).not.toBe('');
        expect(hint).not.toBe('');
        expect(path.slice(0, 2)).toEqual(['faults', 'it']);
      }
    },
  );
});

describe('in an environment that declares things', () => {
  it.each(planned.map((action) => [action.id, action] as const))(
    '%s is planned, by tag or as it is declared',
    (id, action) => {
      const { role, templates } = planWith(exampleFault(action), environmentTarget(declaring));
      const [template] = templates;
      expect(template?.actions['it']?.actionId).toBe(id);
      const target = template?.targets['it'];
      expect(target?.resourceType).toBe(action.target?.resourceType);
      if (action.target !== undefined) {
        expect(template?.actions['it']?.targets).toEqual({ [action.target.key]: 'it' });
        const { byTag } = resourceTypeFacts(action.target.resourceType);
        expect(target !== undefined && 'resourceTags' in target).toBe(byTag);
      }
      const allowed = role?.statements.flatMap(({ Action }) => Action) ?? [];
      const needed = action.permissions.filter(({ when }) => when === undefined).map((one) => one.action);
      expect(needed.filter((name) => !allowed.includes(name))).toEqual([]);
    },
  );
});

describe('in an environment', () => {
  it('a zone is asked of what acts on one, and refused of what has none', () => {
    const interrupt = onTagged('aws:elasticache:replicationgroup-interrupt-az-power');
    expect(problemsWith(interrupt)).toEqual(['zone faults.it.selector']);
    const inZone = (action: string) => ({
      action,
      selector: { tags: { Tier: 'data' }, availabilityZone: 'eu-west-1a' },
    });
    expect(problemsWith(inZone(interrupt.action))).toEqual([]);
    expect(problemsWith(inZone('aws:dynamodb:global-table-pause-replication'))).toEqual([
      'zone faults.it.selector.availabilityZone',
    ]);
  });

  it.each([
    [
      'aws:elasticache:replicationgroup-interrupt-az-power',
      { parameters: { availabilityZoneIdentifier: 'eu-west-1a' } },
    ],
    ['aws:rds:failover-db-cluster', { parameters: { writerAvailabilityZoneIdentifiers: 'eu-west-1a' } }],
    ['aws:ec2:stop-instances', { filters: [{ path: 'Placement.AvailabilityZone', values: ['eu-west-1a'] }] }],
    ['aws:ecs:stop-task', { filters: [{ path: 'AvailabilityZone', values: ['eu-west-1a'] }] }],
  ])('%s is told its zone in the way of its targets', (action, selected) => {
    const fault = { action, selector: { tags: { Tier: 'data' }, availabilityZone: 'eu-west-1a' } };
    expect(plannedTarget(fault)).toMatchObject(selected);
  });

  it('a service is selected by its tags whatever it is made of, and by no tags never', () => {
    const failover = (service: string) => ({ action: 'aws:rds:failover-db-cluster', selector: { service } });
    expect(plannedTags(plannedTarget(failover('shop')))).toEqual({ Service: 'shop', Env: 'staging' });
    expect(problemsWith(failover('database'))).toEqual(['not-selectable faults.it.selector.service']);
  });

  it.each([
    ['aws:directconnect:virtual-interface-disconnect', '9m', '10m'],
    ['aws:rds:failover-db-cluster', '59s', '1m'],
    ['aws:ec2:stop-instances', '59s', '1m'],
    ['aws:ebs:pause-volume-io', '0s', '1s'],
  ] as const)('%s does not last %s, but %s', (action, tooShort, duration) => {
    const lasting = (text: typeof tooShort | typeof duration) =>
      problemsWith(onTagged(action), environmentTarget(), { stages: [{ share: 'one', duration: text }] });
    expect(lasting(tooShort)).toEqual(['too-short stages.0.duration']);
    expect(lasting(duration)).toEqual([]);
  });

  it('an interruption comes within its stage', () => {
    const interrupt = onTagged('aws:ec2:send-spot-instance-interruptions', { interruptAfter: '3m' });
    const lasting = (duration: '2m' | '3m') =>
      problemsWith(interrupt, environmentTarget(), { stages: [{ share: 'one', duration }] });
    expect(lasting('2m')).toEqual(['too-short stages.0.duration']);
    expect(lasting('3m')).toEqual([]);
  });
});

/** A lab that has something of every type of resource that a lab can play. */
const wholeLab = labTarget({
  ...shopLab,
  services: {
    ...shopLab.services,
    shop: { ...shopLab.services.shop, zones: ['a', 'b'], apis: ['lambda', 'kinesis'] },
    network: { network: {} },
  },
  documents: {
    cpuStress: { command: ['node', 'stress.js'] },
    cutTheCable: { command: ['node', 'cut.js'] },
  },
  buckets: { copies: { service: 'shop' } },
});

/** The example of an action, with a selector of the service that has something of its type. */
function inWholeLab(action: FisAction): Readonly<Record<string, unknown>> {
  const example = exampleFault(action);
  const isOfNetwork = ['aws:ec2:subnet', 'aws:ec2:transit-gateway'].includes(
    action.target?.resourceType ?? '',
  );
  return isOfNetwork ? { ...example, selector: { service: 'network' } } : example;
}

describe('in a lab', () => {
  it.each(all.map((action) => [action.id, action] as const))(
    '%s is played, or noted as what the lab cannot play',
    (id, action) => {
      const problems = problemsOf(experimentWith(inWholeLab(action)), wholeLab);
      if (id === 'aws:fis:wait') expect(problems.map(({ code }) => code)).toEqual(['hits-nothing']);
      else if (action.rehearsal.fidelity !== 'not rehearsable') expect(problems).toEqual([]);
      else
        expect(problems).toMatchObject([
          { code: 'not-rehearsable', severity: 'note', path: ['faults', 'it', 'action'] },
        ]);
    },
  );

  it.each([
    ['aws:lambda:invocation-error', 'give services.shop apis: ["lambda"]'],
    ['aws:kinesis:stream-expired-iterator-exception', 'give services.shop apis: ["kinesis"]'],
    ['aws:network:disrupt-connectivity', 'give services.shop network: {}'],
  ])('a service that %s cannot hit is told what it lacks', (id, mend) => {
    const action = all.find((one) => one.id === id);
    const [problem] =
      action === undefined ? [] : problemsOf(experimentWith(exampleFault(action)), labTarget());
    if (action?.rehearsal.fidelity === 'not rehearsable') return;
    expect(problem?.code).toBe('not-selectable');
    expect(problem?.hint?.replaceAll("'", '"')).toContain(mend);
  });

  it('a zone is one that the service has there', () => {
    const stopIn = (availabilityZone: string) => ({
      action: 'aws:ecs:stop-task',
      selector: { service: 'shop', availabilityZone },
    });
    const inTwoZones = labTarget({
      ...shopLab,
      services: { ...shopLab.services, shop: { ...shopLab.services.shop, zones: ['a', 'b'] } },
    });
    expect(problemsWith(stopIn('eu-west-1b'), inTwoZones)).toEqual([]);
    const absent = 'zone faults.it.selector.availabilityZone';
    expect(problemsWith(stopIn('eu-west-1c'), inTwoZones)).toEqual([absent]);
    expect(problemsWith(stopIn('eu-west-1b'), labTarget())).toEqual([absent]);
  });

  it('what it cannot play is not rehearsed', () => {
    const fault = onTagged('aws:directconnect:virtual-interface-disconnect');
    expect(() => planWith(fault, labTarget(shopLab))).toThrow("cannot run in lab 'shop'");
    expect(() =>
      planWith({ action: 'aws:ecs:stop-task', selector: { service: 'shop' } }, labTarget(shopLab)),
    ).not.toThrow();
  });
});
