import { App, type Stack, Validations } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { FenceOptions } from '../../../lib/cdk/fence/fence-options.ts';
import { SteadfastFence } from '../../../lib/cdk/fence/steadfast-fence.ts';
import type { FisAction } from '../../../lib/cdk/template/action-props.ts';
import { FisExperimentTemplate } from '../../../lib/cdk/template/fis-experiment-template.ts';
import { FisTarget } from '../../../lib/cdk/template/fis-target.ts';
import type { FisAction as CatalogueAction } from '../../../lib/fis/action.ts';
import { actions } from '../../../lib/fis/catalogue.ts';
import { resourceTypeFacts } from '../../../lib/fis/resource-types.ts';
import { environmentTag, errorAlarm, stagingStack, template } from './fixture.ts';

/** Synthesizes with the fence around the environment. */
function fenced(stack: Stack, options: Omit<FenceOptions, 'tag'> = {}) {
  const app = App.of(stack);
  if (app === undefined) throw new Error('the stack is in no app');
  Validations.of(app).addPlugins(new SteadfastFence({ tag: environmentTag, ...options }));
  return () => app.synth();
}

const role = 'arn:aws:iam::111111111111:role/caller';
const cluster = 'arn:aws:eks:eu-west-1:111111111111:cluster/staging';

/** Something that an action can hit, as a template names it. */
function targetOf({ target }: CatalogueAction): FisTarget | undefined {
  if (target === undefined) return undefined;
  switch (target.resourceType) {
    case 'aws:iam:role':
      return FisTarget.arns({ resourceType: 'aws:iam:role', arns: [role], selection: 'all' });
    case 'aws:eks:cluster':
      return FisTarget.cluster({ cluster, namespace: 'shop' });
    case 'aws:eks:pod':
      return FisTarget.pods({
        cluster,
        namespace: 'shop',
        serviceAccount: 'fis',
        deployment: 'shop',
        selection: 'all',
      });
    default: {
      const { requiredParameters = [] } = resourceTypeFacts(target.resourceType);
      return FisTarget.tagged({
        tags: { Service: 'shop' },
        selection: 'all',
        ...(requiredParameters.length === 0 ? {} : { availabilityZone: 'eu-west-1a' }),
      });
    }
  }
}

/** What no tag confines, of every kind that an action may ask for. */
const declared = [
  role,
  'arn:aws:kinesis:eu-west-1:111111111111:stream/shop-*',
  'arn:aws:dsql:eu-west-1:111111111111:cluster/shop',
  'arn:aws:autoscaling:eu-west-1:111111111111:autoScalingGroup:*:autoScalingGroupName/shop',
  'arn:aws:ec2:eu-west-1:111111111111:route-table/rtb-0123456789abcdef0',
];
/** What parameters of the examples name, which the fence must know, too. */
const namedByExamples = [
  'arn:aws:ssm:eu-west-1:111111111111:document/*',
  'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:*',
  'copies',
];

const all: readonly CatalogueAction[] = actions;
/** The actions as the constructs take them: what their schemas accept as it was written. */
const asGiven = z.custom<FisAction>();

describe('a template of every action', () => {
  it('passes the fence around its environment, with the role that is made for it', () => {
    const stack = stagingStack();
    const alarm = errorAlarm(stack);
    for (const [index, action] of all.entries()) {
      const target = targetOf(action);
      new FisExperimentTemplate(stack, `Template${index}`, {
        description: action.title,
        environmentTag,
        targets: target === undefined ? {} : { it: target },
        actions: {
          it: asGiven.parse({
            action: action.id,
            ...(target === undefined ? {} : { target: 'it' }),
            ...(action.durationParameter === undefined ? {} : { duration: '15m' }),
            parameters: action.example,
          }),
        },
        stopConditions: [alarm],
        declared,
        faultConfiguration: {
          bucket: {
            bucketArn: 'arn:aws:s3:::faults',
            arnForObjects: (pattern) => `arn:aws:s3:::faults/${pattern}`,
          },
          prefix: 'staging',
        },
      });
    }
    const options = {
      declared: [...declared, ...namedByExamples],
      namespaces: [{ cluster, namespace: 'shop' }],
    };
    expect(fenced(stack, options)).not.toThrow();
  });
});

describe('the fence', () => {
  it('asks for what a template names without a tag', () => {
    const stack = stagingStack();
    const target = FisTarget.cluster({ cluster, namespace: 'shop' });
    const it = {
      action: 'aws:eks:inject-kubernetes-custom-resource',
      target: 'it',
      parameters: { apiVersion: 'chaos-mesh.org/v1alpha1', kind: 'PodChaos', spec: { mode: 'one' } },
      duration: '5m',
    } as const;
    template({ targets: { it: target }, actions: { it } }, stack);
    expect(fenced(stack)).toThrow(/named-resources/);
  });

  it("is not passed by a template of another environment's tag", () => {
    const stack = stagingStack();
    template({ environmentTag: { key: 'Env', value: 'production' } }, stack);
    expect(fenced(stack)).toThrow(/environment-tag/);
  });

  it('knows the roles of target accounts', () => {
    const roleArn = 'arn:aws:iam::222222222222:role/fis-target';
    const written = (options: Omit<FenceOptions, 'tag'>) => {
      const stack = stagingStack();
      template({ targetAccounts: [{ accountId: '222222222222', roleArn }] }, stack);
      return fenced(stack, options);
    };
    expect(written({ declared: [roleArn] })).not.toThrow();
    expect(written({})).toThrow(/target-accounts/);
  });
});
