import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { gameDayActCommand } from '../../../lib/cli/commands/gameday-act.ts';
import { gameDayAnswerCommand } from '../../../lib/cli/commands/gameday-answer.ts';
import { gameDayStatusCommand } from '../../../lib/cli/commands/gameday-status.ts';
import type { GameDayFlags } from '../../../lib/cli/game-day/open-game-day.ts';
import type { Command } from '../../../lib/game-day/command.ts';
import { startGameDayControl } from '../../../lib/rehearsal/game-day/control/start-control.ts';
import { gameDayFolders } from '../../../lib/rehearsal/game-day/files.ts';
import { temporaryProject } from '../../definitions/temporary-project.ts';
import { containing } from '../../fakes/matching.ts';
import { staging } from '../../plan/examples.ts';
import { createHeldWorld, edition } from '../../rehearsal/game-day/held-world.ts';
import { capturedIo } from '../captured-io.ts';
import { expectDocument } from '../documents/expect-document.ts';
import { deskHere } from '../game-day/desk-here.ts';

/** A project with an environment, in which a game day is rehearsed that other terminals reach. */
async function rehearsed() {
  const { live, folder } = await createHeldWorld();
  const root = temporaryProject({ 'experiments/environments/staging.json': staging });
  mkdirSync(dirname(gameDayFolders(root)), { recursive: true });
  symlinkSync(dirname(folder), gameDayFolders(root));
  const control = await startGameDayControl(live, { folder });
  onTestFinished(() => control.stop());
  return { live, io: () => capturedIo(root) };
}

it('holds a rehearsal on this machine by the same words, and asks nothing of AWS for it', async () => {
  const { live, io } = await rehearsed();
  const { at } = await deskHere();
  const olga = at('olga');
  const operator = { role: 'operator', as: 'Olga' } as const;
  for (const item of Object.keys(live.input.preBrief))
    await gameDayActCommand(io().io, { command: { do: 'check', item, done: true } }, operator, olga.outside);
  const propose = { command: { do: 'propose', proposal: { what: 'go' } } } as const;
  expect(await gameDayActCommand(io().io, propose, operator, olga.outside)).toBe(0);
  const onCall = { role: 'onCall', as: 'Carl' } as const;
  const carl = at('carl', { answers: ['yes'] });
  const answered = io();
  expect(await gameDayAnswerCommand(answered.io, 'approve', onCall, carl.outside)).toBe(0);
  expect(answered.out()).toContain(`npx steadfast gameday status ${edition}\n`);
  const shown = io();
  expect(await gameDayStatusCommand(shown.io, { edition }, carl.outside)).toBe(0);
  expect(shown.out()).toContain('a rehearsal');
  expect(shown.out()).toContain('Phase: experiment');
  expect([olga.choices, carl.choices]).toEqual([[], []]);
});

it('takes what is named with --env from there, and no claimed name', async () => {
  const { io } = await rehearsed();
  const { world, at } = await deskHere();
  await world.begin();
  const note = { command: { do: 'note', text: 'x' } } as const;
  const env = 'staging';
  expect(await gameDayActCommand(io().io, note, { env }, at('bea').outside)).toBe(0);
  expect((await world.entries()).at(-1)).toMatchObject({ kind: 'note', by: { proof: 'iam' } });
  await expect(
    gameDayActCommand(io().io, note, { env, as: 'Mallory' }, at('bea').outside),
  ).rejects.toMatchObject({ code: 'usage' });
});

it.each<[string, Command, string]>([
  ['an item that was seen to', { do: 'check', item: 'roles', done: true }, 'roles is seen to'],
  ['go', { do: 'propose', proposal: { what: 'go' } }, 'go is proposed'],
  ['a note', { do: 'note', text: 'paged' }, 'it is written down'],
  ['a pause', { do: 'pause' }, 'paused'],
  ['a halt', { do: 'halt' }, 'everything was halted'],
  ['the end of the experiment', { do: 'finish' }, 'finished'],
])('says in words that it is done, and what goes on then: %s', async (_, command, words) => {
  const { live, io } = await rehearsed();
  const outside = (await deskHere()).at('olga').outside;
  const operator = { role: 'operator', as: 'Olga' } as const;
  if (command.do === 'propose')
    for (const item of Object.keys(live.input.preBrief))
      await gameDayActCommand(io().io, { command: { do: 'check', item, done: true } }, operator, outside);
  const said = io();
  expect(await gameDayActCommand(said.io, { command }, operator, outside)).toBe(0);
  expect(said.out()).toContain(`: ${words}. ${live.view('operator').now}\nNext: `);
});

it('takes back what was seen to, resumes, and is one document for programs', async () => {
  const { io } = await rehearsed();
  const outside = (await deskHere()).at('olga').outside;
  const operator = { role: 'operator', as: 'Olga' } as const;
  const act = async (command: Command) => {
    const said = io();
    await gameDayActCommand(said.io, { command }, operator, outside);
    return said.out();
  };
  await act({ do: 'check', item: 'roles', done: true });
  expect(await act({ do: 'check', item: 'roles', done: false })).toContain(': roles is open again.');
  await act({ do: 'pause' });
  expect(await act({ do: 'resume' })).toContain(': resumed.');
  const json = io();
  await gameDayActCommand(
    json.io,
    { command: { do: 'note', text: 'x' } },
    { ...operator, json: true },
    outside,
  );
  expectDocument('gameday note', json.out());
  expect(JSON.parse(json.out())).toEqual({
    edition,
    command: { do: 'note', text: 'x' },
    phase: 'pre-brief',
    now: containing('The pre-brief'),
  });
});

it('lets anybody halt without saying in which role, and asks for one before anything else', async () => {
  const { live, io } = await rehearsed();
  const outside = (await deskHere()).at('olga').outside;
  await expect(gameDayActCommand(io().io, { command: { do: 'pause' } }, {}, outside)).rejects.toMatchObject({
    code: 'usage',
    hint: containing('--role'),
  });
  expect(await gameDayActCommand(io().io, { command: { do: 'halt' } }, { as: 'Olga' }, outside)).toBe(0);
  expect(live.view('observer').halted).toContain('Olga');
});

it('names the edition that is meant where one is misspelt, and guesses none', async () => {
  const { io } = await rehearsed();
  const outside = (await deskHere()).at('olga').outside;
  const look = (flags: GameDayFlags) =>
    gameDayActCommand(io().io, { command: { do: 'note', text: 'x' } }, flags, outside);
  await expect(look({ env: 'staging', edition })).rejects.toMatchObject({
    code: 'unknown-id',
    hint: containing('steadfast gameday status --env staging tells which are open'),
  });
  await expect(look({ env: 'staging' })).rejects.toMatchObject({
    message: 'no game day is open in staging',
    hint: 'begin one with: steadfast gameday start <game day> --env staging',
  });
});
