import { describe, expect, it } from 'vitest';
import { createDynamoApprovals } from '../../../lib/aws/dynamo-approvals.ts';
import { createDynamoLiveRuns } from '../../../lib/aws/dynamo-live-runs.ts';
import { createAwsGameDayRuns } from '../../../lib/aws/game-day/runs.ts';
import { createS3RunNotes } from '../../../lib/aws/s3-run-notes.ts';
import { gameDayApprovalPartition } from '../../../lib/plan/table-partitions.ts';
import { createFakeBucket } from '../../fakes/fake-aws-bucket.ts';
import { createFakeTable } from '../../fakes/fake-aws-table.ts';
import { matching } from '../../fakes/matching.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';
import { request } from '../../run/approvals-contract.ts';

const runId = 'payment-outage-20261201-180000-4fzk-1-1';

function setUp() {
  const clock = createVirtualClock({ startMs: request.askedAtMs, auto: false });
  const { dynamo, items } = createFakeTable();
  const { s3, objects } = createFakeBucket();
  const place = { dynamo, s3, clock, table: 'steadfast', bucket: 'steadfast' };
  const begun = { runId, experiment: 'slow-payments', startedAtMs: clock.now() };
  const liveRuns = createDynamoLiveRuns({ ...place, by: 'runner' });
  return {
    clock,
    items,
    objects,
    liveRuns,
    begin: () => liveRuns.begin(begun),
    close: () =>
      liveRuns.close({
        ...begun,
        environment: 'staging',
        verdict: 'halted',
        summary: 'Ended by a person.',
        start: '2026-12-01T18:00:00.000Z',
        end: '2026-12-01T18:10:00.000Z',
        services: ['shop'],
        faults: [],
      }),
    notes: createS3RunNotes(place),
    approvals: createDynamoApprovals({ ...place, partition: gameDayApprovalPartition }),
    runs: createAwsGameDayRuns(place),
  };
}

const approval = { answer: 'approved', hash: request.hash, by: 'bea', atMs: 0 } as const;

describe('the runs of a game day in AWS', () => {
  it('are missing until they have begun, and wait for as long as their question is open', async () => {
    const { runs, begin, approvals, clock } = setUp();
    expect(await runs.look(runId)).toEqual({ state: 'missing' });
    await begin();
    expect(await runs.look(runId)).toEqual({ state: 'under way', lines: [] });
    await approvals.ask(runId, request);
    expect(await runs.look(runId)).toMatchObject({ state: 'waiting', request });
    await clock.advance(request.expiresAtMs - clock.now() + 1);
    expect(await runs.look(runId)).toMatchObject({ state: 'under way' });
  });

  it('tell their lines as they write them down, each once however often they are read', async () => {
    const { runs, begin, notes } = setUp();
    await begin();
    const at = '2026-12-01T18:00:10.000Z';
    const entry = { at, kind: 'phase', text: 'baseline' } as const;
    await notes.record(runId, 'timeline-1', { kind: 'timeline', at, entry });
    const keys = async () => {
      const found = await runs.look(runId);
      return 'lines' in found ? found.lines.map(({ key }) => key) : [];
    };
    const first = await keys();
    expect(first).toHaveLength(1);
    await notes.record(runId, 'timeline-2', {
      kind: 'timeline',
      at,
      entry: { ...entry, at: '2026-12-01T18:01:10.000Z', text: 'stage 1' },
    });
    expect(await keys()).toEqual([first[0], matching(/./)]);
  });

  it('are approved by whoever is quicker; the same answer again changes nothing, nor does one that is late', async () => {
    const { runs, begin, approvals, clock } = setUp();
    await begin();
    await approvals.ask(runId, request);
    await expect(runs.answer(runId, { ...approval, hash: 'f'.repeat(64) })).rejects.toThrow();
    expect(await approvals.answer(runId)).toBeUndefined();
    await runs.answer(runId, approval);
    await runs.answer(runId, approval);
    await runs.answer(runId, { ...approval, answer: 'refused', by: 'carl' });
    expect(await approvals.answer(runId)).toMatchObject({ answer: 'approved', by: 'bea' });
    await clock.advance(request.expiresAtMs - clock.now() + 1);
    await runs.answer(runId, approval);
    expect(await approvals.answer(runId)).toMatchObject({ by: 'bea' });
  });

  it('are not approved once their question has expired', async () => {
    const { runs, begin, approvals, clock } = setUp();
    await begin();
    await approvals.ask(runId, request);
    await clock.advance(request.expiresAtMs - clock.now() + 1);
    await runs.answer(runId, approval);
    expect(await approvals.answer(runId)).toBeUndefined();
  });

  it('are ended by a wish that who asks first gives the reason of', async () => {
    const { runs, begin, items } = setUp();
    await begin();
    await runs.end(runId, 'the time of the game day is up');
    await runs.end(runId, 'another reason');
    const wishes = [...items.values()].filter(({ pk }) => String(pk).startsWith('HALT#'));
    expect(wishes).toMatchObject([{ reason: 'the time of the game day is up', by: 'the game day' }]);
  });

  it('tell their verdict also where their journal cannot be read, and that it cannot', async () => {
    const { runs, begin, close, objects } = setUp();
    await begin();
    await close();
    expect(await runs.look(runId)).toMatchObject({
      state: 'ended',
      outcome: { verdict: 'halted', summary: matching(/^Ended by a person\. Its journal cannot be read/) },
      endedAtMs: Date.parse('2026-12-01T18:10:00.000Z'),
    });
    objects.set(`runs/${runId}/journal.json`, '{"half": ');
    expect(await runs.look(runId)).toMatchObject({ state: 'ended', outcome: { verdict: 'halted' } });
  });
});
