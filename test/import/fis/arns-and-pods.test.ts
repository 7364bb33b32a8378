import { describe, expect, it } from 'vitest';
import {
  afterIn,
  decidedIn,
  fateOf,
  importTemplate,
  refusedIn,
  selectorIn,
  withAction,
  withTarget,
} from './importing.ts';

const inStaging = (service: string, resource: string) =>
  `arn:aws:${service}:eu-west-1:111111111111:${resource}`;

describe('resources by their ARNs', () => {
  const stream = (arn: string) =>
    withAction(
      'aws:kinesis:stream-expired-iterator-exception',
      { duration: 'PT5M', percentage: '100' },
      { key: 'KinesisStreams', value: { resourceType: 'aws:kinesis:stream', resourceArns: [arn] } },
    );
  const orders = inStaging('kinesis', 'stream/orders');

  it('are refused, and selected by the tags of the service that declares them where it is asked for', () => {
    const refused = importTemplate(stream(orders));
    expect(refusedIn(refused)).toEqual(['arns targets.Hit.resourceArns (fixable)']);
    const mended = importTemplate(stream(orders), { fix: true });
    expect(selectorIn(mended)).toEqual({ service: 'shop' });
    expect(JSON.parse(mended.mended?.before ?? '')).toMatchObject({
      targets: { Hit: { resourceArns: [orders] } },
    });
    const after = afterIn(mended);
    expect(after).toMatchObject({ targets: { Hit: { resourceTags: { Service: 'shop', Env: 'staging' } } } });
    expect(JSON.stringify(after)).not.toContain('resourceArns');
  });

  it('cannot be mended where nobody says which service they are of', () => {
    const other = inStaging('kinesis', 'stream/other');
    const result = importTemplate(stream(other), { fix: true });
    expect(refusedIn(result)).toEqual(['arns targets.Hit.resourceArns']);
    expect(result.refusals[0]?.hint).toContain('--map Hit=SERVICE');
    const mapped = importTemplate(stream(other), { fix: true, map: { Hit: 'shop' } });
    expect(selectorIn(mapped)).toEqual({ service: 'shop' });
  });

  it('of another account are refused', () => {
    const result = importTemplate(stream(orders.replace('111111111111', '222222222222')), { fix: true });
    expect(refusedIn(result)).toEqual(['foreign-environment targets.Hit.resourceArns']);
  });

  it.each([
    ['no list', 'x', 'broken targets.Tasks.resourceArns'],
    ['no texts', [{}], 'broken targets.Tasks.resourceArns.0'],
    ['nothing', [], 'selects-everything targets.Tasks'],
  ])('that are %s are refused', (_, resourceArns, refused) => {
    const template = withTarget({ resourceTags: undefined, resourceArns });
    expect(refusedIn(importTemplate(template))).toContain(refused);
  });

  it('of roles are the service that declares them', () => {
    const inject = (resourceArns?: readonly string[]) =>
      withAction(
        'aws:fis:inject-api-throttle-error',
        { duration: 'PT5M', service: 'ec2', operations: 'DescribeInstances', percentage: '50' },
        { key: 'Roles', value: { resourceType: 'aws:iam:role', resourceArns } },
      );
    const role = 'arn:aws:iam::111111111111:role/shop';
    const all = importTemplate(inject([role, 'arn:aws:iam::111111111111:role/path/jobs']));
    expect(selectorIn(all)).toEqual({ service: 'shop' });
    expect(fateOf(all, 'targets.Hit.resourceArns.0')).toContain('mapped');
    const one = importTemplate(inject([role]));
    expect(fateOf(one, 'targets.Hit.resourceArns.0')).toContain('all that the service declares is hit');
    const mapped = importTemplate(inject([role]), { map: { Hit: 'workers' } });
    expect(fateOf(mapped, 'targets.Hit.resourceArns.0')).toContain(
      'what the service declares in the environment counts',
    );
    const other = importTemplate(inject([`${role}-2`]));
    expect(decidedIn(other)['faults.Act.selector.service']).toContain(`roles: ['${role}-2']`);
    expect(refusedIn(importTemplate(inject()))).toContain('selects-everything targets.Hit');
  });

  it('of a cluster are the service whose pods are in it', () => {
    const inCluster = (name: string) =>
      withAction(
        'aws:eks:inject-kubernetes-custom-resource',
        {
          maxDuration: 'PT5M',
          kubernetesApiVersion: 'chaos-mesh.org/v1alpha1',
          kubernetesKind: 'PodChaos',
          kubernetesSpec: '{"action":"pod-kill"}',
          kubernetesNamespace: 'shop',
        },
        {
          key: 'Cluster',
          value: { resourceType: 'aws:eks:cluster', resourceArns: [inStaging('eks', `cluster/${name}`)] },
        },
      );
    expect(selectorIn(importTemplate(inCluster('shop')))).toEqual({ service: 'shop' });
    const other = importTemplate(inCluster('other'));
    expect(decidedIn(other)['faults.Act.selector.service']).toContain('eks: { cluster:');
  });
});

describe('pods', () => {
  const killPods = (parameters: object) =>
    withAction('aws:eks:pod-delete', {}, { key: 'Pods', value: { resourceType: 'aws:eks:pod', parameters } });
  const ofShop = {
    clusterIdentifier: 'shop',
    namespace: 'shop',
    selectorType: 'labelSelector',
    selectorValue: 'app=shop',
  };

  it('are the service that declares them, by the name or the ARN of their cluster', () => {
    for (const clusterIdentifier of ['shop', inStaging('eks', 'cluster/shop')]) {
      const result = importTemplate(killPods({ ...ofShop, clusterIdentifier }));
      expect(selectorIn(result)).toEqual({ service: 'shop' });
      expect(fateOf(result, 'targets.Hit.parameters.namespace')).toContain('mapped');
    }
  });

  it.each([
    ['labelSelector', 'label'],
    ['deploymentName', 'deployment'],
    ['podName', 'pod'],
  ])('by %s are a service to be declared where none does', (selectorType, kind) => {
    const result = importTemplate(killPods({ ...ofShop, selectorType, selectorValue: 'cart' }));
    expect(selectorIn(result)).toEqual({ service: 'cart' });
    expect(decidedIn(result)['faults.Act.selector.service']).toContain(`pods: { ${kind}: cart }`);
  });

  it('may be mapped to a service', () => {
    for (const map of [{ 'app=cart': 'shop' }, { cart: 'shop' }, { Hit: 'shop' }]) {
      const result = importTemplate(killPods({ ...ofShop, selectorValue: 'app=cart' }), { map });
      expect(selectorIn(result)).toEqual({ service: 'shop' });
    }
    const half = importTemplate(killPods({ namespace: 'shop' }), { map: { Hit: 'shop' } });
    expect(fateOf(half, 'targets.Hit.parameters.namespace')).toContain('approximated');
  });

  it.each([
    ['production', 'shop'],
    ['Prod', 'shop'],
    ['shop-live', 'live'],
  ])('in the namespace %s are refused', (namespace, clusterIdentifier) => {
    const result = importTemplate(killPods({ ...ofShop, namespace, clusterIdentifier }), { fix: true });
    expect(refusedIn(result)).toEqual(['foreign-environment targets.Hit.parameters.namespace']);
  });

  it('that are not told in full are refused', () => {
    expect(refusedIn(importTemplate(killPods({ namespace: 'shop' })))).toEqual([
      'selects-everything targets.Hit',
    ]);
  });

  it('have the container that their service declares', () => {
    const result = importTemplate(killPods({ ...ofShop, targetContainerName: 'web' }));
    expect(decidedIn(result)['faults.Act.selector.service']).toContain('services.shop.eks.container');
  });
});
