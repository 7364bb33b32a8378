import { CfnExperimentTemplate } from 'aws-cdk-lib/aws-fis';
import type { Construct } from 'constructs';
import { alarmArn } from '../plan/aws-names.ts';
import type { FisTarget, FisTemplate } from '../plan/fis-template.ts';
import type { DeployedEnvironment } from './deployed-environment.ts';
import { keepOwnTags, tagKeys } from './own-tags.ts';

/** FIS's current form of log entries (user guide, "Log schema"). */
const logSchemaVersion = 2;

/** A planned template as CloudFormation has it. Its tags are its own: nothing that tags an app or stack reaches it. */
export function createExperimentTemplate(
  scope: Construct,
  id: string,
  options: {
    readonly template: FisTemplate;
    readonly experiment: string;
    /** From 1. */
    readonly stage: number;
    readonly roleArn: string;
    readonly environment: DeployedEnvironment;
  },
): CfnExperimentTemplate {
  const { template, experiment, stage, roleArn, environment } = options;
  const { names, place, target } = environment;
  const own = {
    Name: `${names.launcher(experiment)}-${stage}`,
    [tagKeys.environment]: target.id,
    [tagKeys.experiment]: experiment,
  };
  const resource = new CfnExperimentTemplate(scope, id, {
    description: template.description,
    roleArn,
    targets: targetsOf(template),
    actions: actionsOf(template),
    stopConditions: template.stopOn.map((guard) => ({
      source: 'aws:cloudwatch:alarm',
      value: alarmArn(target.guards[guard]?.alarm ?? guard, place),
    })),
    experimentOptions: { accountTargeting: 'single-account', emptyTargetResolutionMode: 'fail' },
    // CDK hands these keys on as they are, so they stand in CloudFormation's own case.
    logConfiguration: {
      logSchemaVersion,
      cloudWatchLogsConfiguration: { LogGroupArn: names.fisLogGroupArn },
    },
    tags: own,
  });
  keepOwnTags(resource, own);
  return resource;
}

/** The same in CDK's types, which take no read-only lists. */
const targetsOf = ({ targets }: FisTemplate) =>
  Object.fromEntries(Object.entries(targets).map(([name, target]) => [name, targetOf(target)]));

function targetOf(target: FisTarget) {
  if ('resourceArns' in target) return { ...target, resourceArns: [...target.resourceArns] };
  if (!('resourceTags' in target)) return target;
  const { filters, ...others } = target;
  return {
    ...others,
    ...(filters === undefined
      ? {}
      : { filters: filters.map(({ path, values }) => ({ path, values: [...values] })) }),
  };
}

const actionsOf = ({ actions }: FisTemplate) =>
  Object.fromEntries(
    Object.entries(actions).map(([name, { startAfter, ...action }]) => [
      name,
      { ...action, ...(startAfter === undefined ? {} : { startAfter: [...startAfter] }) },
    ]),
  );
