import { describe, expect, it } from 'vitest';
import { createDynamoApprovalDesk, createDynamoApprovals } from '../../lib/aws/dynamo-approvals.ts';
import { gameDayApprovalPartition } from '../../lib/plan/table-partitions.ts';
import { createFakeTable } from '../fakes/fake-aws-table.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';
import { itKeepsApprovals, request } from '../run/approvals-contract.ts';

const over = (clock: ReturnType<typeof createVirtualClock>, table = createFakeTable()) => {
  const options = { dynamo: table.dynamo, table: 'steadfast', clock };
  return { approvals: createDynamoApprovals(options), desk: createDynamoApprovalDesk(options), table };
};

describe('approvals in DynamoDB', () => {
  itKeepsApprovals(over);

  it('of game days lie where no person may write, and nobody finds them among the others', async () => {
    const clock = createVirtualClock({ startMs: request.askedAtMs, auto: false });
    const { desk, table } = over(clock);
    const partition = gameDayApprovalPartition;
    const options = { dynamo: table.dynamo, table: 'steadfast', clock, partition } as const;
    const gameDay = { edition: 'payments-20260101-000000-abcd', stage: 1, attempt: 1 };
    const asked = { ...request, gameDay, only: { stage: 2, of: 3 } };
    await createDynamoApprovals(options).ask('run-1', asked);
    expect([...table.items.values()]).toMatchObject([{ pk: 'GAMEDAYAPPROVAL', sk: 'RUN#run-1' }]);
    expect([await desk.find('run-1'), await desk.waiting()]).toEqual([undefined, []]);
    await expect(desk.approve({ runId: 'run-1', hash: request.hash, by: 'Ana' })).rejects.toMatchObject({
      code: 'unknown-id',
    });
    const own = createDynamoApprovalDesk(options);
    expect(await own.waiting()).toEqual([{ runId: 'run-1', request: asked, isClosed: false }]);
    await own.approve({ runId: 'run-1', hash: request.hash, by: 'Ana' });
    expect(await createDynamoApprovals(options).answer('run-1')).toMatchObject({ answer: 'approved' });
  });

  it('are kept long after they were answered, and not for good', async () => {
    const { approvals, table } = over(createVirtualClock());
    await approvals.ask('run-1', request);
    const [item] = table.items.values();
    expect(item).toMatchObject({ pk: 'APPROVAL', sk: 'RUN#run-1' });
    expect(item?.['expiresAt']).toBe(request.expiresAtMs / 1_000 + 90 * 86_400);
  });

  it('show all that wait, over as many pages as there are', async () => {
    const { approvals, desk } = over(createVirtualClock({ startMs: request.askedAtMs, auto: false }));
    for (const runId of ['run-1', 'run-2', 'run-3']) await approvals.ask(runId, request);
    expect((await desk.waiting()).map(({ runId }) => runId)).toEqual(['run-1', 'run-2', 'run-3']);
  });

  it('are refused to a run whose name has asked for something else', async () => {
    const { approvals } = over(createVirtualClock());
    await approvals.ask('run-1', request);
    await expect(approvals.ask('run-1', { ...request, hash: 'b'.repeat(64) })).rejects.toThrow(
      'has asked to approve something else before',
    );
  });
});
