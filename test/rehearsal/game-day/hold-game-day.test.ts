import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readFileLog } from '../../../lib/rehearsal/game-day/file-log.ts';
import { gameDayFiles } from '../../../lib/rehearsal/game-day/files.ts';
import type { GuardState } from '../../../lib/run/ports.ts';
import {
  approveWhatWaits,
  createHeldWorld,
  done,
  edition,
  giveGo,
  link,
  proposeStage,
  seen,
} from './held-world.ts';

it('holds a game day by the deployed machine: a stage that was approved runs once, and the next one is offered', async () => {
  const { live, launched, faults, endRun, folder } = await createHeldWorld();
  await giveGo(live);
  await proposeStage(live, 1);
  await seen(live, ({ pending }) => pending?.hash !== undefined);
  expect(faults.size).toBe(0);
  await approveWhatWaits(live);
  const runId = `${edition}-1-1`;
  await seen(live, ({ stages }) => stages[0]?.status === 'running' && faults.has(runId));
  await endRun(runId, 'held');
  await seen(live, ({ stages }) => stages[1]?.status === 'offered');
  const operator = link('operator', 'Olga');
  await done(live, operator, { do: 'finish' });
  await done(live, operator, { do: 'finish' });
  await live.ended;
  expect(launched).toEqual([runId]);
  expect(live.view('scribe').phase).toBe('closed');
  // Another process finds all of it on the disk.
  expect(await readFileLog(join(folder, gameDayFiles.log))).toEqual({ entries: live.entries });
  expect(JSON.parse(await readFile(join(folder, gameDayFiles.input), 'utf8'))).toEqual(live.input);
});

it('refuses what a person may not do in a sentence, and says what to do instead', async () => {
  const { live } = await createHeldWorld();
  expect(await live.act(link('observer', 'Bea'), { do: 'propose', proposal: { what: 'go' } })).toEqual({
    refused: 'only somebody in the role operator proposes, and you act as observer; ask whoever is operator',
  });
});

it('a halt by anybody ends the fault, and nothing begins before another go', async () => {
  const { live, launched, faults, endRun } = await createHeldWorld();
  await giveGo(live);
  await proposeStage(live, 1);
  await approveWhatWaits(live);
  await seen(live, () => faults.size === 1);
  await done(live, link('observer', 'Bea'), { do: 'halt', reason: 'customers complain' });
  await seen(live, ({ stages }) => stages[0]?.verdict === 'halted');
  expect(faults.size).toBe(0);
  const again = { do: 'propose', proposal: { what: 'stage', stage: 1 } } as const;
  expect((await live.act(link('operator', 'Olga'), again)).refused).toMatch('customers complain');
  await done(live, link('operator', 'Olga'), { do: 'propose', proposal: { what: 'go' } });
  await approveWhatWaits(live);
  await proposeStage(live, 1);
  await approveWhatWaits(live);
  await seen(live, () => faults.size === 1);
  await endRun(`${edition}-1-2`, 'held');
  await seen(live, ({ stages }) => stages[0]?.status === 'held');
  expect(launched).toEqual([`${edition}-1-1`, `${edition}-1-2`]);
});

it('is stopped in order: the fault ends first, its run is told, and the game day is closed', async () => {
  const { live, faults } = await createHeldWorld();
  await giveGo(live);
  await proposeStage(live, 1);
  await approveWhatWaits(live);
  await seen(live, () => faults.size === 1);
  await Promise.all([live.stop('Ctrl-C was pressed'), live.stop('Ctrl-C was pressed')]);
  await live.ended;
  expect(faults.size).toBe(0);
  expect(live.entries.slice(-4).map(({ kind }) => kind)).toEqual(['halted', 'ended', 'finished', 'closed']);
  expect((await live.act(link('scribe', 'Sue'), { do: 'note', text: 'Too late.' })).refused).toMatch(
    /rehearsal of the game day has ended/,
  );
});

it('tells of a run that could not be run at all, and the stage may be tried again', async () => {
  const { live, told } = await createHeldWorld({ runs: () => Promise.reject(new Error('disk full')) });
  await giveGo(live);
  await proposeStage(live, 1);
  const { stages } = await seen(live, (view) => view.stages[0]?.verdict !== undefined);
  expect([stages[0]?.verdict, stages[0]?.status]).toEqual(['errored', 'failed']);
  expect(told).toEqual([`run ${edition}-1-1 failed: disk full`]);
});

it('writes down how the guards are at first, and each time that they change', async () => {
  let state: GuardState['state'] = 'ok';
  const { live, clock } = await createHeldWorld({
    guards: () => [{ guard: 'shopErrors', state, detail: `it is ${state}` }],
  });
  const alarms = () => live.entries.flatMap((entry) => (entry.kind === 'alarm' ? [entry.state] : []));
  await clock.advance(500);
  await seen(live, () => alarms().length === 1);
  state = 'alarm';
  await clock.advance(1_000);
  await seen(live, () => alarms().length === 2);
  expect(alarms()).toEqual(['OK', 'ALARM']);
});
