import { createMemoryApprovals } from '../../lib/rehearsal/memory-approvals.ts';
import type { Approvals, Clock, Decision } from '../../lib/run/ports.ts';

/** What a person has said by now of the run that waits for an approval of `hash`. */
export type Answers = (
  nowMs: number,
  asked: { readonly hash: string },
) => ({ readonly answer: 'approve' | 'refuse' } & Omit<Decision, 'runId'>) | undefined;

/** Approvals that a person answers as the script says, no sooner than the run looks. */
export function answeredApprovals(clock: Clock, answers: Answers | undefined): Approvals {
  const approvals = createMemoryApprovals(clock);
  const hear = async (runId: string): Promise<void> => {
    const pending = await approvals.find(runId);
    const said = pending === undefined ? undefined : answers?.(clock.now(), pending.request);
    if (said === undefined || pending?.answer !== undefined || pending?.isClosed === true) return;
    const { answer, ...decision } = said;
    await approvals[answer]({ ...decision, runId }).catch(() => undefined);
  };
  return {
    ...approvals,
    answer: async (runId) => {
      await hear(runId);
      return approvals.answer(runId);
    },
  };
}
