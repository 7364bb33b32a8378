import type { CheckResult, LookContext } from './check.ts';
import { checkGuards } from './check-guards.ts';
import { lookAtLease } from './check-lease.ts';
import { checkTargets } from './check-targets.ts';
import { gates } from './gates.ts';
import { targetChecks } from './target-checks.ts';

/** What stands for a check that could not be made; it may also throw what it was given. */
export type WhenUnanswered = (thrown: unknown) => CheckResult | Promise<CheckResult>;

const fail: WhenUnanswered = (thrown) => {
  throw thrown;
};

/**
 * What admission would find now, of every check that changes nothing: no lease is taken, FIS is asked for no preview, and nothing is
 * written down. All are asked, also behind one that fails.
 */
export async function lookAtAdmission(
  context: LookContext,
  whenUnanswered: WhenUnanswered = fail,
): Promise<CheckResult[]> {
  const tried = async (check: () => Promise<CheckResult>): Promise<CheckResult> => {
    try {
      return await check();
    } catch (thrown) {
      return await whenUnanswered(thrown);
    }
  };
  const results: CheckResult[] = [];
  for (const check of [...gates, lookAtLease, checkGuards]) results.push(await tried(() => check(context)));
  const found = await tried(() => checkTargets(context));
  results.push(found);
  const { targets } = found;
  if (found.passed && targets !== undefined)
    for (const check of targetChecks) results.push(await tried(() => check(context, targets)));
  return results;
}
