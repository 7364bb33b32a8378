import { App, CfnResource, Stack, type StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AuthenticationMode, CfnCluster, Cluster, KubernetesVersion } from 'aws-cdk-lib/aws-eks';
import { LayerVersion } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { podFaultRules } from '../../../lib/cdk/fault-ready/fault-manifests.ts';
import { FaultReady } from '../../../lib/cdk/fault-ready/fault-ready.ts';
import { eksPodActions } from '../../../lib/fis/eks-pods.ts';
import { refusalOf } from './refusal-of.ts';

const faultRole = 'arn:aws:iam::111111111111:role/fis';
const options = {
  environmentTag: { key: 'Env', value: 'staging' },
  namespace: 'shop',
  serviceAccount: 'fis',
  faultRoles: [faultRole],
};

const stackIn = (props: StackProps = { env: { account: '111111111111', region: 'eu-west-1' } }) =>
  new Stack(new App({ analyticsReporting: false, builtinCloudFormationValidation: false }), 'Shop', props);

/** A cluster as those of CDK look, of whichever of its modules. */
class AnyCluster extends Construct {
  readonly clusterName: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const resource = new CfnCluster(this, 'Resource', {
      roleArn: 'role',
      resourcesVpcConfig: { subnetIds: [] },
    });
    this.clusterName = resource.ref;
  }
}

describe('the pods of a namespace that are made ready for faults', () => {
  it("let FIS's roles in as a user of the cluster, which carries the environment tag", () => {
    const stack = stackIn();
    const cluster = new AnyCluster(stack, 'Cluster');
    FaultReady.eks(cluster, { ...options, faultRoles: [faultRole, `${faultRole}-2`] });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::EKS::AccessEntry', 2);
    const clusterName: unknown = stack.resolve(cluster.clusterName);
    template.hasResourceProperties('AWS::EKS::AccessEntry', {
      ClusterName: clusterName,
      PrincipalArn: faultRole,
      Username: 'steadfast-fis-shop',
      Type: 'STANDARD',
    });
    template.hasResourceProperties('AWS::EKS::Cluster', { Tags: [{ Key: 'Env', Value: 'staging' }] });
  });

  it('let that user and the service account do what FIS needs, in that namespace alone', () => {
    const manifests = FaultReady.eks(new AnyCluster(stackIn(), 'Cluster'), options);
    expect(manifests).toEqual([
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace: 'shop', name: 'fis' } },
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata: { namespace: 'shop', name: 'steadfast-faults' },
        rules: podFaultRules,
      },
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { namespace: 'shop', name: 'steadfast-faults' },
        subjects: [
          { kind: 'ServiceAccount', name: 'fis', namespace: 'shop' },
          { kind: 'User', name: 'steadfast-fis-shop', apiGroup: 'rbac.authorization.k8s.io' },
        ],
        roleRef: { kind: 'Role', name: 'steadfast-faults', apiGroup: 'rbac.authorization.k8s.io' },
      },
    ]);
  });

  it('need what the catalogue says of every action on pods, and no more', () => {
    const given = podFaultRules.map(({ resources, verbs }) => `${resources.join(', ')}: ${verbs.join(', ')}`);
    for (const { kubernetes } of eksPodActions) expect(kubernetes).toEqual(given);
  });
});

describe('a cluster of aws-eks', () => {
  const clusterWith = (authenticationMode?: AuthenticationMode) => {
    const stack = stackIn();
    return new Cluster(stack, 'Cluster', {
      version: KubernetesVersion.V1_32,
      defaultCapacity: 0,
      kubectlLayer: LayerVersion.fromLayerVersionArn(
        stack,
        'Kubectl',
        'arn:aws:lambda:eu-west-1:111111111111:layer:kubectl:1',
      ),
      ...(authenticationMode === undefined ? {} : { authenticationMode }),
    });
  };

  it.each([undefined, AuthenticationMode.CONFIG_MAP])(
    'is refused that knows no access entries (%s)',
    (mode) => {
      expect(refusalOf(() => FaultReady.eks(clusterWith(mode), options))).toContain(
        'knows no access entries',
      );
    },
  );

  it('applies the manifests by itself', () => {
    const cluster = clusterWith(AuthenticationMode.API_AND_CONFIG_MAP);
    cluster.addManifest('Faults', ...FaultReady.eks(cluster, options));
    const manifests = Stack.of(cluster)
      .node.findAll()
      .flatMap((construct) =>
        CfnResource.isCfnResource(construct) &&
        construct.cfnResourceType === 'Custom::AWSCDK-EKS-KubernetesResource'
          ? [construct]
          : [],
      );
    expect(manifests.length).toBeGreaterThan(0);
    const written = JSON.stringify(Template.fromStack(Stack.of(cluster)).toJSON());
    expect(z.string().parse(written)).toContain('steadfast-faults');
  });
});
