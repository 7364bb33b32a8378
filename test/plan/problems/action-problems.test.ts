import { describe, expect, it } from 'vitest';
import type { FisAction } from '../../../lib/fis/action.ts';
import { actions } from '../../../lib/fis/catalogue.ts';
import { exampleFault } from '../../../lib/fis/parameter-facts.ts';
import { problemsOf } from '../../../lib/plan/problems.ts';
import { environmentTarget, labTarget, shopLab } from '../examples.ts';
import { experimentWith, onTagged, planWith, problemsWith } from '../fault-examples.ts';

const all: readonly FisAction[] = actions;

/** What no environment can confine to itself yet, and why. */
const refused: Readonly<Record<string, readonly string[]>> = {
  'aws:cloudwatch:assert-alarm-state': ['not-selectable-by-tag', 'not-declared'],
  'aws:dsql:cluster-connection-failure': ['not-declared'],
  'aws:ec2:api-insufficient-instance-capacity-error': ['not-selectable-by-tag', 'not-declared'],
  'aws:ec2:asg-insufficient-instance-capacity-error': ['not-declared'],
  'aws:eks:inject-kubernetes-custom-resource': ['not-selectable-by-tag', 'not-selectable-by-tag'],
  'aws:eks:pod-cpu-stress': ['not-selectable-by-tag'],
  'aws:eks:pod-delete': ['not-selectable-by-tag'],
  'aws:eks:pod-io-stress': ['not-selectable-by-tag'],
  'aws:eks:pod-memory-stress': ['not-selectable-by-tag'],
  'aws:eks:pod-network-blackhole-port': ['not-selectable-by-tag'],
  'aws:eks:pod-network-latency': ['not-selectable-by-tag'],
  'aws:eks:pod-network-packet-loss': ['not-selectable-by-tag'],
  'aws:fis:inject-api-internal-error': ['not-selectable-by-tag', 'not-declared'],
  'aws:fis:inject-api-throttle-error': ['not-selectable-by-tag', 'not-declared'],
  'aws:fis:inject-api-unavailable-error': ['not-selectable-by-tag', 'not-declared'],
  'aws:fis:wait': ['hits-nothing'],
  'aws:kinesis:stream-expired-iterator-exception': ['not-declared'],
  'aws:kinesis:stream-provisioned-throughput-exception': ['not-declared'],
  'aws:lambda:invocation-add-delay': ['not-declared'],
  'aws:lambda:invocation-error': ['not-declared'],
  'aws:lambda:invocation-http-integration-response': ['not-declared'],
  'aws:network:route-table-disrupt-cross-region-connectivity': ['not-declared'],
  'aws:ssm:send-command': ['not-selectable-by-tag', 'not-declared'],
  'aws:ssm:start-automation-execution': ['not-selectable-by-tag', 'not-declared'],
};

const byTag = all.filter(({ id }) => refused[id] === undefined);

describe('in an environment', () => {
  it.each(Object.entries(refused))('%s is refused, since nothing keeps it there', (id, codes) => {
    const action = all.find((one) => one.id === id);
    if (action === undefined) throw new Error(`${id} is not in the catalogue`);
    const problems = problemsOf(experimentWith(exampleFault(action)), environmentTarget());
    expect(problems.map(({ code }) => code)).toEqual(codes);
    for (const { hint, message } of problems) {
      expect(message).not.toBe('');
      expect(hint).not.toBe('');
    }
  });

  it.each(byTag.map((action) => [action.id, action] as const))(
    '%s is planned on tagged resources',
    (id, action) => {
      const { role, templates } = planWith(exampleFault(action));
      const [template] = templates;
      expect(template?.actions['it']?.actionId).toBe(id);
      expect(template?.actions['it']?.targets).toEqual({ [action.target?.key ?? '']: 'it' });
      expect(template?.targets['it']?.resourceType).toBe(action.target?.resourceType);
      expect(template?.targets['it']?.resourceTags['Env']).toBe('staging');
      const allowed = role?.statements.flatMap(({ Action }) => Action) ?? [];
      const needed = action.permissions.filter(({ when }) => when === undefined).map((one) => one.action);
      expect(needed.filter((name) => !allowed.includes(name))).toEqual([]);
    },
  );

  it('a resource that a parameter names is refused where it is given', () => {
    const pause = (parameters: object) => onTagged('aws:s3:bucket-pause-replication', parameters);
    expect(problemsWith(pause({ region: 'eu-central-1' }))).toEqual([]);
    expect(problemsWith(pause({ region: 'eu-central-1', destinations: ['copies'] }))).toEqual([
      'not-selectable-by-tag faults.it.parameters.destinations',
    ]);
    const cut = { scope: 'prefix-list', prefixList: 'pl-1' };
    expect(problemsWith(onTagged('aws:network:disrupt-connectivity', cut))).toEqual([
      'not-selectable-by-tag faults.it.parameters.prefixList',
    ]);
  });

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
    expect(planWith(fault).templates[0]?.targets['it']).toMatchObject(selected);
  });

  it('a service is selected by its tags whatever it is made of, and by no tags never', () => {
    const failover = (service: string) => ({ action: 'aws:rds:failover-db-cluster', selector: { service } });
    expect(planWith(failover('shop')).templates[0]?.targets['it']?.resourceTags).toEqual({
      Service: 'shop',
      Env: 'staging',
    });
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

describe('in a lab', () => {
  it.each(all.map((action) => [action.id, action] as const))(
    '%s is played, or noted as what the lab cannot play',
    (id, action) => {
      const problems = problemsOf(experimentWith(exampleFault(action)), labTarget());
      if (id === 'aws:fis:wait') expect(problems.map(({ code }) => code)).toEqual(['hits-nothing']);
      else if (action.rehearsal.fidelity !== 'not rehearsable') expect(problems).toEqual([]);
      else
        expect(problems).toMatchObject([
          { code: 'not-rehearsable', severity: 'note', path: ['faults', 'it', 'action'] },
        ]);
    },
  );

  it('what it cannot play is not rehearsed', () => {
    const fault = { action: 'aws:ecs:task-cpu-stress', selector: { service: 'shop' } };
    expect(() => planWith(fault, labTarget(shopLab))).toThrow("cannot run in lab 'shop'");
    expect(() => planWith({ ...fault, action: 'aws:ecs:stop-task' }, labTarget(shopLab))).not.toThrow();
  });
});
