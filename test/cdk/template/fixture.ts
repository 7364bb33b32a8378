import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import * as z from 'zod';
import { FisExperimentTemplate } from '../../../lib/cdk/template/fis-experiment-template.ts';
import { FisTarget } from '../../../lib/cdk/template/fis-target.ts';
import type { FisExperimentTemplateProps } from '../../../lib/cdk/template/template-props.ts';
import { SteadfastError } from '../../../lib/experiment/steadfast-error.ts';
import { outdir } from './outdir.ts';

export const environmentTag = { key: 'Env', value: 'staging' } as const;

/** An app that leaves nothing behind. */
export function testApp(): App {
  mkdirSync(outdir, { recursive: true });
  return new App({ analyticsReporting: false, outdir: mkdtempSync(join(outdir, 'app-')) });
}

/** A stack of a known account and Region, whose app carries the environment tag. */
export function stagingStack(id = 'Shop', env = { account: '111111111111', region: 'eu-west-1' }): Stack {
  const stack = new Stack(testApp(), id, { env });
  Tags.of(stack).add(environmentTag.key, environmentTag.value);
  return stack;
}

/** An alarm like those that services have. */
export const errorAlarm = (scope: Construct, id = 'Errors'): Alarm =>
  new Alarm(scope, id, {
    metric: new Metric({ namespace: 'Shop', metricName: 'Errors' }),
    threshold: 1,
    evaluationPeriods: 1,
  });

/** Tasks by tag, of which there are always enough. */
export const tasks = FisTarget.tagged({ tags: { Service: 'shop' }, selection: '50%', atLeast: 4 });

export const stopTasks = { action: 'aws:ecs:stop-task', target: 'tasks' } as const;

/** A template that stops half the tasks, or what a test makes of it. */
export function template(
  changes: Partial<FisExperimentTemplateProps> = {},
  stack: Stack = stagingStack(),
  id = 'Template',
): FisExperimentTemplate {
  return new FisExperimentTemplate(stack, id, {
    description: 'half the tasks stop',
    environmentTag,
    targets: { tasks },
    actions: { stop: stopTasks },
    stopConditions: [errorAlarm(stack, `${id}Errors`)],
    ...changes,
  });
}

const propertiesSchema = z.record(z.string(), z.unknown());

/** The properties of the only FIS template of a stack. */
export function fisProperties(stack: Stack): Record<string, unknown> {
  const [resource] = Object.values(Template.fromStack(stack).findResources('AWS::FIS::ExperimentTemplate'));
  return propertiesSchema.parse(propertiesSchema.parse(resource)['Properties']);
}

/** The problems that a template is refused for, as `code path`, with the words of each. */
export function refusalOf(act: () => unknown): SteadfastError {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof SteadfastError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was refused');
}

/** The problems that a template is refused for, as `code path`. */
export const problemsOf = (act: () => unknown): string[] =>
  refusalOf(act).problems.map(({ code, path }) => `${code} ${path.join('.')}`);
