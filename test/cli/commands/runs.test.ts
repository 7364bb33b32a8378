import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoLiveRuns } from '../../../lib/aws/dynamo-live-runs.ts';
import { runsCommand } from '../../../lib/cli/commands/runs.ts';
import { showCommand } from '../../../lib/cli/commands/show.ts';
import { createFakeOutside } from '../../fakes/fake-outside.ts';
import { containing } from '../../fakes/matching.ts';
import { staging } from '../../plan/examples.ts';
import { capturedIo } from '../captured-io.ts';
import { expectDocument } from '../documents/expect-document.ts';

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'steadfast-runs-'));
  mkdirSync(join(root, 'experiments', 'environments'), { recursive: true });
  writeFileSync(join(root, 'experiments', 'environments', 'staging.json'), JSON.stringify(staging));
  const folder = join(root, '.steadfast', 'runs', 'rehearsed');
  mkdirSync(folder, { recursive: true });
  const journal = {
    runId: 'rehearsed',
    experiment: { id: 'slow-database' },
    environment: { id: 'shop' },
    verdict: 'held',
    summary: 'It held.',
    start: '2025-12-31T23:00:00Z',
    end: '2025-12-31T23:05:00Z',
  };
  writeFileSync(join(folder, 'journal.json'), JSON.stringify(journal));
});

afterAll(() => rmSync(root, { recursive: true }));

/** An environment in which one run is under way, with a fault, and one has ended. */
async function twoRuns() {
  const fake = createFakeOutside();
  const { clock } = fake.outside;
  const runs = createDynamoLiveRuns({
    dynamo: fake.table.dynamo,
    table: 'steadfast-staging',
    clock,
    by: 'the runner',
  });
  const live = { runId: 'run-2', experiment: 'slow-database', startedAtMs: clock.now() - 90_000 };
  await runs.begin(live);
  await runs.willUndo('run-2', [{ what: 'fault', name: '1' }], clock.now());
  await runs.close({
    runId: 'run-1',
    experiment: 'slow-database',
    environment: 'staging',
    verdict: 'deviated',
    summary: 'p95 was missed.',
    start: '2025-12-31T22:00:00.000Z',
    end: '2025-12-31T22:12:00.000Z',
    services: ['shop'],
    faults: [],
  });
  fake.table.put({
    pk: 'LEASE',
    sk: 'SERVICE#shop',
    runId: 'run-2',
    untilMs: clock.now() + 60_000,
    token: 1,
  });
  fake.table.put({ pk: 'HALT#ALL', sk: 'HALT', reason: 'an outage', by: 'ann' });
  const logs = mockClient(fake.clients.logs);
  const progress = {
    progress: 'phase',
    at: '2026-01-01T00:00:00.000Z',
    phase: 'stage',
    stage: 1,
    waitingFor: 'the fault',
  };
  logs
    .on(FilterLogEventsCommand)
    .resolves({ events: [{ eventId: '1', timestamp: clock.now(), message: JSON.stringify(progress) }] });
  return { ...fake, logs };
}

describe('steadfast runs', () => {
  it('has those under way on top, and tells of the others how they ended and when', async () => {
    const { outside } = await twoRuns();
    const { io, out } = capturedIo(root);
    expect(await runsCommand(io, { env: 'staging' }, outside)).toBe(0);
    expect(out().split('\n')).toMatchObject([
      'Under way in staging',
      '  run-2  fault of stage 2, for 90 s',
      '',
      'Ended in staging',
      containing('deviated      run-1  1 h 48 min ago, took 12 min'),
      containing('p95 was missed.'),
      '',
    ]);
  });

  it('gives one document, of one experiment where one is named', async () => {
    const { outside } = await twoRuns();
    const { io, out } = capturedIo(root);
    expect(await runsCommand(io, { env: 'staging', experiment: 'other', json: true }, outside)).toBe(0);
    expectDocument('runs', out());
    const all = capturedIo(root);
    await runsCommand(all.io, { env: 'staging', json: true }, outside);
    expectDocument('runs', all.out());
    expect(JSON.parse(out())).toEqual({ environment: 'staging', live: [], runs: [] });
  });

  it('lists what lies on this machine where no environment is named, and asks nothing of AWS', async () => {
    const { outside, choices } = createFakeOutside();
    const { io, out } = capturedIo(root);
    expect(await runsCommand(io, {}, outside)).toBe(0);
    expect(out()).toContain('held          rehearsed  55 min ago, took 5 min');
    expect(choices).toEqual([]);
  });

  it('says what keeps the table from being read', async () => {
    const { outside, table } = await twoRuns();
    table.mock.rejects(
      Object.assign(new Error('slow down'), { name: 'ProvisionedThroughputExceededException' }),
    );
    const { io } = capturedIo(root);
    await expect(runsCommand(io, { env: 'staging' }, outside)).rejects.toMatchObject({
      code: 'cannot-begin',
      message: containing('AWS throttles dynamodb:Query'),
    });
  });
});

describe('steadfast show', () => {
  it('tells what a run under way is at, what is to be undone, and who wants it ended', async () => {
    const { outside } = await twoRuns();
    const { io, out } = capturedIo(root);
    expect(await showCommand(io, 'run-2', { env: 'staging' }, outside)).toBe(0);
    expect(out()).toContain(
      'run-2 is under way in staging since 2025-12-31T23:58:30.000Z: stage 2, waiting for the fault',
    );
    expect(out()).toContain('  lease on shop until 2026-01-01T00:01:00.000Z');
    expect(out()).toContain('  to be undone: fault 1, since 2026-01-01T00:00:00.000Z');
    expect(out()).toContain('  halt of everything by ann: an outage');
    expect(out()).toContain('execution:steadfast-runner-staging:run-2');
  });

  it('tells how a run ended also where its journal is gone, and knows no other', async () => {
    const { outside } = await twoRuns();
    const { io, out } = capturedIo(root);
    expect(await showCommand(io, 'run-1', { env: 'staging' }, outside)).toBe(0);
    expect(out()).toContain('deviated: p95 was missed.');
    expect(out()).toContain('files: none was left');
    await expect(showCommand(io, 'run-9', {}, outside)).rejects.toMatchObject({
      code: 'unknown-id',
      hint: containing('steadfast runs --env staging'),
    });
  });
});
