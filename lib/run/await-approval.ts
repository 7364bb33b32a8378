import { SteadfastError } from '../experiment/steadfast-error.ts';
import type { Finding } from '../steady-state/finding.ts';
import { checkGuards } from './admission/check-guards.ts';
import { gatesAfterWait } from './admission/gates.ts';
import { writeCheck } from './admission/write-check.ts';
import type { ApprovalAnswer } from './approvals.ts';
import { lookEverySeconds } from './ask-for-approval.ts';
import { beginBaseline } from './begin-baseline.ts';
import { note, type RunContext, record, recordFinding, type Step } from './context.ts';
import { iso } from './iso.ts';
import { loseLease, stillHeld } from './lease.ts';
import type { RunState } from './run-state.ts';

type Awaited = NonNullable<RunState['approval']>;

/**
 * Looks once whether a person has answered; the state machine waits between two looks, which costs next to nothing. Each look keeps the
 * lease and hears the kill switch. Once it is approved, what may have changed meanwhile is asked again.
 */
export const awaitApproval: Step = async (context, state) => {
  const { ports, runId } = context;
  const { approval } = state;
  if (approval === undefined) throw new SteadfastError('internal', 'the run waits for no approval');
  const nowMs = ports.clock.now();
  ports.progress.tell({
    kind: 'phase',
    atMs: nowMs,
    phase: 'approve',
    waitingFor: 'a person to approve it',
    untilMs: approval.untilMs,
  });
  if (!(await stillHeld(context, state))) {
    await ports.approvals.close(runId);
    return loseLease(context, state);
  }
  const halt = await ports.halts.requested(runId);
  if (halt !== undefined) {
    await ports.approvals.close(runId);
    return ended(context, state, 'halt', {
      code: 'halted-by-person',
      verdict: 'halted',
      message: `Ended while it waited for its approval: ${halt.reason}.`,
    });
  }
  // Whoever answers in the very moment in which it expires is heard, or told that it was too late: never both.
  const answer =
    nowMs < approval.untilMs ? await ports.approvals.answer(runId) : await ports.approvals.close(runId);
  if (answer !== undefined) return answered(context, state, approval, answer);
  if (nowMs < approval.untilMs)
    return { ...state, next: 'awaitApproval', approval: waiting(approval, nowMs) };
  return ended(context, state, 'approval', {
    code: 'approval-expired',
    verdict: 'halted',
    message: `Nobody approved it until ${iso(approval.untilMs)}: an expired approval ended it, before any fault.`,
    hint: 'Start it again when somebody is there to approve it.',
  });
};

/** Until the next look, and no longer than until it expires. */
const waiting = (approval: Awaited, nowMs: number): Awaited => ({
  ...approval,
  waitSeconds: Math.max(
    1,
    Math.min(lookEverySeconds(nowMs - approval.askedMs), Math.ceil((approval.untilMs - nowMs) / 1_000)),
  ),
});

async function ended(context: RunContext, state: RunState, key: string, finding: Finding): Promise<RunState> {
  await recordFinding(context, key, finding);
  return { ...state, next: 'conclude', approval: undefined };
}

async function answered(
  context: RunContext,
  state: RunState,
  { hash }: Awaited,
  given: ApprovalAnswer,
): Promise<RunState> {
  const said = `${given.by}${given.note === undefined ? '' : ` (${given.note})`}`;
  if (given.answer === 'refused') {
    return ended(context, state, 'approval', {
      code: 'approval-refused',
      verdict: 'halted',
      message: `It was refused at ${iso(given.atMs)} by ${said}, before any fault.`,
    });
  }
  if (given.hash !== hash) {
    return ended(context, state, 'approval', {
      code: 'approval-of-another',
      verdict: 'halted',
      message: `What ${said} approved is not what would run, so nothing was begun.`,
      hint: 'Start it again, and approve what it then says.',
    });
  }
  const evidence = `approved at ${iso(given.atMs)} by ${said}`;
  await record(context, 'check-approval', {
    kind: 'check',
    at: iso(given.atMs),
    check: 'approval',
    passed: true,
    evidence,
  });
  await note(context, 'approval', 'phase', `It was ${evidence}.`, given.atMs);
  const approved = { ...state, approval: undefined };
  // What may have changed while a person thought about it.
  for (const check of [...gatesAfterWait, checkGuards]) {
    if (!(await writeCheck(context, await check(context))).passed) return { ...approved, next: 'conclude' };
  }
  return beginBaseline(context, approved);
}
