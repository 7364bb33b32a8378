import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { SteadfastError } from '../../lib/experiment/steadfast-error.ts';
import { slowDatabase, staging, stopTasks } from '../plan/examples.ts';
import { aslProblemsOf } from './asl-problems.ts';
import { type CloudFormation, synthesize } from './synthesis.ts';
import { definitionsIn } from './synthesized.ts';

const fisTemplate = z.looseObject({
  Targets: z.record(z.string(), z.looseObject({ ResourceTags: z.record(z.string(), z.string()) })),
  StopConditions: z.array(z.object({ Source: z.string(), Value: z.string() })),
});

describe('the stacks of one environment', () => {
  let stacks: ReadonlyMap<string, CloudFormation>;

  beforeAll(() => {
    const ofOthers = { ...stopTasks, id: 'others', owner: 'team-cart' };
    const elsewhere = { ...stopTasks, id: 'elsewhere', owner: 'team-cart', environments: { production: {} } };
    stacks = synthesize({ experiments: [slowDatabase, stopTasks, ofOthers, elsewhere] });
  });

  const resources = (type: string) =>
    [...stacks.values()].flatMap(({ Resources }) =>
      Object.values(Resources).filter((resource) => resource.Type === type),
    );

  it('are a core, a runner, and the experiments of each owner', () => {
    expect([...stacks.keys()]).toEqual([
      'steadfast-staging-core',
      'steadfast-staging-runner',
      'steadfast-staging-experiments-team-cart',
      'steadfast-staging-experiments-team-shop',
    ]);
  });

  it('hold a launcher for each experiment that names the environment, and for no other', () => {
    const names = resources('AWS::StepFunctions::StateMachine').map(
      ({ Properties }) => Properties['StateMachineName'],
    );
    expect(names).toEqual([
      'steadfast-halt-staging',
      'steadfast-runner-staging',
      'steadfast-dispatcher-staging',
      'steadfast-staging-others',
      'steadfast-staging-slow-database',
      'steadfast-staging-stop-tasks',
    ]);
  });

  it('have the environment tag on every FIS target', () => {
    const targets = resources('AWS::FIS::ExperimentTemplate').flatMap(({ Properties }) =>
      Object.values(fisTemplate.parse(Properties).Targets),
    );
    expect(targets).toHaveLength(9);
    for (const { ResourceTags } of targets) expect(ResourceTags).toMatchObject({ Env: 'staging' });
  });

  it("stop every FIS template on the alarm of the environment's guard", () => {
    for (const { Properties } of resources('AWS::FIS::ExperimentTemplate')) {
      expect(fisTemplate.parse(Properties).StopConditions).toEqual([
        {
          Source: 'aws:cloudwatch:alarm',
          Value: 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:steadfast-staging-shopErrors',
        },
      ]);
    }
  });

  it('depend on each other by names alone', () => {
    const all = JSON.stringify([...stacks.values()]);
    expect(all).not.toContain('Fn::ImportValue');
    expect(all).not.toContain('"Export"');
  });

  it('hold state machines that the ASL validator accepts', () => {
    const definitions = [...stacks.values()].flatMap(definitionsIn);
    expect(definitions).toHaveLength(6);
    for (const definition of definitions) {
      expect(aslProblemsOf(definition)).toEqual([]);
    }
  });
});

describe('an app that cannot be', () => {
  it.each([
    ['names no environment', undefined, 'usage'],
    ['names an environment that is not there', 'stagin', 'unknown-id'],
  ])('%s is refused with those that are known', (_, environmentId, code) => {
    expect(refusalOf(() => synthesize({ environmentId }))).toMatchObject({
      code,
      hint: 'name one of them with -c env=NAME: staging',
    });
  });

  it('is refused with the problems of all experiments at once', () => {
    const first = { ...slowDatabase, guards: ['nobody'] };
    const second = {
      ...stopTasks,
      faults: { stop: { ...stopTasks.faults.stop, selector: { tags: { Env: 'production' } } } },
    };
    const refusal = refusalOf(() => synthesize({ experiments: [first, second] }));
    expect(refusal?.problems.map(({ file, code }) => `${file} ${code}`)).toEqual([
      'slow-database unknown-name',
      'stop-tasks environment-tag',
      'stop-tasks selects-everything',
    ]);
  });

  it('needs more FIS templates than an account holds: refused with all other problems', () => {
    const stages = Array.from({ length: 501 }, () => ({ share: 'one', duration: '1m' }) as const);
    const refusal = refusalOf(() =>
      synthesize({ experiments: [{ ...slowDatabase, stages, guards: ['nobody'] }] }),
    );
    expect(refusal?.problems.map(({ code }) => code)).toEqual([
      'unknown-name',
      'too-long-run',
      'too-many-templates',
    ]);
  });

  it('puts more into one stack than CloudFormation takes', () => {
    const stages = Array.from({ length: 20 }, () => ({ share: 'one', duration: '1m' }) as const);
    const experiments = Array.from({ length: 23 }, (_, index) => ({
      ...slowDatabase,
      id: `experiment-${index}`,
      stages,
    }));
    expect(refusalOf(() => synthesize({ experiments }))?.problems).toEqual([
      expect.objectContaining({
        code: 'full-stack',
        hint: 'give some of them another owner, such as team-shop-2: it takes 2 owners to hold them all',
      }),
    ]);
  });

  it('has an environment beside another whose names would run into its own', () => {
    const beside = { ...staging, id: 'staging-eu' };
    for (const environments of [
      [staging, beside],
      [beside, staging],
    ]) {
      const refusal = refusalOf(() => synthesize({ experiments: [], environments }));
      expect(refusal?.problems.map(({ code }) => code)).toEqual(['ambiguous-names']);
    }
    const elsewhere = { ...beside, region: 'eu-central-1' };
    expect(
      refusalOf(() => synthesize({ experiments: [], environments: [staging, elsewhere] })),
    ).toBeUndefined();
    const alike = { ...staging, id: 'staging2' };
    expect(refusalOf(() => synthesize({ experiments: [], environments: [staging, alike] }))).toBeUndefined();
  });

  it('has an environment without a guard', () => {
    expect(() => synthesize({ environments: [{ ...staging, guards: {} }] })).toThrow(
      /without a guard could not stop a fault/,
    );
  });

  it('has a selector that selects nothing', () => {
    const faults = { stop: { ...stopTasks.faults.stop, selector: {} } };
    expect(() => synthesize({ experiments: [{ ...stopTasks, faults }] })).toThrow(
      /selects everything in the environment/,
    );
  });
});

function refusalOf(act: () => unknown): SteadfastError | undefined {
  try {
    act();
    return undefined;
  } catch (thrown) {
    if (thrown instanceof SteadfastError) return thrown;
    throw thrown;
  }
}
