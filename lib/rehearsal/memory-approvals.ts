import {
  type ApprovalAnswer,
  type ApprovalDesk,
  type ApprovalRequest,
  type Approvals,
  type Decision,
  isOpen,
  type PendingApproval,
  refusalOf,
} from '../run/approvals.ts';
import type { Clock } from '../run/ports.ts';

interface Asked {
  readonly request: ApprovalRequest;
  answer?: ApprovalAnswer;
  isClosed: boolean;
}

/** Both sides of approvals, kept in this process. No lab asks for any by itself. */
export function createMemoryApprovals(clock: Clock): Approvals & ApprovalDesk {
  const asked = new Map<string, Asked>();
  const pendingOf = (runId: string): PendingApproval | undefined => {
    const one = asked.get(runId);
    return one === undefined ? undefined : { runId, ...one };
  };
  const decide = (answer: ApprovalAnswer['answer'], decision: Decision): void => {
    const refusal = refusalOf(decision, pendingOf(decision.runId), clock.now());
    if (refusal !== undefined) throw refusal;
    const { runId, hash, by, note } = decision;
    const one = asked.get(runId);
    if (one !== undefined)
      one.answer = { answer, hash, by, atMs: clock.now(), ...(note === undefined ? {} : { note }) };
  };
  return {
    ask: async (runId, request) => {
      const one = asked.get(runId) ?? { request, isClosed: false };
      asked.set(runId, one);
      return { expiresAtMs: one.request.expiresAtMs };
    },
    answer: async (runId) => asked.get(runId)?.answer,
    close: async (runId) => {
      const one = asked.get(runId);
      if (one !== undefined && one.answer === undefined) one.isClosed = true;
      return one?.answer;
    },
    find: async (runId) => pendingOf(runId),
    waiting: async () =>
      [...asked.keys()].flatMap((runId) => pendingOf(runId) ?? []).filter((one) => isOpen(one, clock.now())),
    approve: async (decision) => decide('approved', decision),
    refuse: async (decision) => decide('refused', decision),
  };
}
