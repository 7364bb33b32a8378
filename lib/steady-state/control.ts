import type { BaselineSeries } from './baseline-series.ts';
import { boundedQuantile, boundedShare } from './bounds.ts';
import { shareState } from './judge-tolerance.ts';
import type { ToleranceJudgement } from './judgement.ts';
import { limitsOf } from './limit.ts';
import type { ProbeSpec } from './probe-spec.ts';
import type { Tally } from './tally.ts';
import { amount, percent } from './words.ts';

/** What a control saw before the fault and during a stage. */
export interface ControlSeen {
  readonly name: string;
  readonly before: BaselineSeries;
  readonly after: Tally;
}

/**
 * A tolerance that was missed, held against a control that the fault cannot touch: where the control has surely moved as well, and the
 * probe would not have missed a limit that had moved with it, the fault is not to blame, and nobody can say what it did.
 */
export function withControl(
  spec: ProbeSpec,
  judged: ToleranceJudgement,
  seen: Tally,
  control: ControlSeen,
): ToleranceJudgement {
  const limit = limitsOf(spec.tolerances).find(({ tolerance }) => tolerance === judged.tolerance);
  if (judged.state !== 'missed' || limit === undefined || limit.rule.kind === 'each') return judged;
  const { rule } = limit;
  const designEffect = judged.designEffect ?? 1;
  const moved = rule.q === undefined ? rateMoved(control) : latencyMoved(control, rule.q);
  if (moved === undefined) return judged;
  const counted =
    rule.q === undefined
      ? { beyond: seen.failed, count: seen.count, designEffect }
      : { ...seen.slowerThan(limit.value * moved.by), designEffect };
  const allowed = rule.q === undefined ? rule.allowed + moved.by : rule.allowed;
  if (shareState({ ...rule, allowed }, counted) === 'missed') return judged;
  return {
    ...judged,
    state: 'unknown',
    control: control.name,
    reason: `${judged.reason}; but ${control.name}, which the fault cannot touch, ${moved.words}: a limit that moved with it was not missed, so the fault is not to blame`,
  };
}

/** By which factor the control has surely become slower at least; undefined where it has not. */
function latencyMoved({ before, after }: ControlSeen, q: number): { by: number; words: string } | undefined {
  const was = before.quantile(q);
  const { count } = after.slowerThan(0);
  const is = boundedQuantile(count, q, before.effectAt(q), (share) => after.finitePercentile(share));
  if (was.at === undefined || was.high === undefined || is.low === undefined || is.low <= was.high)
    return undefined;
  return {
    by: is.low / was.high,
    words: `slowed as well, from ${amount(was.at, 'ms')} to ${amount(is.at, 'ms')}`,
  };
}

/** By how much the control's error rate has surely risen at least; undefined where it has not. */
function rateMoved({ before, after }: ControlSeen): { by: number; words: string } | undefined {
  const is = boundedShare({ beyond: after.failed, count: after.count }, before.failureEffect());
  const by = is.low - before.failureRate().high;
  if (by <= 0) return undefined;
  return { by, words: `failed more often as well, ${percent(after.errorRate ?? 0)} of the time` };
}
