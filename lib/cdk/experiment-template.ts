import type { CfnExperimentTemplate } from 'aws-cdk-lib/aws-fis';
import type { Construct } from 'constructs';
import { alarmArn, tagKeys } from '../plan/aws-names.ts';
import type { FisTemplate } from '../plan/fis-template.ts';
import type { DeployedEnvironment } from './deployed-environment.ts';
import { createCfnTemplate } from './template/cfn-template.ts';
import { logSchemaVersion } from './template/logs.ts';

/** A planned template as CloudFormation has it. Its tags are its own: nothing that tags an app or stack reaches it. */
export function createExperimentTemplate(
  scope: Construct,
  id: string,
  options: {
    readonly template: FisTemplate;
    readonly experiment: string;
    /** From 1. */
    readonly stage: number;
    /** Which combination of what the experiment opens, from 0: the defaults. */
    readonly variant: number;
    readonly roleArn: string;
    readonly environment: DeployedEnvironment;
  },
): CfnExperimentTemplate {
  const { template, experiment, stage, variant, roleArn, environment } = options;
  const { names, place, target } = environment;
  return createCfnTemplate(scope, id, {
    description: template.description,
    roleArn,
    targets: template.targets,
    actions: template.actions,
    stopOn: template.stopOn.map((guard) => alarmArn(target.guards[guard]?.alarm ?? guard, place)),
    accountTargeting: 'single-account',
    emptyTargetResolution: template.emptyTargetResolution ?? 'fail',
    logs: { logSchemaVersion, cloudWatchLogsConfiguration: { LogGroupArn: names.fisLogGroupArn } },
    tags: {
      Name: `${names.launcher(experiment)}-${stage}${variant === 0 ? '' : `-variant-${variant + 1}`}`,
      [tagKeys.environment]: target.id,
      [tagKeys.experiment]: experiment,
    },
  });
}
