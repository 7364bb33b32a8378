import { expect, it } from 'vitest';
import { findGameDay, plannedGameDay, unknownGameDay } from '../../../lib/cli/game-day/find-game-day.ts';
import { loadProject } from '../../../lib/definitions/project.ts';
import { temporaryProject } from '../../definitions/temporary-project.ts';
import { containing, withFields } from '../../fakes/matching.ts';
import { slowDay } from '../../game-day/examples.ts';
import { shopLab, slowDatabase, staging } from '../../plan/examples.ts';

const { lab: _, ...nowhere } = slowDay;

const projectWith = (gameDay: unknown) =>
  loadProject(
    temporaryProject({
      'experiments/slow-database.json': slowDatabase,
      'experiments/environments/staging.json': staging,
      'experiments/labs/shop.json': shopLab,
      'experiments/game-days/slow-day.json': gameDay,
    }),
  );

const found = async (gameDay: unknown) => {
  const project = await projectWith(gameDay);
  const one = findGameDay('slow-day', project);
  if (one === undefined) throw new Error('the project has no such game day');
  return { project, one };
};

it('plans a game day for an environment that it names, and for its lab', async () => {
  const { project, one } = await found(slowDay);
  expect(plannedGameDay(one, project, 'staging')).toMatchObject({
    mode: 'aws',
    environment: { id: 'staging' },
  });
  expect(plannedGameDay(one, project, undefined)).toMatchObject({ mode: 'rehearsal' });
});

it.each([
  ['another environment', slowDay, 'prod', /does not take place in prod/, 'add prod to its environments'],
  ['no lab', nowhere, undefined, /has no lab/, '--env, one of staging'],
])('says why it cannot take place: %s', async (_what, gameDay, environment, message, hint) => {
  const { project, one } = await found(gameDay);
  expect(() => plannedGameDay(one, project, environment)).toThrow(message);
  expect(() => plannedGameDay(one, project, environment)).toThrow(withFields({ hint: containing(hint) }));
});

it('tells the problems of one that is not valid, and knows nothing of others', async () => {
  const project = await projectWith({ ...slowDay, stages: [] });
  expect(() => findGameDay('slow-day', project)).toThrow(/'slow-day' is not valid/);
  expect(findGameDay('another', project)).toBeUndefined();
});

it.each([
  ['slow-dya', ['slow-day'], "did you mean 'slow-day'?"],
  ['lunch', ['slow-day'], 'there are: slow-day'],
  ['lunch', [], 'there is none under experiments/game-days'],
])('helps whoever asks for %s', (id, known, hint) => {
  expect(unknownGameDay(id, known, 'in this project')).toMatchObject({ code: 'unknown-id', hint });
});
