import { asking } from '../../aws/command/aws-problem.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { experimentOf, type RunnerInput } from '../../plan/runner-input.ts';
import type { CheckResult, LookContext } from '../../run/admission/check.ts';
import { lookAtAdmission } from '../../run/admission/look-at-admission.ts';
import type { Target } from '../../run/ports.ts';
import type { PlannedCheck } from './run-plan-document.ts';

/** No run has this id, so that no halt of one run is meant by it. */
const nobodysRun = 'no-run';

const unanswered = 'unanswered';

/** A check that AWS refused to answer; whatever else went wrong keeps the plan from being made. */
async function notAnswered(thrown: unknown): Promise<CheckResult> {
  try {
    return await asking({ action: 'what a check of admission asks' }, () => Promise.reject(thrown));
  } catch (problem) {
    if (!(problem instanceof SteadfastError) || problem.code !== 'permission') throw problem;
    const { message, hint } = problem;
    return {
      check: unanswered,
      passed: false,
      rejection: 'permission',
      evidence: message,
      ...(hint === undefined ? {} : { hint }),
    };
  }
}

/** What admission would find now, and what the faults can hit. */
export async function askAdmission(
  input: RunnerInput,
  ports: LookContext['ports'],
): Promise<{ readonly checks: readonly PlannedCheck[]; readonly targets?: readonly Target[] }> {
  const context = { input, ports, experiment: experimentOf(input), runId: nobodysRun };
  const results = await lookAtAdmission(context, notAnswered);
  const targets = results.find((one) => one.targets !== undefined)?.targets;
  return { checks: results.map(plannedCheck), ...(targets === undefined ? {} : { targets }) };
}

function plannedCheck({ check, passed, evidence, rejection, hint, refusals }: CheckResult): PlannedCheck {
  const hints = refusals?.flatMap((one) => one.hint ?? []) ?? (hint === undefined ? [] : [hint]);
  if (passed) return { check, passed, evidence, hints: [] };
  return {
    check,
    ...(check === unanswered ? {} : { passed }),
    evidence,
    rejection: refusals?.[0]?.rejection ?? rejection,
    hints: [...new Set(hints)],
  };
}
