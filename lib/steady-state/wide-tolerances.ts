import type { BaselineProbe, ToleranceJudgement } from './judgement.ts';
import { amount } from './words.ts';

/** A limit so many times what is seen before any fault lets so many times the latency pass. */
const tooWide = 10;
/** Differences below this are noise to anyone: a limit under it is never too wide. */
const leastMs = 50;

/**
 * Latency limits that are wider than the baseline by far: a service may become many times slower, and nobody would be told. Each as a
 * sentence that says what to ask instead.
 */
export function wideTolerances(
  probes: readonly BaselineProbe[],
  tolerances: readonly ToleranceJudgement[],
): string[] {
  return tolerances.flatMap(({ probe, tolerance, limitValue, unit, limit, observed }) => {
    const isKnown = probes.some((one) => one.probe === probe) && observed !== undefined && observed > 0;
    if (unit !== 'ms' || !isKnown || limitValue < leastMs || limitValue < tooWide * observed) return [];
    const times = Math.floor(limitValue / observed);
    const instead = Math.max(leastMs, Math.ceil((3 * observed) / 10) * 10);
    return instead >= limitValue
      ? []
      : [
          `${probe}: ${tolerance} was ${amount(observed, 'ms')} before any fault, and ${limit} is asked: it could become ${times} times slower, and nothing would be missed. Below ${instead}ms would notice it.`,
        ];
  });
}
