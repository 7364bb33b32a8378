import { beforeAll, describe, expect, it } from 'vitest';
import { createDynamoApprovalDesk } from '../../lib/aws/dynamo-approvals.ts';
import { synthesized } from '../cdk/synthesized.ts';
import { slowDatabase } from '../plan/examples.ts';
import { type AwsRunOptions, runInAws } from './aws-run.ts';

const well = { status: 200, latencyMs: 20 };

let machines: AwsRunOptions['machines'];

beforeAll(() => {
  machines = synthesized({
    ...slowDatabase,
    stages: [{ share: 'one', duration: '1m' }],
    environments: { staging: { approval: { within: '20m' } } },
  });
}, 60_000);

describe('a run in AWS that needs an approval', () => {
  it('tells people and systems that it waits, and goes on once somebody has approved what it showed', async () => {
    let looks = 0;
    const run = await runInAws({
      machines,
      sees: () => well,
      thinks: async ({ clients }, clock) => {
        looks += 1;
        if (looks !== 3) return;
        const desk = createDynamoApprovalDesk({ dynamo: clients.dynamo, table: 'steadfast', clock });
        const [waiting] = await desk.waiting();
        if (waiting !== undefined)
          await desk.approve({ runId: waiting.runId, hash: waiting.request.hash, by: 'Ana' });
      },
    });
    expect(run.journal.verdict).toBe('held');
    expect(run.runner.path.filter((state) => state === 'Await approval')).toHaveLength(3);
    expect(run.aws.topic.calls()).toHaveLength(1);
    const entries = run.aws.bus.calls().map(({ args: [{ input }] }) => JSON.stringify(input));
    expect(entries.filter((entry) => entry.includes('"DetailType":"Approval wanted"'))).toHaveLength(1);
  });

  it('is halted when nobody answers in time, at the price of nine events a look', async () => {
    const run = await runInAws({ machines, sees: () => well });
    expect(run.journal).toMatchObject({
      verdict: 'halted',
      findings: [{ code: 'approval-expired' }],
      stages: [],
    });
    expect(run.launcher.error).toBe('halted');
    // FIS was asked for its preview alone.
    expect(run.aws.fis.experiments().filter(({ skipsAll }) => !skipsAll)).toEqual([]);
    expect(
      [...run.aws.table.items.values()].filter(({ pk, runId }) => pk === 'LEASE' && runId !== undefined),
    ).toEqual([]);
    // A look each 15 s for five minutes, then each 30 s.
    const looks = run.runner.path.filter((state) => state === 'Await approval').length;
    expect(looks).toBe(20 + 30);
    expect(run.runner.events).toBeLessThan(9 * looks + 30);
    expect(run.runner.largestStateBytes).toBeLessThan(32_768);
  });
});
