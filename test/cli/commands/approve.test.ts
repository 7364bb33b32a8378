import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoApprovals } from '../../../lib/aws/dynamo-approvals.ts';
import { approveCommand } from '../../../lib/cli/commands/approve.ts';
import type { GameDayOfRun } from '../../../lib/plan/game-day-of-run.ts';
import { gameDayApprovalPartition } from '../../../lib/plan/table-partitions.ts';
import { callerArn, createFakeOutside } from '../../fakes/fake-outside.ts';
import { containing } from '../../fakes/matching.ts';
import { staging } from '../../plan/examples.ts';
import { capturedIo } from '../captured-io.ts';
import { expectDocument } from '../documents/expect-document.ts';

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'steadfast-approve-'));
  mkdirSync(join(root, 'experiments', 'environments'), { recursive: true });
  writeFileSync(join(root, 'experiments', 'environments', 'staging.json'), JSON.stringify(staging));
});

afterAll(() => rmSync(root, { recursive: true }));

/** An environment in which `run-1` waits for an approval. */
async function waiting(
  answers?: readonly (string | undefined)[],
  of: { partition?: typeof gameDayApprovalPartition; gameDay?: GameDayOfRun } = {},
) {
  const { partition, gameDay } = of;
  const fake = createFakeOutside(answers === undefined ? {} : { answers });
  const { clock } = fake.outside;
  const approvals = createDynamoApprovals({
    dynamo: fake.table.dynamo,
    table: 'steadfast-staging',
    clock,
    ...(partition === undefined ? {} : { partition }),
  });
  await approvals.ask('run-1', {
    hash: 'abc',
    experiment: 'slow-database',
    title: 'A slow database',
    environment: 'staging',
    ...(gameDay === undefined ? {} : { gameDay }),
    stages: [
      {
        label: 'one',
        durationMs: 120_000,
        faults: [{ name: 'slow', action: 'aws:ecs:task-network-latency', parameters: 'delay=500' }],
      },
    ],
    targets: [{ fault: 'slow', count: 3, some: ['task/a'] }],
    askedAtMs: clock.now(),
    expiresAtMs: clock.now() + 60_000,
  });
  return { ...fake, approvals };
}

describe('steadfast approve', () => {
  it('shows exactly what will run, and approves it in the name of the caller', async () => {
    const { outside, approvals } = await waiting(['yes']);
    const { io, err } = capturedIo(root);
    expect(await approveCommand(io, 'run-1', { note: 'go' }, outside)).toBe(0);
    expect(err()).toContain(
      '  stage 1: one for 2 min\n    slow: aws:ecs:task-network-latency delay=500\n  slow may hit 3: task/a, ...\n  hash abc',
    );
    expect(await approvals.answer('run-1')).toMatchObject({
      answer: 'approved',
      by: callerArn,
      hash: 'abc',
      note: 'go',
    });
  });

  it('refuses where that is asked for, and answers nothing without a yes', async () => {
    const { outside, approvals } = await waiting(['no']);
    const { io, out } = capturedIo(root);
    await expect(approveCommand(io, 'run-1', {}, outside)).rejects.toMatchObject({ code: 'interrupted' });
    expect(await approvals.answer('run-1')).toBeUndefined();
    expect(await approveCommand(io, 'run-1', { refuse: true, yes: true, json: true }, outside)).toBe(0);
    expectDocument('approve', out());
    expect(await approvals.answer('run-1')).toMatchObject({ answer: 'refused' });
    await expect(approveCommand(io, 'run-1', { yes: true }, outside)).rejects.toMatchObject({
      code: 'invalid',
      message: containing(`was refused before, by ${callerArn}`),
    });
  });

  it('answers no run of a game day, and says where that is done', async () => {
    const { outside } = await waiting(['yes'], {
      partition: gameDayApprovalPartition,
      gameDay: { edition: 'payments-20260101-000000-abcd', stage: 1, attempt: 1 },
    });
    const { io } = capturedIo(root);
    await expect(approveCommand(io, 'run-1', {}, outside)).rejects.toMatchObject({
      code: 'invalid',
      hint: containing('steadfast gameday status payments-20260101-000000-abcd --env staging'),
    });
  });

  it('comes too late once the run has waited long enough, and knows no other run', async () => {
    const { outside } = await waiting();
    const { io, out } = capturedIo(root);
    expect(await approveCommand(io, undefined, {}, outside)).toBe(0);
    expect(out()).toContain('run-1  A slow database');
    const json = capturedIo(root);
    await approveCommand(json.io, undefined, { json: true }, outside);
    expectDocument('approve', json.out());
    await outside.clock.sleep(60_000);
    await expect(approveCommand(io, 'run-1', { yes: true }, outside)).rejects.toMatchObject({
      message: containing('waited for its approval until'),
    });
    await expect(approveCommand(io, 'run-2', { yes: true }, outside)).rejects.toMatchObject({
      code: 'unknown-id',
    });
  });
});
