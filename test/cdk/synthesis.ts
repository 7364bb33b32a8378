import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import cdkJson from '../../cdk.json' with { type: 'json' };
import { buildApp } from '../../lib/cdk/build-app.ts';
import { bundlesIn, handlerNames } from '../../lib/cdk/handler-bundles.ts';
import { type EnvironmentDefinition, environmentSchema } from '../../lib/experiment/environment.ts';
import { type ExperimentDefinition, experimentSchema } from '../../lib/experiment/experiment.ts';
import { slowDatabase, staging } from '../plan/examples.ts';

/** What a test synthesizes; the examples where it says nothing. */
export interface Synthesis {
  readonly experiments?: readonly ExperimentDefinition[];
  readonly environments?: readonly EnvironmentDefinition[];
  readonly environmentId?: string | undefined;
  /** Besides what cdk.json sets. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** What a user's app does to the whole before it is synthesized. */
  readonly change?: (app: App) => void;
}

const templateSchema = z.looseObject({
  Resources: z.record(
    z.string(),
    z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
});

export type CloudFormation = z.output<typeof templateSchema>;

/** The templates of all stacks by name. */
export const synthesize = (synthesis: Synthesis = {}): ReadonlyMap<string, CloudFormation> =>
  new Map([...synthesizeStacks(synthesis)].map(([name, { template }]) => [name, template]));

/** What a stack is deployed as. */
export interface SynthesizedStack {
  readonly template: CloudFormation;
  /** Those that CloudFormation passes on to every resource. */
  readonly tags: Readonly<Record<string, string>>;
}

/** All stacks by name. Handlers are stand-ins: what is in them does not matter to a template. */
export function synthesizeStacks(synthesis: Synthesis = {}): ReadonlyMap<string, SynthesizedStack> {
  const { experiments = [slowDatabase], environments = [staging], context, change } = synthesis;
  const environmentId = 'environmentId' in synthesis ? synthesis.environmentId : environments[0]?.id;
  const folder = mkdtempSync(join(tmpdir(), 'steadfast-synthesis-'));
  try {
    const app = new App({
      outdir: join(folder, 'out'),
      context: { ...cdkJson.context, ...context },
      analyticsReporting: false,
    });
    buildApp({
      app,
      environmentId,
      project: {
        experiments: experiments.map((definition) => ({
          definition,
          parsed: experimentSchema.parse(definition),
        })),
        environments: environments.map((definition) => ({
          definition,
          parsed: environmentSchema.parse(definition),
        })),
      },
      handlers: () => standIns(join(folder, 'handlers')),
    });
    change?.(app);
    const { stacks } = app.synth();
    return new Map(
      stacks.map(({ stackName, template, tags }) => [
        stackName,
        { template: templateSchema.parse(template), tags },
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One stack's template, for CDK's own assertions. */
export function assertable(stacks: ReadonlyMap<string, CloudFormation>, name: string): Template {
  return Template.fromJSON(templateNamed(stacks, name));
}

export function templateNamed(stacks: ReadonlyMap<string, CloudFormation>, name: string): CloudFormation {
  const template = stacks.get(name);
  if (template === undefined)
    throw new Error(`no stack is called ${name}: there are ${[...stacks.keys()].join(', ')}`);
  return template;
}

function standIns(folder: string) {
  for (const name of handlerNames) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'index.mjs'), 'export const handler = async () => ({});\n');
  }
  return bundlesIn(folder);
}
