import { Fn, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnCluster } from 'aws-cdk-lib/aws-eks';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { FaultConfigurationBucket } from '../../../lib/cdk/fault-ready/fault-configuration-bucket.ts';
import type { FisAction } from '../../../lib/cdk/template/action-props.ts';
import { FisTarget } from '../../../lib/cdk/template/fis-target.ts';
import type { FisExperimentTemplateProps } from '../../../lib/cdk/template/template-props.ts';
import { errorAlarm, fisProperties, problemsOf, refusalOf, stagingStack, template } from './fixture.ts';

const policySchema = z.looseObject({
  Statement: z.array(
    z.looseObject({
      Sid: z.string(),
      Action: z.unknown(),
      Resource: z.unknown(),
      Condition: z.unknown().optional(),
    }),
  ),
});
const roleSchema = z.looseObject({
  Properties: z.looseObject({
    Policies: z.array(z.looseObject({ PolicyDocument: policySchema })).default([]),
  }),
});

/** The statements of the role that FIS takes on, by their names. */
function statementsIn(stack: Stack) {
  const roles = Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Role'));
  const own = roles.filter(([id]) => id.startsWith('Template')).map(([, role]) => roleSchema.parse(role));
  return new Map(
    own
      .flatMap(({ Properties }) =>
        Properties.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
      )
      .map((statement) => [statement.Sid, statement]),
  );
}

const actionsSchema = z.record(
  z.string(),
  z.looseObject({ Parameters: z.record(z.string(), z.unknown()).default({}) }),
);
const parametersIn = (stack: Stack) =>
  actionsSchema.parse(fisProperties(stack)['Actions'])['hit']?.Parameters;

const hitting = (action: FisAction, target?: FisTarget): Partial<FisExperimentTemplateProps> => ({
  targets: target === undefined ? {} : { it: target },
  actions: { hit: action },
});

const streamErrors: FisAction = {
  action: 'aws:kinesis:stream-provisioned-throughput-exception',
  target: 'it',
  duration: '5m',
  parameters: { calls: '50%' },
};
const shop = FisTarget.tagged({ tags: { Service: 'shop' }, selection: 'all' });

describe('what no tag confines', () => {
  it('is confined to the construct that is hit', () => {
    const stack = stagingStack();
    const stream = new Stream(stack, 'Orders');
    template(hitting(streamErrors, FisTarget.of(stream, { selection: 'all' })), stack);
    const arn: unknown = stack.resolve(stream.streamArn);
    expect(statementsIn(stack).get('OnlyDeclaredTargetsStream')).toMatchObject({
      Action: 'kinesis:InjectApiError',
      Condition: { 'ForAllValues:ArnLike': { 'kinesis:FisTargetArns': [arn] } },
    });
  });

  it('is confined to what is declared, where tags find what is hit', () => {
    const stack = stagingStack();
    const orders = 'arn:aws:kinesis:eu-west-1:111111111111:stream/shop-*';
    const declared = [orders, new Stream(stack, 'Carts').streamArn];
    template({ ...hitting(streamErrors, shop), declared }, stack);
    const { Condition } = statementsIn(stack).get('OnlyDeclaredTargetsStream') ?? {};
    expect(JSON.stringify(Condition)).toContain(orders);
    expect(JSON.stringify(Condition)).toContain('Carts');
  });

  it('is refused where nothing is declared', () => {
    expect(refusalOf(() => template(hitting(streamErrors, shop))).problems).toMatchObject([
      {
        code: 'not-declared',
        path: ['actions', 'hit', 'action'],
        hint: "name their ARNs in declared, '*' for any text, or give a role of your own",
      },
    ]);
  });

  it('is refused where nobody can tell what is declared', () => {
    const declared = [Fn.importValue('stream'), 'orders'];
    expect(problemsOf(() => template({ declared }))).toEqual(['arns declared.0', 'arns declared.1']);
  });

  it('is the bucket in which faults of functions are left', () => {
    const action: FisAction = {
      action: 'aws:lambda:invocation-error',
      target: 'it',
      parameters: { preventExecution: true },
      duration: '5m',
    };
    expect(refusalOf(() => template(hitting(action, shop))).message).toContain(
      'say where: faultConfiguration, such as a FaultConfigurationBucket',
    );
    const stack = stagingStack();
    const faultConfiguration = new FaultConfigurationBucket(stack, 'Faults', {
      bucketName: 'faults',
      prefix: 'staging',
    });
    template({ ...hitting(action, shop), faultConfiguration }, stack);
    const resource: unknown = stack.resolve(faultConfiguration.bucket.arnForObjects('staging/*'));
    expect(statementsIn(stack).get('OnlyBelowDeclaredPrefixes')).toMatchObject({
      Action: ['s3:DeleteObject', 's3:PutObject'],
      Resource: resource,
    });
  });

  it('are roles whose calls fail', () => {
    const stack = stagingStack();
    const caller = new Role(stack, 'Caller', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
    const action: FisAction = {
      action: 'aws:fis:inject-api-throttle-error',
      target: 'it',
      parameters: { service: 'ec2', operations: ['DescribeInstances'] },
      duration: '1m',
    };
    template(hitting(action, FisTarget.of(caller, { selection: 'all' })), stack);
    const arn: unknown = stack.resolve(caller.roleArn);
    expect(JSON.stringify([...statementsIn(stack).values()])).toContain(JSON.stringify(arn));
  });
});

describe('what parameters name', () => {
  const runbook = (document: string, parameters?: Record<string, unknown>): FisAction => ({
    action: 'aws:ssm:start-automation-execution',
    parameters: { document, ...(parameters === undefined ? {} : { parameters }) },
    duration: '5m',
  });

  it('is a document by its name, to which the role is confined, with the role that it takes on', () => {
    const stack = stagingStack();
    const role = 'arn:aws:iam::111111111111:role/cable-cutter';
    template(hitting(runbook('cut-the-cable', { AutomationAssumeRole: role })), stack);
    expect(JSON.stringify(parametersIn(stack))).toContain(
      ':ssm:eu-west-1:111111111111:document/cut-the-cable',
    );
    const statements = JSON.stringify([...statementsIn(stack).values()]);
    expect(statements).toContain('automation-definition/cut-the-cable:*');
    expect(statements).toContain('"iam:PassRole"');
    expect(statements).toContain(role);
    expect(statements).not.toContain('automation-definition/*');
  });

  it('is a document of the app, or one of Amazon, or any by its ARN', () => {
    const written = (document: (stack: Stack) => string) => {
      const stack = stagingStack();
      template(hitting(runbook(document(stack))), stack);
      return JSON.stringify(parametersIn(stack));
    };
    expect(
      written((stack) => new CfnDocument(stack, 'Cut', { content: { schemaVersion: '0.3' } }).ref),
    ).toContain(':document/"');
    expect(written(() => 'AWS-RestartEC2Instance')).toContain(
      ':ssm:eu-west-1::document/AWS-RestartEC2Instance',
    );
    const arn = 'arn:aws:ssm:eu-west-1:111111111111:document/cut';
    expect(written(() => arn)).toContain(`"${arn}"`);
  });

  it('are alarms, by name or ARN', () => {
    const stack = stagingStack();
    const alarm = errorAlarm(stack);
    const action: FisAction = {
      action: 'aws:cloudwatch:assert-alarm-state',
      parameters: { alarms: [alarm.alarmArn, 'orders'], states: ['OK'] },
    };
    template(hitting(action), stack);
    const text = JSON.stringify(parametersIn(stack));
    expect(text).toContain(JSON.stringify(stack.resolve(alarm.alarmArn)));
    expect(text).toContain(':cloudwatch:eu-west-1:111111111111:alarm:orders');
  });

  it('are buckets as they are called', () => {
    const stack = stagingStack();
    const action: FisAction = {
      action: 'aws:s3:bucket-pause-replication',
      target: 'it',
      parameters: { region: 'eu-central-1', destinations: ['copies', 'more'] },
      duration: '5m',
    };
    template(hitting(action, shop), stack);
    expect(parametersIn(stack)).toMatchObject({ destinationBuckets: 'copies,more' });
  });

  it.each<[string, FisAction, string[]]>([
    ['a text with white space', runbook('cut the cable'), ['wrong-type actions.hit.parameters.document']],
    [
      'an empty list',
      { action: 'aws:cloudwatch:assert-alarm-state', parameters: { alarms: [], states: ['OK'] } },
      ['wrong-type actions.hit.parameters.alarms'],
    ],
  ])('is not %s', (_, action, problems) => {
    expect(problemsOf(() => template(hitting(action)))).toEqual(problems);
  });
});

describe('a namespace of a cluster', () => {
  const action: FisAction = {
    action: 'aws:eks:inject-kubernetes-custom-resource',
    target: 'it',
    parameters: {
      apiVersion: 'chaos-mesh.org/v1alpha1',
      kind: 'PodChaos',
      spec: { action: 'pod-failure', mode: 'one' },
    },
    duration: '5m',
  };

  it('is where a custom resource is made', () => {
    const stack = stagingStack();
    template(hitting(action, FisTarget.cluster({ cluster: 'staging', namespace: 'shop' })), stack);
    expect(parametersIn(stack)).toMatchObject({ kubernetesNamespace: 'shop', maxDuration: 'PT5M' });
    expect(JSON.stringify(fisProperties(stack)['Targets'])).toContain(
      ':eks:eu-west-1:111111111111:cluster/staging',
    );
  });

  it('is asked for where a cluster is named without one', () => {
    const stack = stagingStack();
    const cluster = new CfnCluster(stack, 'Cluster', {
      roleArn: 'arn:aws:iam::111111111111:role/eks',
      resourcesVpcConfig: { subnetIds: [] },
    });
    const changes = hitting(action, FisTarget.of(cluster, { selection: 'all' }));
    expect(refusalOf(() => template(changes, stack)).message).toContain(
      'name the cluster by FisTarget.cluster',
    );
  });

  it('gives pods of a cluster of the app to actions on them, with the service account', () => {
    const stack = stagingStack();
    const cluster = { clusterArn: 'arn:aws:eks:eu-west-1:111111111111:cluster/staging' };
    const pods = FisTarget.pods({
      cluster,
      namespace: 'shop',
      serviceAccount: 'fis',
      deployment: 'shop',
      selection: 'one',
    });
    template(hitting({ action: 'aws:eks:pod-delete', target: 'it' }, pods), stack);
    expect(parametersIn(stack)).toEqual({ kubernetesServiceAccount: 'fis' });
    expect(JSON.stringify([...statementsIn(stack).values()])).toContain(cluster.clusterArn);
  });
});
