import { describe, expect, it } from 'vitest';
import { declaring, environmentTarget } from '../examples.ts';
import { problemsWith } from '../fault-examples.ts';

const { shop } = declaring.services;
const cart = { eks: { ...shop.eks, namespace: 'cart' } };
const elsewhere = {
  eks: { ...shop.eks, cluster: 'arn:aws:eks:eu-west-1:111111111111:cluster/other', namespace: 'other' },
};
const environment = { ...declaring, services: { ...declaring.services, cart, elsewhere } };
const target = environmentTarget(environment);
const isolated = environmentTarget({ ...environment, isolated: { reason: 'an account of its own' } });

const custom = (kind: string, spec: object) => ({
  action: 'aws:eks:inject-kubernetes-custom-resource',
  selector: { service: 'shop' },
  parameters: {
    apiVersion: kind === 'ChaosEngine' ? 'litmuschaos.io/v1alpha1' : 'chaos-mesh.org/v1alpha1',
    kind,
    spec,
  },
});
const found = (kind: string, spec: object, where = target) =>
  problemsWith(custom(kind, spec), where).map((problem) => problem.replace('faults.it.parameters.', ''));

describe('a custom resource', () => {
  it.each([
    ['without a namespace, which is then its own', { selector: { labelSelectors: { app: 'shop' } } }],
    ['in a declared namespace of the cluster', { selector: { namespaces: ['shop', 'cart'] } }],
    ['with pods by namespace', { selector: { pods: { shop: ['shop-0'] } } }],
    ['with a declared ARN', { note: 'arn:aws:kinesis:eu-west-1:111111111111:stream/orders' }],
  ])('is planned %s', (_, spec) => {
    expect(found('PodChaos', spec)).toEqual([]);
  });

  it.each([
    ['in its selector', { selector: { namespaces: ['shop', 'payments'] } }, 'selector.namespaces'],
    ['of a secret', { tls: { secretNamespace: 'payments' } }, 'tls.secretNamespace'],
    ['in another case', { selector: { Namespaces: ['payments'] } }, 'selector.Namespaces'],
    ['as one text', { selector: { namespaces: 'payments' } }, 'selector.namespaces'],
    [
      "in its target's selector",
      { target: { selector: { namespaces: ['payments'] } } },
      'target.selector.namespaces',
    ],
    ['of pods', { selector: { pods: { payments: ['p-0'] } } }, 'selector.pods'],
    ['of another cluster', { selector: { namespaces: ['other'] } }, 'selector.namespaces'],
    ['that is no text', { selector: { namespaces: [7] } }, 'selector.namespaces'],
  ])('may not name another namespace %s', (_, spec, path) => {
    expect(found('PodChaos', spec)).toEqual([`not-declared spec.${path}`]);
    expect(found('PodChaos', spec, isolated)).toEqual([`not-declared spec.${path}`]);
  });

  it('may not name an ARN that is not declared', () => {
    expect(found('PodChaos', { note: 'arn:aws:sqs:eu-west-1:1:q' })).toEqual(['not-declared spec.note']);
  });

  it.each(['AWSChaos', 'GCPChaos', 'KernelChaos', 'PhysicalMachineChaos'])(
    'of the kind %s needs an isolated account',
    (kind) => {
      expect(found(kind, {})).toEqual(['reaches-outside kind']);
      expect(found(kind, {}, isolated)).toEqual([]);
    },
  );

  it.each([
    ['by its type', { type: 'AWSChaos' }, 'type'],
    ['by its part', { awsChaos: { action: 'ec2-stop' } }, 'awsChaos'],
    [
      'in a workflow',
      { workflow: { templates: [{ templateType: 'AzureChaos' }] } },
      'workflow.templates.0.templateType',
    ],
  ])('that is a schedule may hold no such kind %s', (_, spec, path) => {
    expect(found('Schedule', spec)).toEqual([`reaches-outside spec.${path}`]);
  });

  it('may not be carried out in another cluster', () => {
    expect(found('PodChaos', { remoteCluster: 'production' })).toEqual([
      'reaches-outside spec.remoteCluster',
    ]);
  });

  it('of Litmus acts as the declared service account, in declared namespaces', () => {
    const engine = (appns: string, account: string, namespace: string) => ({
      appinfo: { appns, applabel: 'app=shop', appkind: 'deployment' },
      chaosServiceAccount: account,
      experiments: [
        {
          name: 'pod-delete',
          spec: {
            components: {
              env: [
                { name: 'TARGET_NAMESPACE', value: namespace },
                { name: 'FORCE', value: 'false' },
              ],
            },
          },
        },
      ],
    });
    expect(found('ChaosEngine', engine('shop', 'fis', 'shop'))).toEqual([]);
    expect(found('ChaosEngine', engine('payments', 'admin', 'payments'))).toEqual([
      'not-declared spec.appinfo.appns',
      'not-declared spec.experiments.0.spec.components.env',
      'not-declared spec.chaosServiceAccount',
    ]);
  });
});
