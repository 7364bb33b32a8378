import { beforeAll, describe, expect, it } from 'vitest';
import { journalSchema } from '../../lib/run/journal.ts';
import { containing } from '../fakes/matching.ts';
import type { AwsRunOptions } from './aws-run.ts';
import {
  type Acts,
  createGameDayInAws,
  edition,
  type GameDayInAws,
  input,
  machinesOfPayments,
} from './game-day-in-aws.ts';

let machines: AwsRunOptions['machines'];

beforeAll(() => {
  machines = machinesOfPayments();
}, 120_000);

/** Sees to the pre-brief and gives go, also after a halt; proposes each stage as it is offered, and has it approved by an observer. */
const holding: Acts = async (world, { phase, isGo, pending, stages, checked }) => {
  const next = stages.find(({ status }) => status === 'offered' || status === 'failed');
  const propose = (proposal: { what: 'go' } | { what: 'stage'; stage: number }) =>
    world.asks('operator', 'olga', { do: 'propose', proposal });
  if (phase === 'closed') return;
  if (phase === 'pre-brief' && Object.keys(checked).length === 0)
    for (const item of Object.keys(input.preBrief))
      await world.asks('scribe', 'sue', { do: 'check', item, done: true });
  if (phase === 'retrospective') await world.asks('operator', 'olga', { do: 'finish' });
  else if (pending === undefined && !isGo) await propose({ what: 'go' });
  else if (pending === undefined && next !== undefined) await propose({ what: 'stage', stage: next.number });
  else if (
    pending?.asked !== undefined &&
    pending.approvedBy === undefined &&
    pending.refusedBy === undefined
  ) {
    const approval = { do: 'approve', proposal: pending.id, hash: pending.asked.hash } as const;
    if (pending.proposal.what === 'go') await world.asks('onCall', 'carl', approval);
    else await world.asks('observer', 'bea', approval);
  }
};

/** What was injected has ended, nobody holds a lease, and nothing is refused any more. */
function expectNothingLeft({ aws }: GameDayInAws): void {
  const real = aws.fis.experiments().filter(({ skipsAll }) => !skipsAll);
  expect(real.every(({ status }) => status === 'completed' || status === 'stopped')).toBe(true);
  const items = [...aws.table.items.values()];
  expect(items.filter(({ pk, runId }) => pk === 'LEASE' && runId !== undefined)).toEqual([]);
  expect(items.filter(({ pk }) => pk === 'LIVE')).toEqual([]);
}

const journalOf = ({ aws }: GameDayInAws, runId: string) =>
  journalSchema.parse(JSON.parse(aws.bucket.objects.get(`runs/${runId}/journal.json`) ?? 'null'));

describe('the payment game day in AWS, by its machine and the real functions', () => {
  it('is held: two roles approve, an observer halts, go is given anew, the second attempt holds, and it is closed', async () => {
    const world = createGameDayInAws(machines);
    let isHalted = false;
    const wrong: string[] = [];
    let both: readonly { readonly status: number; readonly text: string }[] = [];
    const execution = await world.hold(async (one, state) => {
      const { pending, stages } = state;
      const isAsked = pending?.asked !== undefined && pending.approvedBy === undefined;
      if (!isHalted && stages[1]?.status === 'running' && world.aws.fis.injecting()) {
        isHalted = true;
        await world.asks('observer', 'bea', { do: 'halt', reason: 'the shop looks odd' });
        return;
      }
      if (isAsked && wrong.length === 0) {
        const approval = { do: 'approve', proposal: pending.id, hash: pending.asked?.hash ?? '' } as const;
        wrong.push((await world.asks('operator', 'olga', approval)).text);
        wrong.push((await world.asks('onCall', 'carl', { ...approval, hash: 'of an older version' })).text);
      }
      if (isAsked && stages[2]?.status === 'asking') {
        const approval = { do: 'approve', proposal: pending.id, hash: pending.asked?.hash ?? '' } as const;
        both = await Promise.all([
          world.asks('observer', 'bea', approval),
          world.asks('onCall', 'carl', approval),
        ]);
        return;
      }
      await holding(one, state);
    });

    if (execution === 'killed') throw new Error('nobody killed it');
    expect(execution.status).toBe('succeeded');
    expect(world.launches).toEqual(['1-1', '2-1', '2-2', '3-1'].map((attempt) => `${edition}-${attempt}`));
    expect(world.launches.map((runId) => journalOf(world, runId).verdict)).toEqual([
      'held',
      'halted',
      'held',
      'held',
    ]);
    expect(journalOf(world, `${edition}-2-2`).gameDay).toMatchObject({ edition, stage: 2, attempt: 2 });
    expectNothingLeft(world);
    expect(world.aws.table.items.has('HALT#ALL HALT')).toBe(false);

    const entries = await world.entries();
    expect(entries.map(({ number }) => number)).toEqual(entries.map((_, index) => index + 1));
    const said = entries
      .map(({ kind }) => kind)
      .filter((kind) => ['approved', 'halted', 'ended', 'finished', 'closed'].includes(kind));
    expect(said).toEqual([
      'approved',
      'approved',
      'ended',
      'approved',
      'halted',
      'ended',
      'approved',
      'approved',
      'ended',
      'approved',
      'ended',
      'finished',
      'closed',
    ]);
    // Whoever proposed may not approve, and nobody may approve what they have not looked at.
    expect(wrong).toEqual([containing('permission'), containing('error')]);
    // Two at once: one approval, and whoever came second is not told that it was theirs.
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
    // The fault that was halted ended long before its time.
    const halted = entries.find(({ kind }) => kind === 'halted');
    expect(halted).toMatchObject({
      by: { proof: 'iam', role: 'observer' },
      stopped: containing('asked for'),
    });
    expect(execution.largestStateBytes).toBeLessThan(64_000);
  }, 120_000);

  it('leaves no fault when its machine is killed in the middle of one, with all that it waits for', async () => {
    const world = createGameDayInAws(machines);
    const execution = await world.hold(async (one, state) => {
      if (world.aws.fis.injecting()) world.kill(one.launches[0] ?? '');
      else await holding(one, state);
    });
    expect(execution).toBe('killed');
    expect(world.aws.fis.injecting()).toBe(true);
    await world.sweep(5);
    expectNothingLeft(world);
    // It did not run out: it was stopped.
    expect(world.aws.fis.experiments().at(-1)).toMatchObject({ skipsAll: false, status: 'stopped' });
    expect(journalOf(world, `${edition}-1-1`).verdict).toBe('halted');
  }, 60_000);
});
