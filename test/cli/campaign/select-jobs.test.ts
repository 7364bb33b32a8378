import { describe, expect, it } from 'vitest';
import { dispatcherOf, selectJobs } from '../../../lib/cli/campaign/select-jobs.ts';
import { loadProject } from '../../../lib/definitions/project.ts';
import { temporaryProject } from '../../definitions/temporary-project.ts';
import { containing } from '../../fakes/matching.ts';
import { slowDatabase, staging } from '../../plan/examples.ts';

const inStaging = { ...slowDatabase, lab: undefined, environments: { staging: {} } };

const projectOf = (files: Readonly<Record<string, unknown>> = {}) =>
  loadProject(
    temporaryProject({
      'experiments/slow-database.json': inStaging,
      'experiments/environments/staging.json': staging,
      ...files,
    }),
  );

async function selected(
  asked: { readonly environments?: readonly string[]; readonly experiments?: readonly string[] },
  files: Readonly<Record<string, unknown>> = {},
) {
  const { environments, experiments } = asked;
  const fromMs = Date.parse('2026-05-01T00:00:00.000Z');
  const times = { fromMs, untilMs: fromMs + 86_400_000 };
  return selectJobs(await projectOf(files), { environments, experiments, ...times });
}

describe('what a campaign is planned from', () => {
  it('is every deployment of the project, or those that are asked for', async () => {
    const files = {
      'experiments/other.json': { ...inStaging, id: 'other' },
      'experiments/in-lab.json': { ...inStaging, id: 'in-lab', environments: {} },
    };
    const ids = async (...asked: Parameters<typeof selected>) =>
      (await selected(...asked)).jobs.map(({ experiment }) => experiment);
    expect((await ids({}, files)).toSorted()).toEqual(['other', 'slow-database']);
    expect(await ids({ experiments: ['other'], environments: ['staging'] }, files)).toEqual(['other']);
    await expect(selected({ experiments: ['in-lab'] }, files)).rejects.toMatchObject({
      code: 'invalid',
      message: containing('there is nothing to plan'),
    });
  });

  it.each([
    [{ environments: ['stagin'] }, "there is no environment 'stagin'", "did you mean 'staging'?"],
    [{ experiments: ['elsewhere'] }, "there is no experiment 'elsewhere'", 'there are: slow-database'],
  ])('is refused for a name that nothing has: %j', async (asked, message, hint) => {
    await expect(selected(asked)).rejects.toMatchObject({ code: 'unknown-id', message, hint });
  });

  it('is refused with what is wrong, where what is asked for is not valid', async () => {
    const files = { 'experiments/odd.json': { ...inStaging, id: 'odd', stages: [] } };
    await expect(selected({ experiments: ['odd'] }, files)).rejects.toMatchObject({
      code: 'invalid',
      message: "the experiment 'odd' is not valid",
      problems: [{ path: ['stages'] }],
    });
    const nothing = { 'experiments/slow-database.json': { ...inStaging, stages: [] } };
    await expect(selected({ experiments: ['other'] }, nothing)).rejects.toMatchObject({
      hint: 'there are: none',
    });
  });

  it('is refused where an experiment cannot run', async () => {
    const files = { 'experiments/other.json': { ...inStaging, id: 'other', guards: ['nobody'] } };
    await expect(selected({}, files)).rejects.toMatchObject({
      code: 'invalid',
      message: 'experiments cannot run where they are to',
    });
  });
});

describe('who dispatches for environments that share their places', () => {
  const twins = {
    'experiments/environments/staging.json': { ...staging, dispatches: ['twin'] },
    'experiments/environments/twin.json': {
      ...staging,
      id: 'twin',
      tag: { key: 'Env', value: 'twin' },
      owns: { clusters: ['twin'] },
    },
    'experiments/slow-database.json': { ...inStaging, environments: { staging: {}, twin: {} } },
  };

  it('is the one that may start what the others have', async () => {
    const { environments } = await selected({}, twins);
    expect(environments.map(({ id }) => id)).toEqual(['staging', 'twin']);
    expect(dispatcherOf(await projectOf(twins), environments)).toBe('staging');
  });

  it('is nobody where none may', async () => {
    const files = { ...twins, 'experiments/environments/staging.json': staging };
    const { environments } = await selected({}, files);
    const project = await projectOf(files);
    expect(() => dispatcherOf(project, environments)).toThrow(
      'staging and twin share the places of 111111111111 eu-west-1, and none of them dispatches',
    );
  });
});
