import { type RunContext, record, recordFinding } from '../context.ts';
import { iso } from '../iso.ts';
import type { CheckResult, Refusal } from './check.ts';

/** Writes down what a check found: its evidence, and a finding for everything that is wrong. */
export async function writeCheck(context: RunContext, result: CheckResult): Promise<CheckResult> {
  const { check, passed, evidence, hint } = result;
  const at = iso(context.ports.clock.now());
  await record(context, `check-${check}`, { kind: 'check', at, check, passed, evidence });
  if (passed) return result;
  const single: Refusal = { evidence, ...(hint === undefined ? {} : { hint }) };
  for (const [index, refusal] of (result.refusals ?? [single]).entries()) {
    await recordFinding(context, `admission-${check}-${String(index).padStart(3, '0')}`, {
      code: refusal.code ?? `check-${check}`,
      verdict: 'rejected',
      rejection: refusal.rejection ?? result.rejection,
      message: `Not admitted: ${refusal.evidence}.`,
      ...(refusal.hint === undefined ? {} : { hint: refusal.hint }),
    });
  }
  return result;
}
