import type { DeployedEnvironment } from './deployed-environment.ts';
import { type Grant, grant, grantOnNamed } from './grant.ts';

/** Leases, halts and the index of runs, in the table. */
export const table = ({ names }: DeployedEnvironment, ...calls: readonly string[]): Grant =>
  grant(
    'Table',
    calls.map((call) => `dynamodb:${call}`),
    [names.tableArn],
  );

/** Entries, samples and journals, in the bucket. */
export const runs = ({ names }: DeployedEnvironment, ...calls: readonly string[]): Grant =>
  grant(
    'Runs',
    calls.map((call) => `s3:${call}`),
    [`${names.bucketArn}/runs/*`],
  );

export const listRuns = ({ names }: DeployedEnvironment): Grant =>
  grant('ListRuns', ['s3:ListBucket'], [names.bucketArn], {
    conditions: { StringLike: { 's3:prefix': 'runs/*' } },
  });

/** Reading which experiments are deployed. AWS asks for a permission on the path, not on what lies below it. */
export const readListings = ({ names }: DeployedEnvironment): Grant =>
  grant('Listings', ['ssm:GetParametersByPath'], [names.arn('ssm', `parameter${names.experimentList}`)]);

export const tellPeople = ({ topicArn }: DeployedEnvironment['names']): Grant =>
  grant('Tell', ['sns:Publish'], [topicArn]);

/**
 * Telling people and systems of the verdict. IAM takes an event's source for a list: all of it must be ours, and there must be
 * one.
 */
export const tell = ({ names }: DeployedEnvironment): readonly Grant[] => [
  tellPeople(names),
  grant('TellSystems', ['events:PutEvents'], [names.arn('events', 'event-bus/default')], {
    conditions: {
      'ForAllValues:StringEquals': { 'events:source': 'steadfast' },
      Null: { 'events:source': 'false' },
    },
  }),
];

/** What a function writes of itself; `name` is the end of its own name. */
export const ownLog = ({ names }: DeployedEnvironment, name: string): Grant =>
  grant('Log', ['logs:CreateLogStream', 'logs:PutLogEvents'], [`${names.functionLogGroupArn(name)}:*`]);

/**
 * Lambda's own calls for a function in a VPC. It uses the function's role, and interfaces exist only once it has made them (Lambda
 * developer guide, "Execution role permissions"); the function's own code is kept from them as the guide recommends.
 */
export const networkInterfaces = ({ names }: DeployedEnvironment, name: string): Grant =>
  grant(
    'NetworkInterfaces',
    [
      'ec2:AssignPrivateIpAddresses',
      'ec2:CreateNetworkInterface',
      'ec2:DeleteNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:UnassignPrivateIpAddresses',
    ],
    ['*'],
    {
      conditions: {
        ArnNotEquals: { 'lambda:SourceFunctionArn': names.arn('lambda', `function:${names.function(name)}`) },
      },
      unlimited: "Lambda's own interfaces carry no tag and have no name beforehand",
    },
  );

/** Calling the functions that probe from the environment's vantage points. */
export const callProbers = ({ target, names }: DeployedEnvironment): readonly Grant[] =>
  grantOnNamed('VantagePoints', ['lambda:InvokeFunction'], Object.values(target.vantagePoints), (name) =>
    names.arn('lambda', `function:${name}`),
  );
