import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, type Environment, Stack, Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import * as z from 'zod';
import type { FenceOptions } from '../../../lib/cdk/fence/fence-options.ts';
import { SteadfastFence } from '../../../lib/cdk/fence/steadfast-fence.ts';

export const place = { account: '111111111111', region: 'eu-west-1' };
export const alarmArn = 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:errors';
export const stopOn = (value: unknown) => ({ Source: 'aws:cloudwatch:alarm', Value: value });

/** A variable in a text that CloudFormation substitutes. */
export const variable = (name: string) => `\${${name}}`;

/** A target and an action that nothing is wrong with. */
export const tasks = {
  ResourceType: 'aws:ecs:task',
  SelectionMode: 'ALL',
  ResourceTags: { Env: 'staging' },
};
export const stop = { ActionId: 'aws:ecs:stop-task', Targets: { Tasks: 'tasks' } };

/** A template that nothing is wrong with, in CloudFormation's own words. */
const good = {
  Description: 'by hand',
  RoleArn: 'arn:aws:iam::111111111111:role/by-hand',
  Targets: { tasks },
  Actions: { stop },
  StopConditions: [stopOn(alarmArn)],
};

/** Puts a template that somebody wrote by hand into a stack. */
export const byHand = (scope: Construct, id: string, properties: object = {}) =>
  new CfnResource(scope, id, {
    type: 'AWS::FIS::ExperimentTemplate',
    properties: { ...good, ...properties },
  });

export interface Refusal {
  readonly rule: string;
  /** The path of the construct. */
  readonly construct: string;
  /** Where in the resource. */
  readonly at: string | undefined;
  readonly message: string;
  readonly fix: string | undefined;
}

const reportSchema = z.looseObject({
  pluginReports: z.array(
    z.looseObject({
      violations: z.array(
        z.looseObject({
          ruleName: z.string(),
          description: z.string(),
          suggestedFix: z.string().optional(),
          violatingConstructs: z.array(
            z.looseObject({
              constructPath: z.string(),
              cloudFormationResource: z.looseObject({ propertyPaths: z.array(z.string()) }),
            }),
          ),
        }),
      ),
    }),
  ),
});

/**
 * What the fence says when an app is synthesized, and the error that ends the synthesis. The report is CDK's own, so that paths are
 * those that people see.
 */
export function fenced(
  build: (app: App) => void,
  options: FenceOptions | (() => FenceOptions) = { tag: { key: 'Env', value: 'staging' } },
): { readonly refusals: readonly Refusal[]; readonly error: string | undefined } {
  const outdir = mkdtempSync(join(tmpdir(), 'steadfast-fence-'));
  try {
    const app = new App({ outdir, analyticsReporting: false, builtinCloudFormationValidation: false });
    build(app);
    // Asked for only now, since options may name what has just been built.
    const given = typeof options === 'function' ? options() : options;
    Validations.of(app).addPlugins(new SteadfastFence(given));
    const error = endOf(app);
    return { refusals: error === undefined ? [] : refusalsIn(join(outdir, 'validation-report.json')), error };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function endOf(app: App): string | undefined {
  try {
    app.synth();
    return undefined;
  } catch (thrown) {
    return String(thrown);
  }
}

const refusalsIn = (file: string): Refusal[] =>
  reportSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).pluginReports.flatMap(({ violations }) =>
    violations.flatMap(({ ruleName, description, suggestedFix, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath, cloudFormationResource }) => ({
        rule: ruleName,
        construct: constructPath,
        at: cloudFormationResource.propertyPaths[0],
        message: description,
        fix: suggestedFix,
      })),
    ),
  );

/** What the fence says of one template in a stack, as `rule where`, which is what most tests compare. */
export const refusalsOf = (
  properties: object,
  options?: FenceOptions,
  env: Environment = place,
): readonly string[] =>
  fenced((app) => {
    byHand(new Stack(app, 'Hand', { env }), 'Template', properties);
  }, options).refusals.map(({ rule, at }) => `${rule} ${at}`);
