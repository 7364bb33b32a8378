import type { CheckResult, Refusal } from './admission/check.ts';
import { checkBlackouts } from './admission/check-blackouts.ts';
import { checkCounts } from './admission/check-counts.ts';
import { checkGuards } from './admission/check-guards.ts';
import { checkHalts } from './admission/check-halts.ts';
import { checkLease } from './admission/check-lease.ts';
import { checkListed } from './admission/check-listed.ts';
import { checkPrerequisites } from './admission/check-prerequisites.ts';
import { checkPreview } from './admission/check-preview.ts';
import { checkTargets } from './admission/check-targets.ts';
import { baselineMs, iso, note, type RunContext, record, recordFinding, type Step } from './context.ts';
import { rememberBefore } from './residue.ts';
import { startTraffic } from './traffic.ts';

/** Whether this run may start now, in the order in which it is asked: the first that fails ends admission. */
const gates = [checkHalts, checkListed, checkBlackouts, checkLease] as const;

/** What the targets must be like, besides being the environment's. */
const targetChecks = [checkCounts, checkPrerequisites] as const;

/**
 * Admits a run or rejects it, before anything is touched: kill switch, listing, blackout, lease; then guards and every resource that the
 * selectors can match, with all that is wrong with them; last a preview. Each check is kept with its evidence.
 */
export const admit: Step = async (context, state) => {
  const { ports, input } = context;
  ports.progress.tell({
    kind: 'phase',
    atMs: ports.clock.now(),
    phase: 'admit',
    waitingFor: 'every check before a fault',
  });
  const { runId, experiment, startedAtMs } = state;
  if ((await ports.liveRuns.begin({ runId, experiment, startedAtMs })) === 'concluded')
    return { ...state, next: 'conclude' };
  await note(context, 'admitted', 'phase', `Admission of ${input.environment.id} began.`);
  let lease = state.lease;
  for (const check of gates) {
    const { passed, lease: taken } = await written(context, await check(context));
    if (!passed) return { ...state, lease, next: 'conclude' };
    lease = taken ?? lease;
  }
  if (!(await isFitToRun(context))) return { ...state, lease, next: 'conclude' };
  const started = await startTraffic(context);
  if (started === undefined) return { ...state, lease, next: 'conclude' };
  const startMs = ports.clock.now();
  return {
    ...state,
    ...started,
    lease,
    next: 'baseline',
    phase: { startMs, endMs: startMs + baselineMs(context), slice: 0 },
  };
};

/** Asks of guards and targets, so that one run tells everything that has to be mended; then FIS itself, where nothing has. */
async function isFitToRun(context: RunContext): Promise<boolean> {
  const guards = await written(context, await checkGuards(context));
  const found = await written(context, await checkTargets(context));
  const { targets } = found;
  if (!found.passed || targets === undefined) return false;
  let allPassed = guards.passed;
  for (const check of targetChecks) {
    const { passed } = await written(context, await check(context, targets));
    allPassed &&= passed;
  }
  if (!allPassed || !(await written(context, await checkPreview(context, targets))).passed) return false;
  await rememberBefore(context, targets);
  return true;
}

/** Writes down what a check found: its evidence, and a finding for everything that is wrong. */
async function written(context: RunContext, result: CheckResult): Promise<CheckResult> {
  const { check, passed, evidence, hint } = result;
  const at = iso(context.ports.clock.now());
  await record(context, `check-${check}`, { kind: 'check', at, check, passed, evidence });
  if (passed) return result;
  const single: Refusal = { evidence, ...(hint === undefined ? {} : { hint }) };
  for (const [index, refusal] of (result.refusals ?? [single]).entries()) {
    await recordFinding(context, `admission-${check}-${String(index).padStart(3, '0')}`, {
      code: `check-${check}`,
      verdict: 'rejected',
      rejection: refusal.rejection ?? result.rejection,
      message: `Not admitted: ${refusal.evidence}.`,
      ...(refusal.hint === undefined ? {} : { hint: refusal.hint }),
    });
  }
  return result;
}
