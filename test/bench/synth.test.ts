import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { addEnvironment, createApp, standInHandlers } from '../../bench/synth/app.ts';
import { addPlainStacks } from '../../bench/synth/plain.ts';
import { definitions, environment } from '../../bench/synth/workload.ts';
import { writtenByHand } from '../../bench/synth/written.ts';

const templateSchema = z.looseObject({
  Resources: z.record(z.string(), z.looseObject({ Type: z.string(), Properties: z.unknown() })),
});

/** The resources of the stacks of experiments, without what differs by who made them: ids of constructs, and how to delete them. */
function resourcesOf(
  build: (app: App, folder: string) => void,
): { stack: string; type: string; is: unknown }[] {
  const folder = mkdtempSync(join(tmpdir(), 'steadfast-bench-synth-'));
  try {
    const app = createApp(folder);
    build(app, folder);
    return (
      app
        .synth()
        .stacks.filter(({ stackName }) => stackName.includes('-experiments-'))
        .flatMap(({ stackName, template }) =>
          Object.values(templateSchema.parse(template).Resources).map(({ Type, Properties }) => ({
            stack: stackName,
            type: Type,
            is: Properties,
          })),
        )
        // Only what there is counts, not the order in which it was made.
        .toSorted((a, b) => `${a.stack} ${a.type}`.localeCompare(`${b.stack} ${b.type}`))
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('the benchmark of synthesis', () => {
  it('compares with resources that are the same to the last property', () => {
    const experiments = definitions(30);
    const own = resourcesOf((app, folder) => addEnvironment(app, experiments, standInHandlers(folder)));
    const byHand = resourcesOf((app, folder) => {
      addEnvironment(app, [], standInHandlers(folder));
      addPlainStacks(app, experiments.map(writtenByHand));
    });
    expect(byHand).toEqual(own);
    const types = Object.groupBy(own, ({ type }) => type);
    expect(Object.keys(types).toSorted()).toEqual([
      'AWS::FIS::ExperimentTemplate',
      'AWS::IAM::Role',
      'AWS::Scheduler::Schedule',
      'AWS::StepFunctions::StateMachine',
      'Custom::SteadfastEndRunsFirst',
    ]);
    const stacks = new Set(own.map(({ stack }) => stack)).size;
    expect(stacks).toBe(2);
    for (const [type, resources] of Object.entries(types))
      expect(resources).toHaveLength(type.startsWith('Custom::') ? stacks : 30);
  });

  it('asks for experiments of different faults in an environment with more than one of them needs', () => {
    const actions = definitions(8).flatMap(({ faults }) => Object.values(faults).map(({ action }) => action));
    expect(new Set(actions).size).toBe(4);
    expect(Object.keys(environment.services)).toHaveLength(20);
  });
});
