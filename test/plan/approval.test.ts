import { describe, expect, it } from 'vitest';
import { problemsOfIssues } from '../../lib/definitions/problems-of-issues.ts';
import { environmentSchema } from '../../lib/experiment/environment.ts';
import { experimentSchema } from '../../lib/experiment/experiment.ts';
import { containing } from '../fakes/matching.ts';
import { environmentTarget, planOf, slowDatabase, staging } from './examples.ts';

const minute = 60_000;

/** How long a run waits where both may ask for it. */
const waitOf = (environment: object, deployment: object): number | undefined =>
  planOf(
    { ...slowDatabase, environments: { staging: deployment } },
    environmentTarget({ ...staging, ...environment }),
  ).input.approval?.withinMs;

describe('the approval of a run', () => {
  it.each([
    ['asked for by nobody', {}, {}, undefined],
    ['asked for by the environment', { approval: true }, {}, 60 * minute],
    ['asked for by the environment, for so long', { approval: { within: '2h' } }, {}, 120 * minute],
    ['asked for by its own deployment', {}, { approval: { within: '30m' } }, 30 * minute],
    ['shortened by its own deployment', { approval: true }, { approval: { within: '30m' } }, 30 * minute],
    [
      'never prolonged by its own deployment',
      { approval: true },
      { approval: { within: '4h' } },
      60 * minute,
    ],
  ])('is %s', (_, environment, deployment, withinMs) => {
    expect(waitOf(environment, deployment)).toBe(withinMs);
  });

  it.each([
    [{ within: '0s' }, 'approval.within', "'0s' is no duration above 0"],
    [{ within: '5h' }, 'approval.within', "'5h' is longer than 4h, the longest that a run waits"],
    [false, 'approval', 'false takes nothing back: write true'],
    ['yes', 'approval', "'yes' is no approval: write true"],
  ])('is refused with what is wrong and where: %j', (approval, path, message) => {
    const environment = { ...staging, approval };
    const issues = environmentSchema.safeParse(environment).error?.issues ?? [];
    const [problem, ...others] = problemsOfIssues('environment', environment, issues);
    expect(others).toEqual([]);
    expect([problem?.path.join('.'), problem?.message]).toEqual([path, containing(message)]);

    const experiment = { ...slowDatabase, environments: { staging: { approval } } };
    const found = experimentSchema.safeParse(experiment).error?.issues ?? [];
    expect(problemsOfIssues('experiment', experiment, found).map((one) => one.path.join('.'))).toEqual([
      `environments.staging.${path}`,
    ]);
  });
});
