import { duration } from '../steady-state/words.ts';
import type { ApprovalRequest } from './approvals.ts';

/** What is approved, line by line, as people read it: what is set, what may be hit, and what is done in each stage. */
export function approvalLines({ stages, targets, set = {}, only }: ApprovalRequest): string[] {
  const chosen = Object.entries(set).map(([name, value]) => `${name}=${value}`);
  return [
    ...(chosen.length === 0 ? [] : [`Set: ${chosen.join(', ')}.`]),
    ...targets.map(
      ({ fault, count }) => `Fault ${fault} may hit ${count === 1 ? 'one resource' : `${count} resources`}.`,
    ),
    ...stages.map(
      ({ label, durationMs, faults }, index) =>
        `Stage ${only?.stage ?? index + 1} (${label}) for ${duration(durationMs)}: ${faults.map(({ action, parameters }) => `${action} ${parameters}`.trim()).join('; ')}.`,
    ),
  ];
}

/** Where whoever reads of a request answers it. What a game day asks for is answered there alone. */
export function answeredBy(runId: string, { environment, gameDay }: ApprovalRequest): string {
  return gameDay === undefined
    ? `To look at it and to answer: npx steadfast approve ${runId} --env ${environment}`
    : `It is stage ${gameDay.stage}, attempt ${gameDay.attempt}, of the game day ${gameDay.edition}, which alone approves it: npx steadfast gameday status ${gameDay.edition} --env ${environment}`;
}
