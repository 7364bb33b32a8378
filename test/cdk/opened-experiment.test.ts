import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { ExperimentDefinition } from '../../lib/experiment/experiment.ts';
import { staging } from '../plan/examples.ts';
import { openDatabase } from '../plan/opened.ts';
import { type CloudFormation, synthesize, templateNamed } from './synthesis.ts';

const templateSchema = z.looseObject({
  Tags: z.looseObject({ Name: z.string() }),
  Actions: z.record(z.string(), z.looseObject({ Parameters: z.record(z.string(), z.string()).optional() })),
});

let stack: CloudFormation;

beforeAll(() => {
  const experiment: ExperimentDefinition = {
    ...openDatabase,
    opens: { ...openDatabase.opens, delay: ['500ms', '1s'] },
    stages: [{ share: 'one', duration: '2m' }],
    environments: { staging: {} },
  };
  stack = templateNamed(
    synthesize({ experiments: [experiment], environments: [staging] }),
    'steadfast-staging-experiments-team-shop',
  );
}, 60_000);

describe('an experiment that opens something, once it is deployed', () => {
  it('has templates of its own for every combination, all of them within the fence', () => {
    const templates = Object.entries(stack.Resources).flatMap(([id, { Type: type, Properties }]) =>
      type === 'AWS::FIS::ExperimentTemplate' ? [{ id, ...templateSchema.parse(Properties) }] : [],
    );
    const delays = templates.map(({ Tags, Actions }) => [
      Tags.Name.replace('steadfast-staging-slow-database-', ''),
      ...['delayMilliseconds', 'jitterMilliseconds'].map((name) => Actions['slow']?.Parameters?.[name]),
    ]);
    expect(delays.toSorted((a, b) => String(a[0]).localeCompare(String(b[0])))).toEqual([
      ['1', '500', '0'],
      ['1-variant-2', '1000', '0'],
      ['1-variant-3', '500', '100'],
      ['1-variant-4', '1000', '100'],
    ]);
    // Each is in the launcher, so that it can be started.
    const launcher = JSON.stringify(
      Object.values(stack.Resources).find(({ Type: type }) => type === 'AWS::StepFunctions::StateMachine'),
    );
    expect(templates.filter(({ id }) => !launcher.includes(id))).toEqual([]);
  });
});
