import { checkBlackouts } from './admission/check-blackouts.ts';
import { checkGuards } from './admission/check-guards.ts';
import { checkHalts } from './admission/check-halts.ts';
import { checkLease } from './admission/check-lease.ts';
import { checkListed } from './admission/check-listed.ts';
import { checkTargets } from './admission/check-targets.ts';
import { baselineMs, iso, note, record, recordFinding, type Step } from './context.ts';

/** In the order in which they are asked. */
const checks = [checkHalts, checkListed, checkBlackouts, checkLease, checkGuards, checkTargets] as const;

/**
 * Admits a run or rejects it, before anything is touched: kill switch, listing, blackout, lease, guards, every resource that the selectors can
 * match, then a preview. Each check is kept with its evidence. The first that fails ends admission.
 */
export const admit: Step = async (context, state) => {
  const { ports, input } = context;
  ports.progress.tell({
    kind: 'phase',
    atMs: ports.clock.now(),
    phase: 'admit',
    waitingFor: 'every check before a fault',
  });
  await note(context, 'admitted', 'phase', `Admission of ${input.environment.id} began.`);
  let lease = state.lease;
  for (const check of checks) {
    const result = await check(context);
    await record(context, `check-${result.check}`, {
      kind: 'check',
      at: iso(ports.clock.now()),
      check: result.check,
      passed: result.passed,
      evidence: result.evidence,
    });
    if (check === checkLease && result.passed) lease = input.touches;
    if (!result.passed) {
      await recordFinding(context, 'admission', {
        code: `check-${result.check}`,
        verdict: 'rejected',
        rejection: result.rejection,
        message: `Not admitted: ${result.evidence}.`,
        ...(result.hint === undefined ? {} : { hint: result.hint }),
      });
      return { ...state, lease, next: 'conclude' };
    }
  }
  const startMs = ports.clock.now();
  return {
    ...state,
    lease,
    next: 'baseline',
    phase: { startMs, endMs: startMs + baselineMs(context), slice: 0 },
  };
};
