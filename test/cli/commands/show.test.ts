import { join } from 'node:path';
import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createDynamoApprovalDesk, createDynamoApprovals } from '../../../lib/aws/dynamo-approvals.ts';
import { createDynamoLiveRuns } from '../../../lib/aws/dynamo-live-runs.ts';
import { type ShowFlags, showCommand } from '../../../lib/cli/commands/show.ts';
import type { Undo } from '../../../lib/run/live-run.ts';
import type { RunRecord } from '../../../lib/run/run-record.ts';
import { temporaryProject } from '../../definitions/temporary-project.ts';
import { journalOf } from '../../fakes/fake-aws-journal.ts';
import { createFakeOutside } from '../../fakes/fake-outside.ts';
import { containing, withFields } from '../../fakes/matching.ts';
import { staging } from '../../plan/examples.ts';
import { capturedIo } from '../captured-io.ts';
import { expectDocument } from '../documents/expect-document.ts';

const table = 'steadfast-staging';

/** An environment in which `run-1` is under way with this in its ledger, and whose log says nothing. */
async function underWay(undos: readonly Undo[] = [], files: Readonly<Record<string, unknown>> = {}) {
  const root = temporaryProject({ 'experiments/environments/staging.json': staging, ...files });
  const fake = createFakeOutside();
  const { dynamo } = fake.table;
  const { clock } = fake.outside;
  const liveRuns = createDynamoLiveRuns({ dynamo, table, clock, by: 'the runner' });
  const startedAtMs = clock.now();
  await liveRuns.begin({ runId: 'run-1', experiment: 'slow-database', startedAtMs });
  if (undos.length > 0) await liveRuns.willUndo('run-1', undos, startedAtMs);
  const logs = mockClient(fake.clients.logs);
  logs.on(FilterLogEventsCommand).resolves({ events: [] });
  const show = async (flags: ShowFlags = { env: 'staging' }, runId = 'run-1') => {
    const { io, out } = capturedIo(root);
    expect(await showCommand(io, runId, flags, fake.outside)).toBe(0);
    if (flags.json === true) expectDocument('show', out());
    return out();
  };
  const document = async (): Promise<unknown> => JSON.parse(await show({ env: 'staging', json: true }));
  return { ...fake, liveRuns, logs, show, document, clock, root };
}

const linksSchema = z.object({ links: z.array(z.object({ what: z.string(), url: z.string() })) });

type World = Awaited<ReturnType<typeof underWay>>;

/** `run-1` waits for an approval. */
async function ask({ table: { dynamo }, clock }: World) {
  const approvals = createDynamoApprovals({ dynamo, table, clock });
  await approvals.ask('run-1', {
    hash: 'abc',
    experiment: 'slow-database',
    title: 'A slow database',
    environment: 'staging',
    stages: [],
    targets: [],
    askedAtMs: clock.now(),
    expiresAtMs: clock.now() + 60_000,
  });
  return { approvals, desk: createDynamoApprovalDesk({ dynamo, table, clock }) };
}

describe('steadfast show of a run under way', () => {
  it.each<[string, readonly Undo[]]>([
    ['no fault', []],
    ['no fault, traffic on', [{ what: 'traffic', name: 'shoppers' }]],
    ['rolling back', [{ what: 'rollback', name: 'reset' }]],
    [
      'fault of stage 2',
      [
        { what: 'rollback', name: 'reset' },
        { what: 'fault', name: '1' },
      ],
    ],
  ])('whose log tells nothing says by its ledger: %s', async (words, undos) => {
    const world = await underWay(undos);
    expect(await world.show()).toContain(`since 2026-01-01T00:00:00.000Z: ${words}\n`);
  });

  it('is told of to whoever may not read its log, and says that it concludes', async () => {
    const world = await underWay();
    const run = { runId: 'run-1', experiment: 'slow-database', startedAtMs: 0 };
    await world.liveRuns.claim(run, world.clock.now() + 60_000);
    world.logs
      .on(FilterLogEventsCommand)
      .rejects(Object.assign(new Error('no'), { name: 'AccessDeniedException' }));
    expect(await world.show()).toContain(': concluding\n');
  });

  it('is one document where that is asked for, with null for what there is not', async () => {
    const world = await underWay();
    world.table.put({ pk: 'HALT#run-1', sk: 'HALT', reason: 'complaints' });
    expect(await world.document()).toMatchObject({
      runId: 'run-1',
      environment: 'staging',
      phase: null,
      approval: null,
      halts: [{ scope: 'run', reason: 'complaints' }],
      leases: [],
    });
    expect(await world.show()).toContain('  halt of this run: complaints\n');
  });

  it('says how to approve it while it waits, who did, and when nobody waits for that any more', async () => {
    const world = await underWay();
    const { approvals, desk } = await ask(world);
    expect(await world.show()).toContain(
      'waits for an approval until 2026-01-01T00:01:00.000Z: npx steadfast approve run-1 --env staging',
    );
    await desk.approve({ runId: 'run-1', hash: 'abc', by: 'ana' });
    expect(await world.show()).toContain('  approved by ana at 2026-01-01T00:00:00.000Z\n');
    expect(await world.document()).toMatchObject({ approval: { answer: { answer: 'approved', by: 'ana' } } });

    const other = await underWay();
    const asked = await ask(other);
    expect(approvals).not.toBe(asked.approvals);
    await asked.approvals.close('run-1');
    expect(await other.show()).toContain('  its approval is not waited for any more\n');
  });
});

describe('steadfast show of a run that has ended', () => {
  const record: RunRecord = {
    runId: 'run-1',
    experiment: 'slow-database',
    environment: 'staging',
    verdict: 'held',
    summary: 'It held.',
    start: '2026-05-01T12:00:00.000Z',
    end: '2026-05-01T12:10:00.000Z',
    services: ['shop'],
    faults: [],
  };

  it('has its summary, where its files are, and links to its FIS experiments', async () => {
    const world = await underWay();
    await world.liveRuns.close(record);
    expect(await world.document()).toMatchObject({ verdict: 'held', files: null, journal: null });
    const stage = { label: 'one', faults: [], targets: [], windows: [], tolerances: [], bite: [] };
    const at = { start: record.start, end: record.end };
    const stages = [
      { ...stage, ...at, fisExperimentId: 'EXPabc' },
      { ...stage, ...at },
    ];
    world.bucket.objects.set('runs/run-1/journal.json', JSON.stringify(journalOf({ stages })));
    const text = await world.show();
    expect(text).toContain('run-1 in staging, 2026-05-01T12:00:00.000Z to 2026-05-01T12:10:00.000Z');
    expect(text).toMatch(
      / {2}files: s3:\/\/\S+\/runs\/run-1\/ \(report\.html, journal\.json, samples\.ndjson\)/,
    );
    expect(text.match(/FIS experiment/g)).toHaveLength(1);
    expect(text).toMatch(/ {2}FIS experiment EXPabc: https:\/\/\S+EXPabc/);
    const document = await world.document();
    expect(document).toMatchObject({
      files: containing('/runs/run-1/'),
      journal: { runId: 'run-1' },
    });
    expect(linksSchema.parse(document).links).toContainEqual(withFields({ what: 'FIS experiment EXPabc' }));
  });

  it('is read from this machine where its journal lies here, and asks nothing of AWS', async () => {
    const local = { '.steadfast/runs/here/journal.json': journalOf({ runId: 'here' }) };
    const world = await underWay([], local);
    const text = await world.show({}, 'here');
    expect(text).toContain(`Journal: ${join('.steadfast', 'runs', 'here', 'journal.json')}\n`);
    expect(JSON.parse(await world.show({ json: true }, 'here'))).toMatchObject({
      runId: 'here',
      verdict: 'held',
      journal: { runId: 'here' },
    });
    expect(world.choices).toEqual([]);
  });

  it('is refused where its journal on this machine is none that can be read', async () => {
    const world = await underWay([], { '.steadfast/runs/here/journal.json': '{"schemaVersion": 99}' });
    await expect(world.show({}, 'here')).rejects.toMatchObject({
      code: 'invalid',
      message: '.steadfast/runs/here/journal.json is no journal that this version can read',
    });
  });
});
