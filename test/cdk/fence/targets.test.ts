import { CfnParameter, Stack } from 'aws-cdk-lib';
import { CfnCluster } from 'aws-cdk-lib/aws-eks';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { describe, expect, it } from 'vitest';
import type { FenceOptions } from '../../../lib/cdk/fence/fence-options.ts';
import { byHand, fenced, place, refusalsOf, tasks, variable } from './refusals.ts';

const tag = { key: 'Env', value: 'staging' };
const own = 'arn:aws:ecs:eu-west-1:111111111111:task/shop/0a1b';
const wait = { ActionId: 'aws:fis:wait', Parameters: { duration: 'PT1M' } };

/** What the fence says of one target, whatever acts on it. */
const ofTarget = (target: object, options: Omit<FenceOptions, 'tag'> = {}) =>
  refusalsOf({ Targets: { t: target }, Actions: { wait } }, { tag, ...options });

describe('a target', () => {
  it.each([
    ['no tags', { ...tasks, ResourceTags: undefined }],
    ['another tag alone', { ...tasks, ResourceTags: { Team: 'shop' } }],
    ["another environment's tag", { ...tasks, ResourceTags: { Env: 'production' } }],
    ['the tag in other letters', { ...tasks, ResourceTags: { env: 'staging' } }],
    ['a value that is known only once it is deployed', { ...tasks, ResourceTags: { Env: { Ref: 'Stage' } } }],
    ['a value that is read from elsewhere', { ...tasks, ResourceTags: { Env: '{{resolve:ssm:/env}}' } }],
    ['tags that are there or not', { ...tasks, ResourceTags: { 'Fn::If': ['Yes', { Env: 'staging' }, {}] } }],
    [
      'parameters alone',
      { ...tasks, ResourceTags: undefined, Parameters: { cluster: 'shop', service: 'shop' } },
    ],
  ])('is refused with %s', (_, target) => {
    expect(ofTarget(target)).toEqual(['environment-tag Properties.Targets.t']);
  });

  it.each([
    [
      'other tags, filters and parameters',
      {
        ...tasks,
        ResourceTags: { Env: 'staging', Service: 'shop' },
        Filters: [{ Path: 'AvailabilityZone', Values: ['eu-west-1a'] }],
        Parameters: {},
      },
    ],
    ['the value put together', { ...tasks, ResourceTags: { Env: { 'Fn::Join': ['', ['stag', 'ing']] } } }],
    [
      'the value substituted',
      { ...tasks, ResourceTags: { Env: { 'Fn::Sub': [variable('Name'), { Name: 'staging' }] } } },
    ],
  ])('passes with the tag, and %s', (_, target) => {
    expect(ofTarget(target)).toEqual([]);
  });

  it('is refused with ARNs that no tag tells apart, unless they are declared', () => {
    const byArn = { ...tasks, ResourceTags: undefined, ResourceArns: [own] };
    expect(ofTarget(byArn)).toEqual(['named-resources Properties.Targets.t']);
    expect(ofTarget(byArn, { declared: ['arn:aws:ecs:eu-west-1:111111111111:task/shop/*'] })).toEqual([]);
    expect(ofTarget(byArn, { declared: ['arn:aws:ecs:eu-west-1:111111111111:task/cart/*'] })).toHaveLength(1);
  });

  it('is refused with ARNs that cannot be read', () => {
    const refused = (ResourceArns: unknown) => ofTarget({ ...tasks, ResourceTags: undefined, ResourceArns });
    expect(refused([{ Ref: 'Task' }])).toEqual(['named-resources Properties.Targets.t']);
    expect(refused({ Ref: 'Tasks' })).toEqual(['named-resources Properties.Targets.t']);
  });

  it.each([
    ['tags', { ...tasks, ResourceArns: [own] }],
    [
      'filters',
      {
        ...tasks,
        ResourceTags: undefined,
        ResourceArns: [own],
        Filters: [{ Path: 'AvailabilityZone', Values: ['eu-west-1a'] }],
      },
    ],
  ])('is refused with ARNs together with %s, even declared ones', (_, target) => {
    expect(ofTarget(target, { declared: ['*'] })).toEqual(['named-resources Properties.Targets.t']);
  });

  it('is refused with ARNs of what FIS finds by tag only', () => {
    const bucket = {
      ResourceType: 'aws:s3:bucket',
      SelectionMode: 'ALL',
      ResourceArns: ['arn:aws:s3:::shop'],
    };
    expect(ofTarget(bucket, { declared: ['*'] })).toEqual(['named-resources Properties.Targets.t']);
  });

  it.each(['aws:iam:role', 'aws:eks:cluster'])(
    'of the type %s names declared resources, and has no tags',
    (ResourceType) => {
      const arn = 'arn:aws:iam::111111111111:role/shop';
      const named = { ResourceType, SelectionMode: 'ALL', ResourceArns: [arn] };
      expect(ofTarget(named)).toEqual(['named-resources Properties.Targets.t']);
      expect(ofTarget(named, { declared: [arn] })).toEqual([]);
      expect(ofTarget({ ...named, ResourceArns: undefined })).toEqual([
        'named-resources Properties.Targets.t',
      ]);
      expect(ofTarget({ ...named, ResourceTags: { Env: 'staging' } }, { declared: [arn] })).toHaveLength(1);
    },
  );

  it('may name a construct that is declared, and no other one', () => {
    const refusedWith = (declares: 'One' | 'Other') => {
      const arns: Record<string, string> = {};
      return fenced(
        (app) => {
          const stack = new Stack(app, 'Hand', { env: place });
          for (const id of ['One', 'Other'])
            arns[id] = new Role(stack, id, { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }).roleArn;
          byHand(stack, 'Template', {
            Targets: {
              t: { ResourceType: 'aws:iam:role', SelectionMode: 'ALL', ResourceArns: [arns['One']] },
            },
            Actions: { wait },
          });
        },
        () => ({ tag, declared: [arns[declares] ?? ''] }),
      ).refusals.map(({ rule }) => rule);
    };
    expect(refusedWith('One')).toEqual([]);
    expect(refusedWith('Other')).toEqual(['named-resources']);
  });

  it("is not taken for another stack's construct of the same logical id", () => {
    let declared = '';
    const { refusals } = fenced(
      (app) => {
        const roleIn = (id: string) => {
          const stack = new Stack(app, id, { env: place });
          return {
            stack,
            role: new Role(stack, 'Role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }),
          };
        };
        const [here, there] = [roleIn('Here'), roleIn('There')];
        declared = there.role.roleArn;
        byHand(here.stack, 'Template', {
          Targets: {
            t: { ResourceType: 'aws:iam:role', SelectionMode: 'ALL', ResourceArns: [here.role.roleArn] },
          },
          Actions: { wait },
        });
      },
      () => ({ tag, declared: [declared] }),
    );
    expect(refusals.map(({ rule, construct }) => `${rule} ${construct}`)).toEqual([
      'named-resources Here/Template',
    ]);
  });
});

describe('a target of pods', () => {
  const pods = (clusterIdentifier: unknown, namespace: unknown) => ({
    ResourceType: 'aws:eks:pod',
    SelectionMode: 'ALL',
    Parameters: { clusterIdentifier, namespace, selectorType: 'labelSelector', selectorValue: 'app=shop' },
  });
  const clusterArn = 'arn:aws:eks:eu-west-1:111111111111:cluster/shop';
  const ofPods = (target: object, cluster = 'shop') =>
    ofTarget(target, { namespaces: [{ cluster, namespace: 'orders' }] });

  it.each([
    ['the name of its cluster', 'shop', 'shop'],
    ['the ARN of its cluster', clusterArn, 'shop'],
    ['the name, where the ARN is declared', 'shop', clusterArn],
    ['the ARN, where that is declared', clusterArn, clusterArn],
    ['a name that a pattern fits', 'shop', 'sh*'],
  ])('in a declared namespace passes by %s', (_, cluster, declared) => {
    expect(ofPods(pods(cluster, 'orders'), declared)).toEqual([]);
  });

  it.each([
    ['another namespace', pods('shop', 'payments')],
    ['another cluster', pods('cart', 'orders')],
    [
      "another account's cluster of that name",
      pods(clusterArn.replace('111111111111', '222222222222'), 'orders'),
    ],
    ['a namespace that cannot be read', pods('shop', { Ref: 'Namespace' })],
    ['no namespace', pods('shop', undefined)],
    ['tags, which FIS does not take', { ...pods('shop', 'orders'), ResourceTags: { Env: 'staging' } }],
    ['ARNs, which FIS does not take', { ...pods('shop', 'orders'), ResourceArns: [clusterArn] }],
  ])('is refused with %s', (_, target) => {
    expect(ofPods(target)).toEqual(['named-resources Properties.Targets.t']);
  });

  it('passes in a cluster of the same app', () => {
    let cluster = '';
    const { refusals } = fenced(
      (app) => {
        const stack = new Stack(app, 'Hand', { env: place });
        const role = new CfnParameter(stack, 'RoleArn').valueAsString;
        cluster = new CfnCluster(stack, 'Cluster', { roleArn: role, resourcesVpcConfig: { subnetIds: [] } })
          .ref;
        byHand(stack, 'Template', { Targets: { t: pods(cluster, 'orders') }, Actions: { wait } });
      },
      () => ({ tag, namespaces: [{ cluster, namespace: 'orders' }] }),
    );
    expect(refusals).toEqual([]);
  });
});
