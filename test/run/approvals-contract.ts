import { describe, expect, it } from 'vitest';
import type { ApprovalDesk, ApprovalRequest, Approvals } from '../../lib/run/approvals.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';

const startMs = Date.UTC(2026, 0, 1);

export const request: ApprovalRequest = {
  hash: 'a'.repeat(64),
  experiment: 'slow-database',
  title: 'A slow database does not slow the shop',
  environment: 'staging',
  set: { delay: '1s' },
  stages: [
    {
      label: 'one',
      durationMs: 120_000,
      faults: [{ name: 'slow', action: 'aws:ecs:task-network-latency', parameters: 'delay=500' }],
    },
  ],
  targets: [{ fault: 'slow', count: 2, some: ['shop-1', 'shop-2'] }],
  askedAtMs: startMs,
  expiresAtMs: startMs + 60_000,
};

const decision = { runId: 'run-1', hash: request.hash, by: 'Ana' };

/** What both sides of approvals must do, wherever they are kept. */
export function itKeepsApprovals(
  create: (clock: ReturnType<typeof createVirtualClock>) => { approvals: Approvals; desk: ApprovalDesk },
): void {
  const setUp = async () => {
    const clock = createVirtualClock({ startMs, auto: false });
    const { approvals, desk } = create(clock);
    await approvals.ask('run-1', request);
    return { clock, approvals, desk };
  };

  describe('as every place where approvals are kept', () => {
    it('shows what is asked as it was asked, and has no answer before somebody gives one', async () => {
      const { approvals, desk } = await setUp();
      expect(await desk.find('run-1')).toEqual({ runId: 'run-1', request, isClosed: false });
      expect((await desk.waiting()).map(({ runId }) => runId)).toEqual(['run-1']);
      expect(await approvals.answer('run-1')).toBeUndefined();
      expect(await desk.find('run-2')).toBeUndefined();
    });

    it.each([
      ['approve', 'approved'],
      ['refuse', 'refused'],
    ] as const)('tells the run who chose to %s, when, and why', async (choose, answer) => {
      const { approvals, desk, clock } = await setUp();
      await clock.advance(10_000);
      await desk[choose]({ ...decision, note: 'as agreed' });
      const given = { answer, hash: request.hash, by: 'Ana', atMs: startMs + 10_000, note: 'as agreed' };
      expect(await approvals.answer('run-1')).toEqual(given);
      expect(await desk.find('run-1')).toMatchObject({ answer: given });
      expect(await desk.waiting()).toEqual([]);
    });

    it('takes one answer only, and names whose it was', async () => {
      const { approvals, desk } = await setUp();
      await desk.refuse(decision);
      await expect(desk.approve({ ...decision, by: 'Ben' })).rejects.toMatchObject({
        code: 'invalid',
        message: "run 'run-1' was refused before, by Ana at 2026-01-01T00:00:00.000Z",
      });
      expect(await approvals.answer('run-1')).toMatchObject({ answer: 'refused', by: 'Ana' });
    });

    it('takes no approval of anything but what will run', async () => {
      const { approvals, desk } = await setUp();
      await expect(desk.approve({ ...decision, hash: 'b'.repeat(64) })).rejects.toThrow(
        "what you looked at is not what run 'run-1' would do",
      );
      expect(await approvals.answer('run-1')).toBeUndefined();
    });

    it('takes none from the moment on at which it expires', async () => {
      const { approvals, desk, clock } = await setUp();
      await clock.advance(60_000);
      await expect(desk.approve(decision)).rejects.toThrow('waited for its approval until');
      expect(await approvals.answer('run-1')).toBeUndefined();
      expect(await desk.waiting()).toEqual([]);
    });

    it('takes none of a run that asked for none', async () => {
      const { desk } = await setUp();
      await expect(desk.approve({ ...decision, runId: 'run-2' })).rejects.toMatchObject({
        code: 'unknown-id',
      });
    });

    it('takes none once the run has closed it, and gives the answer of whoever was quicker', async () => {
      const { approvals, desk } = await setUp();
      expect(await approvals.close('run-1')).toBeUndefined();
      await expect(desk.approve(decision)).rejects.toThrow("run 'run-1' waits no longer");
      expect(await approvals.answer('run-1')).toBeUndefined();

      const quicker = await setUp();
      await quicker.desk.approve(decision);
      expect(await quicker.approvals.close('run-1')).toMatchObject({ answer: 'approved', by: 'Ana' });
    });

    it('asks the same once, however often the step is repeated: what was answered stays, and so does its end', async () => {
      const { approvals, desk } = await setUp();
      await desk.approve(decision);
      const again = { ...request, askedAtMs: startMs + 5_000, expiresAtMs: startMs + 65_000 };
      expect(await approvals.ask('run-1', again)).toEqual({ expiresAtMs: request.expiresAtMs });
      expect(await approvals.answer('run-1')).toMatchObject({ answer: 'approved' });
    });

    it('forgets one that was never asked', async () => {
      const { approvals } = await setUp();
      expect(await approvals.close('run-2')).toBeUndefined();
    });
  });
}
