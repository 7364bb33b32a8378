import { type PercentileName, percentiles } from '../../experiment/percentiles.ts';
import type { BaselineSeries } from '../baseline-series.ts';
import type { Bounded } from '../bounds.ts';
import { differenceOf } from '../difference.ts';
import type { Comparison } from '../judgement.ts';
import type { ProbeSpec } from '../probe-spec.ts';
import { allowedIncrease, type RecoveryRule } from './recovery-rule.ts';
import type { Stretch } from './stretch.ts';

function compared(
  about: Pick<Comparison, 'probe' | 'figure' | 'unit'>,
  after: Bounded,
  before: Bounded,
  allowed: number,
  drift: number,
): Comparison {
  const { at: _at, ...difference } = differenceOf(after, before);
  const most = allowed + drift;
  const state =
    difference.high !== undefined && difference.high <= most
      ? 'back'
      : difference.low !== undefined && difference.low > most
        ? 'outside'
        : 'open';
  return {
    ...about,
    ...(before.at === undefined ? {} : { before: before.at }),
    ...(after.at === undefined ? {} : { after: after.at }),
    difference,
    allowed: most,
    ...(drift > 0 ? { drift } : {}),
    state,
  };
}

/** What a control shows of how the whole system has moved since the baseline. */
export interface ControlShift {
  readonly before: BaselineSeries;
  readonly after: Stretch;
}

/**
 * Compares a probe's figures over a stretch after the fault with the baseline's: whether each is no worse by more than the rule allows.
 * Better is not worse: what answers faster than before is back. Percentiles other than the median are compared where a tolerance is
 * about them.
 */
export function compareWithBaseline(
  spec: ProbeSpec,
  before: BaselineSeries,
  after: Stretch,
  rule: RecoveryRule,
  control: ControlShift | undefined,
): Comparison[] {
  const names = (Object.keys(percentiles) as PercentileName[]).filter(
    (name) => name === 'p50' || spec.tolerances[name] !== undefined,
  );
  const latencies =
    before.answered === 0 ? [] : names.map((name) => ofPercentile(spec, name, before, after, rule, control));
  // Only what is asked for answers can fail: a metric's readings cannot.
  const canFail = before.answered > 0 || spec.tolerances.errorRate !== undefined;
  if (before.tally.errorRate === undefined || !canFail) return latencies;
  const rates = compared(
    { probe: spec.name, figure: 'errorRate', unit: 'ratio' },
    after.failureRate(before.failureEffect()),
    before.failureRate(),
    allowedIncrease(rule, 'rate', before.tally.errorRate),
    control === undefined ? 0 : rateDrift(control),
  );
  return [...latencies, rates];
}

function ofPercentile(
  spec: ProbeSpec,
  name: PercentileName,
  before: BaselineSeries,
  after: Stretch,
  rule: RecoveryRule,
  control: ControlShift | undefined,
): Comparison {
  const q = percentiles[name];
  const was = before.quantile(q);
  return compared(
    { probe: spec.name, figure: name, unit: 'ms' },
    after.quantile(q, before.effectAt(q)),
    was,
    allowedIncrease(rule, 'latency', was.at ?? 0),
    control === undefined ? 0 : latencyDrift(control, q, was),
  );
}

/** How much slower the control has surely become by itself, in the proportions of what is compared. */
function latencyDrift({ before, after }: ControlShift, q: number, was: Bounded): number {
  const own = before.quantile(q);
  const { low } = differenceOf(after.quantile(q, before.effectAt(q)), own);
  return low === undefined || low <= 0 || !own.at || was.at === undefined ? 0 : (low / own.at) * was.at;
}

const rateDrift = ({ before, after }: ControlShift): number =>
  Math.max(0, differenceOf(after.failureRate(before.failureEffect()), before.failureRate()).low ?? 0);
