import { Stack } from 'aws-cdk-lib';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { loadProject } from '../../lib/definitions/project.ts';
import { slowDatabase } from '../plan/examples.ts';
import { aslProblemsOf } from './asl-problems.ts';
import { fullEnvironment } from './full-environment.ts';
import { nagFindings } from './nag-findings.ts';
import previousCore from './previous/core-0.1.0.json' with { type: 'json' };
import { readableTemplate } from './readable-template.ts';
import { schemaProblems } from './schema-problems.ts';
import { type CloudFormation, type Synthesis, synthesizeApp, templateSchema } from './synthesis.ts';
import { definitionsIn } from './synthesized.ts';
import { upgradeProblems } from './upgrade-problems.ts';

const project = await loadProject(process.cwd());
const experiments = project.experiments.map(({ definition }) => definition);
const gameDays = project.gameDays.map(({ definition }) => definition);
const environments = project.environments.map(({ definition }) => definition);

const scheduled = {
  ...slowDatabase,
  environments: {
    staging: { schedule: 'cron(0 2 ? * WED *)', timeZone: 'Europe/Dublin', flexibleWindow: '15m' },
  },
} as const;

/** Synthesized once, and looked at by every test of this file. */
const examples = environments.map(({ id }) =>
  named(`the example ${id}`, { experiments, environments, gameDays, environmentId: id }),
);
const all = [
  ...examples,
  named('an environment that declares everything', {
    experiments: [scheduled],
    environments: [fullEnvironment],
  }),
];

function named(name: string, synthesis: Synthesis) {
  const { app, findings, stacks } = synthesizeApp(synthesis);
  const templates = [...stacks].map(([stackName, { template }]) => ({ stackName, template }));
  return { name, app, findings, templates };
}

/** The most that AWS takes (CloudFormation and Step Functions quotas). */
const largest = { templateBytes: 1_000_000, definitionBytes: 1_000_000, resources: 500 };

describe('the stacks of a whole environment', () => {
  it.each(all)("leave cdk-nag's AwsSolutions without an open finding: $name", ({ app }) => {
    expect(nagFindings(app)).toEqual([]);
  });

  it.each(all)("fit CloudFormation's own schemas: $name", ({ templates }) => {
    expect(templates.flatMap(({ template }) => schemaProblems(template))).toEqual([]);
  });

  it.each(all)("pass CDK's validation, which knows patterns and ranges too: $name", ({ findings }) => {
    expect(findings).toEqual([]);
  });

  it.each(all)('have state machines that the ASL validator accepts: $name', ({ templates }) => {
    const definitions = templates.flatMap(({ template }) => definitionsIn(template));
    expect(definitions.length).toBeGreaterThanOrEqual(2);
    expect(definitions.flatMap(aslProblemsOf)).toEqual([]);
  });

  it.each(all)('stay below what AWS takes: $name', ({ templates }) => {
    for (const { template } of templates) {
      expect(JSON.stringify(template).length).toBeLessThan(largest.templateBytes);
      expect(Object.keys(template.Resources).length).toBeLessThan(largest.resources);
      for (const definition of definitionsIn(template))
        expect(JSON.stringify(definition).length).toBeLessThan(largest.definitionBytes);
    }
  });

  it.each(all)('keep every log for three months: $name', ({ templates }) => {
    for (const { RetentionInDays } of logGroupsOf(templates)) expect(RetentionInDays).toBe(90);
  });

  it.each(all)(
    'share one log group among all state machines, whose deliveries are few: $name',
    ({ templates }) => {
      const names = logGroupsOf(templates).map(({ LogGroupName }) => LogGroupName);
      expect(names.filter((name) => String(name).startsWith('/aws/vendedlogs/states/'))).toHaveLength(1);
    },
  );
});

const logGroupsOf = (templates: readonly { readonly template: CloudFormation }[]) =>
  templates.flatMap(({ template }) =>
    Object.values(template.Resources).flatMap(({ Type, Properties }) =>
      Type === 'AWS::Logs::LogGroup' ? [Properties] : [],
    ),
  );

const exampleStaging = examples.find(({ name }) => name === 'the example staging')?.templates ?? [];

describe('the example staging', () => {
  it('is a core, a runner, experiments and game days', () => {
    expect(exampleStaging.length).toBeGreaterThanOrEqual(4);
  });

  it.each(exampleStaging)('is as it was recorded: $stackName', async ({ stackName, template }) => {
    await expect(readableTemplate(template)).toMatchFileSnapshot(`__snapshots__/${stackName}.yaml`);
  });
});

describe('an upgrade of the example staging from the previous version', () => {
  const previous = templateSchema.parse(previousCore);
  const next = exampleStaging.find(({ stackName }) => stackName === 'steadfast-staging-core')?.template;

  it('keeps every resource that holds data: none is deleted, none replaced', () => {
    // What is under the topic's key is on its way; nothing that is kept is.
    expect(upgradeProblems({ previous, next: next ?? { Resources: {} } }, ['AWS::KMS::Key'])).toEqual([]);
  });

  it('keeps the parameters that other apps read', () => {
    const parametersOf = (template: CloudFormation | undefined) =>
      Object.values(template?.Resources ?? {}).flatMap(({ Type, Properties }) =>
        Type === 'AWS::SSM::Parameter' ? [[Properties['Name'], Properties['Value']]] : [],
      );
    expect(parametersOf(previous)).toHaveLength(4);
    expect(parametersOf(next)).toEqual(expect.arrayContaining(parametersOf(previous)));
  });
});

describe('what is wrong in an app', () => {
  it('is found by cdk-nag, with the construct', () => {
    const { app } = synthesizeApp({
      change: (changed) => void new Queue(new Stack(changed, 'Hand'), 'Open'),
    });
    expect(nagFindings(app)).toEqual([
      'AwsSolutions-SQS3 Hand/Open/Resource',
      'AwsSolutions-SQS4 Hand/Open/Resource',
    ]);
  });

  it("is found by CDK's validation, with the value", () => {
    // CDK tells of it there too.
    const told = vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => told.mockRestore());
    const { findings } = synthesizeApp({
      change: (changed) => void new CfnLogGroup(new Stack(changed, 'Hand'), 'Odd', { retentionInDays: 91 }),
    });
    expect(findings).toEqual([expect.stringContaining('RetentionInDays: 91 is not one of')]);
  });
});
