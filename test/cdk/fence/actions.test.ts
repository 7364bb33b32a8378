import { Stack } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import type { FenceOptions } from '../../../lib/cdk/fence/fence-options.ts';
import { knownParametersOf } from '../../../lib/cdk/fence/known-parameters.ts';
import { actions } from '../../../lib/fis/catalogue.ts';
import { referenceActions } from '../../fis/reference.ts';
import { byHand, fenced, place, refusalsOf, stop, tasks } from './refusals.ts';

const tag = { key: 'Env', value: 'staging' };
const at = 'Properties.Actions.a';

describe('an action', () => {
  const ofAction = (action: object, Targets: object = { tasks }) =>
    refusalsOf({ Targets, Actions: { a: action } });

  it.each([
    ['an id that FIS does not have', { ...stop, ActionId: 'aws:ecs:halt-task' }],
    ['an id that cannot be read', { ...stop, ActionId: { Ref: 'Action' } }],
    ['the wrong key of a target', { ...stop, Targets: { Task: 'tasks' } }],
    ['two targets', { ...stop, Targets: { Tasks: 'tasks', Clusters: 'tasks' } }],
    ['no target', { ActionId: 'aws:ecs:stop-task' }],
    ['a target that is not there', { ...stop, Targets: { Tasks: 'nobody' } }],
    [
      'a target of another type',
      {
        ActionId: 'aws:ecs:drain-container-instances',
        Targets: { Clusters: 'tasks' },
        Parameters: { drainagePercentage: '50', duration: 'PT1M' },
      },
    ],
    [
      'a target that it does not take',
      { ActionId: 'aws:fis:wait', Targets: { Tasks: 'tasks' }, Parameters: { duration: 'PT1M' } },
    ],
    ['a parameter missing', { ActionId: 'aws:fis:wait' }],
    ['a parameter that it does not take', { ...stop, Parameters: { duration: 'PT1M' } }],
  ])('is refused with %s', (_, action) => {
    expect(ofAction(action)).toEqual([`known-actions ${at}`]);
  });

  it('is told what FIS takes instead', () => {
    const fixOf = (action: object) =>
      fenced((app) => {
        byHand(new Stack(app, 'Hand', { env: place }), 'Template', { Actions: { a: action } });
      }).refusals[0]?.fix;
    expect(fixOf({ ...stop, ActionId: 'aws:ecs:stop-tasks' })).toBe("did you mean 'aws:ecs:stop-task'?");
    expect(fixOf({ ...stop, ActionId: 'aws:eks:delete-pod' })).toBe("did you mean 'aws:eks:pod-delete'?");
    expect(fixOf({ ...stop, ActionId: 'aws:none:of-this-name-at-all' })).toContain('steadfast faults');
    expect(fixOf({ ...stop, Targets: { Task: 'tasks' } })).toContain('Tasks:');
    expect(fixOf({ ...stop, Parameters: { duration: 'PT1M' } })).toBe('remove it');
  });

  it('acts on a type that FIS has', () => {
    expect(ofAction(stop, { tasks: { ...tasks, ResourceType: 'aws:ecs:tasks' } })).toEqual([
      'known-actions Properties.Targets.tasks.ResourceType',
      `known-actions ${at}`,
    ]);
  });

  it('is one of at most twenty', () => {
    const many = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`a${index}`, stop]));
    expect(refusalsOf({ Actions: many })).toEqual(['limits Properties.Actions']);
  });

  it.each(actions.map((action) => [action.id, action] as const))(
    '%s needs no parameter that FIS does not, and takes all that FIS takes',
    (id, action) => {
      const { all, required } = knownParametersOf(action);
      const { parameters = {} } = referenceActions[id] ?? {};
      expect([...all].toSorted()).toEqual(Object.keys(parameters).toSorted());
      for (const name of required) expect(parameters[name], name).toBe(true);
    },
  );
});

describe('a parameter that names something', () => {
  const instances = { ...tasks, ResourceType: 'aws:ec2:instance' };
  const command = (documentArn: unknown, documentParameters?: unknown) => ({
    ActionId: 'aws:ssm:send-command',
    Targets: { Instances: 'hosts' },
    Parameters: {
      documentArn,
      duration: 'PT1M',
      ...(documentParameters === undefined ? {} : { documentParameters }),
    },
  });
  const runbook = (documentArn: unknown, documentParameters?: unknown) => ({
    ActionId: 'aws:ssm:start-automation-execution',
    Parameters: {
      documentArn,
      maxDuration: 'PT1M',
      ...(documentParameters === undefined ? {} : { documentParameters }),
    },
  });
  const document = 'arn:aws:ssm:eu-west-1:111111111111:document/cut-the-cable';
  const role = 'arn:aws:iam::111111111111:role/cutter';
  const named = `named-in-parameters ${at}.Parameters`;
  const ofAction = (action: object, options: Omit<FenceOptions, 'tag'> = {}) =>
    refusalsOf({ Targets: { hosts: instances }, Actions: { a: action } }, { tag, ...options });

  it.each([
    ['a document', command(document)],
    ['a runbook', runbook(document)],
    ['a document that cannot be read', command({ Ref: 'Document' })],
    [
      "one of Amazon's runbooks, which nothing confines",
      runbook('arn:aws:ssm:eu-west-1::document/AWSFIS-Run-CPU-Stress'),
    ],
    ["another of Amazon's documents", command('arn:aws:ssm:eu-west-1::document/AWS-RunShellScript')],
    [
      "a document that only looks like Amazon's",
      command('arn:aws:ssm:eu-west-1:222222222222:document/AWSFIS-Run-CPU-Stress'),
    ],
  ])('is refused with %s that is not declared', (_, action) => {
    expect(ofAction(action)).toEqual([named]);
  });

  it("passes with a declared document, and with FIS's own scripts on instances that the tag selects", () => {
    expect(ofAction(command(document), { declared: [document] })).toEqual([]);
    expect(
      ofAction(command('arn:aws:ssm:eu-west-1::document/AWSFIS-Run-CPU-Stress', '{"DurationSeconds":"60"}')),
    ).toEqual([]);
  });

  it('tells a document to use only what is declared, such as a role', () => {
    const parameters = JSON.stringify({ AutomationAssumeRole: [role], Minutes: '1' });
    expect(ofAction(runbook(document, parameters), { declared: [document] })).toEqual([named]);
    expect(ofAction(runbook(document, parameters), { declared: [document, role] })).toEqual([]);
    expect(ofAction(runbook(document, 'no JSON'), { declared: [document] })).toEqual([named]);
    const late = { 'Fn::Join': ['', ['{"AutomationAssumeRole":"', { Ref: 'Role' }, '"}']] };
    expect(ofAction(runbook(document, late), { declared: [document] })).toEqual([named]);
  });

  it('names alarms that are declared, or that are guards', () => {
    const alarm = 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:errors';
    const asks = (alarmArns: string) => ({
      ActionId: 'aws:cloudwatch:assert-alarm-state',
      Parameters: { alarmArns, alarmStates: 'OK' },
    });
    expect(ofAction(asks(alarm))).toEqual([named]);
    expect(
      ofAction(asks(alarm), { declared: ['arn:aws:cloudwatch:eu-west-1:111111111111:alarm:*'] }),
    ).toEqual([]);
    expect(ofAction(asks(alarm), { guards: [alarm] })).toEqual([]);
    expect(ofAction(asks(`${alarm},${alarm}-2`), { guards: [alarm] })).toEqual([named]);
  });

  it('names buckets and images that are declared', () => {
    const pause = {
      ActionId: 'aws:s3:bucket-pause-replication',
      Targets: { Buckets: 'buckets' },
      Parameters: { duration: 'PT1M', region: 'eu-central-1', destinationBuckets: 'one,other' },
    };
    const refused = (declared: string[]) =>
      refusalsOf(
        { Targets: { buckets: { ...tasks, ResourceType: 'aws:s3:bucket' } }, Actions: { a: pause } },
        { tag, declared },
      );
    expect(refused([])).toEqual([named, named]);
    expect(refused(['one'])).toEqual([named]);
    expect(refused(['one', 'oth*'])).toEqual([]);
  });
});

describe('a custom resource of Kubernetes', () => {
  const cluster = 'arn:aws:eks:eu-west-1:111111111111:cluster/shop';
  const options = {
    tag,
    namespaces: [
      { cluster: 'shop', namespace: 'orders' },
      { cluster: 'shop', namespace: 'cart' },
    ],
  };
  const refused = (parameters: object, arn: string = cluster, around: FenceOptions = options) =>
    refusalsOf(
      {
        Targets: { c: { ResourceType: 'aws:eks:cluster', SelectionMode: 'ALL', ResourceArns: [arn] } },
        Actions: {
          a: {
            ActionId: 'aws:eks:inject-kubernetes-custom-resource',
            Targets: { Cluster: 'c' },
            Parameters: {
              kubernetesApiVersion: 'chaos-mesh.org/v1alpha1',
              kubernetesKind: 'PodChaos',
              kubernetesNamespace: 'orders',
              kubernetesSpec: '{"action":"pod-failure"}',
              maxDuration: 'PT1M',
              ...parameters,
            },
          },
        },
      },
      around,
    );
  const named = `named-in-parameters ${at}.Parameters`;
  const spec = (value: object) => ({ kubernetesSpec: JSON.stringify(value) });

  it('passes in a declared namespace, and selects in declared ones', () => {
    expect(refused({})).toEqual([]);
    expect(refused(spec({ selector: { namespaces: ['orders', 'cart'] } }))).toEqual([]);
    expect(refused(spec({ selector: { pods: { cart: ['cart-0'] } } }))).toEqual([]);
  });

  it.each([
    ['in another namespace', { kubernetesNamespace: 'payments' }],
    ['that selects in another namespace', spec({ selector: { namespaces: ['orders', 'payments'] } })],
    ['that aims at another namespace', spec({ target: { selector: { namespaces: ['payments'] } } })],
    ['that names pods of another namespace', spec({ selector: { pods: { payments: ['payments-0'] } } })],
    [
      'of Litmus that selects in another namespace',
      { kubernetesKind: 'ChaosEngine', ...spec({ appinfo: { appns: 'payments' } }) },
    ],
    ['that acts outside the cluster', { kubernetesKind: 'AWSChaos' }],
    ['that acts in another cluster', spec({ remoteCluster: 'payments' })],
    [
      'whose experiment is told another namespace',
      spec({ components: { env: [{ name: 'TARGET_NAMESPACE', value: 'payments' }] } }),
    ],
    [
      'that acts outside the cluster by a schedule',
      { kubernetesKind: 'Schedule', ...spec({ type: 'GCPChaos' }) },
    ],
    ['that is no JSON', { kubernetesSpec: 'action: pod-failure' }],
    ['that cannot be read', { kubernetesSpec: { Ref: 'Spec' } }],
  ])('is refused %s', (_, parameters) => {
    expect(refused(parameters)).toEqual([named]);
  });

  it('hands on ARNs that are declared only', () => {
    const other = spec({ selector: {}, note: 'see arn:aws:iam::222222222222:role/other' });
    expect(refused(other)).toEqual([named]);
  });

  it('may reach outside its namespace in an isolated account, but name no other account', () => {
    const isolated = { ...options, isolated: true };
    expect(refused({ kubernetesKind: 'AWSChaos' }, cluster, isolated)).toEqual([]);
    const note = (account: string) => spec({ note: `arn:aws:iam::${account}:role/other` });
    expect(refused(note('111111111111'), cluster, isolated)).toEqual([]);
    expect(refused(note('222222222222'), cluster, isolated)).toEqual([named]);
  });

  it('is refused in a cluster that is not declared', () => {
    expect(refused({}, cluster.replace('shop', 'other'))).toEqual([
      'named-resources Properties.Targets.c',
      named,
    ]);
  });
});
