import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExperimentSummary, ListExperimentsCommand, StopExperimentCommand } from '@aws-sdk/client-fis';
import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api';
import { ListSchedulesCommand } from '@aws-sdk/client-scheduler';
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoHalts } from '../../../lib/aws/dynamo-halts.ts';
import { createDynamoPauses } from '../../../lib/aws/dynamo-pauses.ts';
import { type HaltFlags, haltCommand, unlockCommand } from '../../../lib/cli/commands/halt.ts';
import { listDeployedCommand } from '../../../lib/cli/commands/list-deployed.ts';
import { pauseCommand, resumeCommand } from '../../../lib/cli/commands/pause.ts';
import type { Io } from '../../../lib/cli/io.ts';
import { runnerInput } from '../../fakes/fake-aws-input.ts';
import { callerArn, createFakeOutside } from '../../fakes/fake-outside.ts';
import { containing } from '../../fakes/matching.ts';
import { staging } from '../../plan/examples.ts';
import { capturedIo } from '../captured-io.ts';
import { expectDocument } from '../documents/expect-document.ts';

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'steadfast-on-call-'));
  mkdirSync(join(root, 'experiments', 'environments'), { recursive: true });
  writeFileSync(join(root, 'experiments', 'environments', 'staging.json'), JSON.stringify(staging));
});

afterAll(() => rmSync(root, { recursive: true }));

const own = { 'steadfast:environment': 'staging' };
const fisExperiments: ExperimentSummary[] = [
  { id: 'EXP1', state: { status: 'running' }, tags: { ...own, 'steadfast:run': 'run-1' } },
  { id: 'EXP2', state: { status: 'initiating' }, tags: { ...own, 'steadfast:run': 'run-2' } },
  { id: 'EXP3', state: { status: 'completed' }, tags: { ...own, 'steadfast:run': 'run-1' } },
  { id: 'EXP4', state: { status: 'running' }, tags: { 'steadfast:environment': 'production' } },
];
const report = {
  locked: true,
  stopped: [{ id: 'EXP1', runId: 'run-1' }],
  runs: ['run-1'],
  safetyLever: 'not asked for',
};

/** An environment in which two runs have a fault going. `answers`: what the kill switch says, and how long it takes. */
function onCall(
  killSwitch: 'answers' | 'is denied' | 'hangs' | 'is incomplete',
  answers?: readonly (string | undefined)[],
) {
  const fake = createFakeOutside(answers === undefined ? {} : { answers });
  const machines = mockClient(fake.clients.sfn);
  if (killSwitch === 'is denied')
    machines
      .on(StartExecutionCommand)
      .rejects(Object.assign(new Error('no'), { name: 'AccessDeniedException' }));
  else machines.on(StartExecutionCommand).resolves({ executionArn: 'execution-1' });
  machines
    .on(DescribeExecutionCommand)
    .resolves(
      killSwitch === 'answers'
        ? { status: 'SUCCEEDED', output: JSON.stringify(report) }
        : killSwitch === 'hangs'
          ? { status: 'RUNNING' }
          : { status: 'FAILED', error: 'incomplete', cause: 'FIS could not be read' },
    );
  const fis = mockClient(fake.clients.fis);
  fis.on(ListExperimentsCommand).resolves({ experiments: fisExperiments });
  fis.on(StopExperimentCommand).resolves({});
  const stopped = () => fis.commandCalls(StopExperimentCommand).map(({ args: [{ input }] }) => input.id);
  const started = () =>
    machines
      .commandCalls(StartExecutionCommand)
      .map(({ args: [{ input }] }) => JSON.parse(input.input ?? '{}') as unknown);
  const halts = () =>
    createDynamoHalts({ dynamo: fake.table.dynamo, table: 'steadfast-staging', clock: fake.outside.clock });
  return { ...fake, fis, stopped, started, halts };
}

const halt = async (
  fake: ReturnType<typeof onCall>,
  run: string | undefined,
  flags: Omit<HaltFlags, 'env'> = {},
) => {
  const { io, out, err } = capturedIo(root);
  const code = await haltCommand(io, run, flags, fake.outside);
  if (flags.json === true) expectDocument('halt', out());
  return { code, out: out(), err: err() };
};

describe('steadfast halt', () => {
  it('starts the kill switch in the name of the caller, and tells what it stopped', async () => {
    const fake = onCall('answers');
    const { code, err } = await halt(fake, 'run-1', { reason: 'an outage' });
    expect(code).toBe(0);
    expect(fake.started()).toEqual([{ run: 'run-1', reason: 'an outage', by: callerArn }]);
    expect(err).toContain('Stopped: FIS experiment EXP1 of run run-1.');
    expect(err).toContain('Concludes now: run run-1.');
    expect(fake.stopped()).toEqual([]);
  });

  it.each(['is denied', 'hangs', 'is incomplete'] as const)(
    'stops the faults itself where the kill switch %s: those of the environment alone, and writes it down',
    async (how) => {
      const fake = onCall(how);
      const { code, err } = await halt(fake, undefined, { all: true, yes: true });
      expect(code).toBe(0);
      expect(err).toContain('Stopping the faults from here.');
      expect(fake.stopped()).toEqual(['EXP1', 'EXP2']);
      expect(await fake.halts().requested('any')).toEqual({
        reason: 'all runs: asked for on the command line',
      });
    },
  );

  it('stops only the faults of the run where one is named, and waits ten seconds for the kill switch, no longer', async () => {
    const fake = onCall('hangs');
    const before = fake.outside.clock.now();
    expect((await halt(fake, 'run-2')).code).toBe(0);
    expect(fake.outside.clock.now() - before).toBeLessThanOrEqual(10_500);
    expect(fake.stopped()).toEqual(['EXP2']);
    expect(await fake.halts().requested('run-2')).toBeDefined();
    expect(await fake.halts().requested('run-1')).toBeUndefined();
  });

  it('tells what it could not stop, and is then no success', async () => {
    const fake = onCall('is denied');
    fake.fis
      .on(StopExperimentCommand, { id: 'EXP1' })
      .rejects(Object.assign(new Error('no'), { name: 'AccessDeniedException' }));
    await expect(halt(fake, undefined, { all: true, yes: true })).rejects.toMatchObject({
      code: 'internal',
      problems: [{ message: 'AWS refused fis:StopExperiment on experiment/EXP1' }],
      hint: containing('FIS console of 111111111111 eu-west-1'),
    });
    expect(fake.stopped()).toEqual(['EXP1', 'EXP2']);
  });

  it('does not say that it halted a run that is not under way', async () => {
    const fake = onCall('answers');
    const none = { ...report, stopped: [], runs: [] };
    mockClient(fake.clients.sfn)
      .on(StartExecutionCommand)
      .resolves({ executionArn: 'execution-1' })
      .on(DescribeExecutionCommand)
      .resolves({ status: 'SUCCEEDED', output: JSON.stringify(none) });
    await expect(halt(fake, 'run-9')).rejects.toMatchObject({ code: 'unknown-id' });
  });

  it.each<[string, string | undefined, Omit<HaltFlags, 'env'>]>([
    ['neither a run nor --all', undefined, {}],
    ['both', 'run-1', { all: true }],
    ['a run and the safety lever', 'run-1', { safetyLever: true }],
    ['--all where nobody can be asked', undefined, { all: true }],
  ])('is refused with %s, and ends nothing', async (_what, run, flags) => {
    const fake = onCall('answers');
    await expect(halt(fake, run, flags)).rejects.toMatchObject({ code: 'usage' });
    expect(fake.started()).toEqual([]);
  });

  it('asks before it ends everything, and for more than a word before it reaches other teams', async () => {
    const no = onCall('answers', ['y', 'yes']);
    await expect(halt(no, undefined, { all: true })).rejects.toMatchObject({ code: 'interrupted' });
    await expect(halt(no, undefined, { all: true, safetyLever: true })).rejects.toMatchObject({
      code: 'interrupted',
    });
    expect(no.started()).toEqual([]);
    expect(no.questions[1]).toContain('every team in the account 111111111111 in eu-west-1');
    const yes = onCall('answers', ['every team']);
    const document = await halt(yes, undefined, { all: true, safetyLever: true, json: true });
    expect(document.code).toBe(0);
    expect(JSON.parse(document.out)).toMatchObject({ by: 'kill switch', run: null, runs: ['run-1'] });
    expect(yes.started()).toMatchObject([{ safetyLever: true }]);
  });

  it('is undone by unlock, which leaves the safety lever to the kill switch', async () => {
    const fake = onCall('answers');
    const { io, out } = capturedIo(root);
    expect(await unlockCommand(io, { env: 'staging', reason: 'over' }, fake.outside)).toBe(0);
    expect(fake.started()).toEqual([{ unlock: true, reason: 'over', by: callerArn }]);
    expect(out()).toContain('Unlocked staging: runs may start again.');
    const json = capturedIo(root);
    await unlockCommand(json.io, { env: 'staging', json: true }, fake.outside);
    expectDocument('unlock', json.out());
  });
});

describe('steadfast pause', () => {
  it('holds an experiment back until resume, is listed, and knows no other', async () => {
    const fake = createFakeOutside();
    const arn = 'arn:aws:states:eu-west-1:111111111111:stateMachine:steadfast-staging-slow-database';
    mockClient(fake.clients.tagging)
      .on(GetResourcesCommand)
      .resolves({ ResourceTagMappingList: [{ ResourceARN: arn }] });
    mockClient(fake.clients.sfn)
      .on(DescribeStateMachineCommand)
      .rejects(Object.assign(new Error('none'), { name: 'StateMachineDoesNotExist' }))
      .on(DescribeStateMachineCommand, { stateMachineArn: arn })
      .resolves({ definition: JSON.stringify({ States: { Plan: { Result: { input: runnerInput() } } } }) });
    mockClient(fake.clients.scheduler).on(ListSchedulesCommand).resolves({ Schedules: [] });
    const { io, out } = capturedIo(root);
    const document = async (name: string, call: (json: Io) => Promise<number>) => {
      const json = capturedIo(root);
      await call(json.io);
      expectDocument(name, json.out());
      return JSON.parse(json.out()) as unknown;
    };
    const asJson = { env: 'staging', json: true };
    const paused = () =>
      createDynamoPauses({ dynamo: fake.table.dynamo, table: 'steadfast-staging' }).paused('slow-database');
    expect(await pauseCommand(io, 'slow-database', { env: 'staging', reason: 'moving' }, fake.outside)).toBe(
      0,
    );
    expect(await paused()).toMatchObject({ reason: 'moving', by: callerArn });
    const listed = await document('list', (json) => listDeployedCommand(json, asJson, fake.outside));
    expect(listed).toMatchObject({ experiments: [{ id: 'slow-database', paused: { reason: 'moving' } }] });
    expect(await listDeployedCommand(io, { env: 'staging' }, fake.outside)).toBe(0);
    expect(out()).toMatch(/ {2}slow-database {2}paused by .* moving/);
    expect(await resumeCommand(io, 'slow-database', { env: 'staging' }, fake.outside)).toBe(0);
    expect(await paused()).toBeUndefined();
    await document('pause', (json) => pauseCommand(json, 'slow-database', asJson, fake.outside));
    await document('resume', (json) => resumeCommand(json, 'slow-database', asJson, fake.outside));
    await expect(pauseCommand(io, 'slow-databse', { env: 'staging' }, fake.outside)).rejects.toMatchObject({
      hint: "did you mean 'slow-database'?",
    });
  });
});
