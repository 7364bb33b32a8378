import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import cdkJson from '../../cdk.json' with { type: 'json' };
import { buildApp } from '../../lib/cdk/build-app.ts';
import { bundleNames, bundlesIn } from '../../lib/cdk/handler-bundles.ts';
import { type EnvironmentDefinition, environmentSchema } from '../../lib/experiment/environment.ts';
import { type ExperimentDefinition, experimentSchema } from '../../lib/experiment/experiment.ts';
import { type GameDayDefinition, gameDaySchema } from '../../lib/experiment/game-day.ts';
import { slowDatabase, staging } from '../plan/examples.ts';

/** What a test synthesizes; the examples where it says nothing. */
export interface Synthesis {
  readonly experiments?: readonly ExperimentDefinition[];
  readonly environments?: readonly EnvironmentDefinition[];
  readonly gameDays?: readonly GameDayDefinition[];
  readonly environmentId?: string | undefined;
  /** CDK's feature flags; by default what cdk.json sets. */
  readonly flags?: Readonly<Record<string, unknown>>;
  /** Besides the flags. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** What a user's app does to the whole before it is synthesized. */
  readonly change?: (app: App) => void;
}

export const templateSchema = z.looseObject({
  Resources: z.record(
    z.string(),
    z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
});

export type CloudFormation = z.output<typeof templateSchema>;

const reportSchema = z.looseObject({
  pluginReports: z.array(
    z.looseObject({
      violations: z.array(z.looseObject({ ruleName: z.string(), description: z.string() })),
    }),
  ),
});

/** What a stack is deployed as. */
export interface SynthesizedStack {
  readonly template: CloudFormation;
  /** Those that CloudFormation passes on to every resource. */
  readonly tags: Readonly<Record<string, string>>;
  /** Whether CloudFormation refuses to delete it until somebody lifts the protection. */
  readonly isProtected: boolean;
}

/** An app after its synthesis. */
export interface Synthesized {
  /** Its constructs, for those who look at them instead of templates. */
  readonly app: App;
  /** All stacks by name. */
  readonly stacks: ReadonlyMap<string, SynthesizedStack>;
  /** What CDK's own validation of templates, and the fence, had to say. */
  readonly findings: readonly string[];
}

/** The templates of all stacks by name. */
export const synthesize = (synthesis: Synthesis = {}): ReadonlyMap<string, CloudFormation> =>
  new Map([...synthesizeStacks(synthesis)].map(([name, { template }]) => [name, template]));

/** All stacks by name. */
export const synthesizeStacks = (synthesis: Synthesis = {}): ReadonlyMap<string, SynthesizedStack> =>
  synthesizeApp(synthesis).stacks;

/** A whole app. Handlers are stand-ins: what is in them does not matter to a template. */
export function synthesizeApp(synthesis: Synthesis = {}): Synthesized {
  const { experiments = [slowDatabase], environments = [staging], context, change } = synthesis;
  const { flags = cdkJson.context, gameDays = [] } = synthesis;
  const environmentId = 'environmentId' in synthesis ? synthesis.environmentId : environments[0]?.id;
  const folder = mkdtempSync(join(tmpdir(), 'steadfast-synthesis-'));
  try {
    const app = new App({
      outdir: join(folder, 'out'),
      context: { ...flags, ...context },
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
        gameDays: gameDays.map((definition) => ({ definition, parsed: gameDaySchema.parse(definition) })),
      },
      handlers: () => standIns(join(folder, 'handlers')),
    });
    change?.(app);
    const { stacks, directory } = app.synth();
    const report: unknown = JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8'));
    return {
      app,
      stacks: new Map(
        stacks.map(({ stackName, template, tags, terminationProtection = false }) => [
          stackName,
          { template: templateSchema.parse(template), tags, isProtected: terminationProtection },
        ]),
      ),
      findings: reportSchema
        .parse(report)
        .pluginReports.flatMap(({ violations }) =>
          violations.map(({ ruleName, description }) => `${ruleName}: ${description}`),
        ),
    };
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
  for (const name of bundleNames) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'index.mjs'), 'export const handler = async () => ({});\n');
  }
  return bundlesIn(folder);
}
