import type { RunContext } from '../context.ts';
import type { CheckResult } from './check.ts';
import { checkGuards } from './check-guards.ts';
import { lookAtLease } from './check-lease.ts';
import { checkTargets } from './check-targets.ts';
import { gates } from './gates.ts';
import { targetChecks } from './target-checks.ts';

/**
 * What admission would find now, of every check that changes nothing: no lease is taken, FIS is asked for no preview, and nothing is
 * written down. All are asked, also behind one that fails.
 */
export async function lookAtAdmission(context: RunContext): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of [...gates, lookAtLease, checkGuards]) results.push(await check(context));
  const found = await checkTargets(context);
  results.push(found);
  const { targets } = found;
  if (found.passed && targets !== undefined)
    for (const check of targetChecks) results.push(await check(context, targets));
  return results;
}
