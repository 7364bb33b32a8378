import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { loadProject } from '../../lib/definitions/project.ts';
import { planTargetOfEnvironment } from '../../lib/plan/environment-target.ts';
import { planExperiment } from '../../lib/plan/plan-experiment.ts';
import { runnerInputSchema } from '../../lib/plan/runner-input.ts';
import { trespass } from '../../lib/run/ownership.ts';

/** The tags that a query asks for. */
const tagsOf = (query: object | undefined): Record<string, string> =>
  z.object({ tags: z.record(z.string(), z.string()) }).safeParse(query).data?.tags ?? {};

const project = await loadProject(process.cwd());

const deployed = project.environments.flatMap((environment) =>
  project.experiments
    .filter((experiment) => experiment.parsed.environments?.[environment.id] !== undefined)
    .map((experiment) => ({ environment, experiment, name: `${experiment.id} in ${environment.id}` })),
);

/** Those whose faults hit tasks: a task's ARN tells its cluster. */
const onTasks = deployed.filter(({ experiment }) =>
  Object.values(experiment.parsed.faults).every(({ action }) => action.startsWith('aws:ecs:')),
);

describe('the example environments', () => {
  it('have experiments deployed to each', () => {
    expect(new Set(deployed.map(({ environment }) => environment.id))).toEqual(
      new Set(project.environments.map(({ id }) => id)),
    );
  });

  it.each(onTasks)('let the tasks of their own cluster be touched: $name', ({ environment, experiment }) => {
    const target = planTargetOfEnvironment(environment.definition, environment.parsed);
    const { input } = planExperiment({
      definition: experiment.definition,
      experiment: experiment.parsed,
      target,
      seed: 1,
      templateId: (stage) => `EXT${stage}`,
    });
    const { account, region, services } = environment.parsed;
    const task = (cluster: string) => ({
      fault: input.selects[0]?.fault ?? '',
      id: `arn:aws:ecs:${region}:${account}:task/${cluster}/0123456789abcdef0123456789abcdef`,
      tags: tagsOf(input.selects[0]),
    });
    const cluster = services['shop']?.ecs?.cluster ?? '';
    const read = runnerInputSchema.parse(input);
    expect(trespass(task(cluster), read)).toBeUndefined();
    expect(trespass(task('another-cluster'), read)).toContain('does not own');
  });
});
