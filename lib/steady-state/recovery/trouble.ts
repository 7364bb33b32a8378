import { Gathered } from '../gathered.ts';
import { type Limit, limitsOf } from '../limit.ts';
import type { ProbeSpec, Seen } from '../probe-spec.ts';
import { seconds } from '../words.ts';
import type { RecoveryRule } from './recovery-rule.ts';
import type { AfterFault } from './stretch.ts';

/** Something that keeps the recovery from having begun between two times. */
export interface Trouble {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly state: 'outside' | 'blind';
  readonly reason: string;
}

interface After {
  readonly faultEndMs: number;
  readonly untilMs: number;
  readonly rule: RecoveryRule;
}

/**
 * What of a probe after the fault was no steady state: a tolerance missed for longer than it may be, a sample beyond a limit that compares
 * each soon after the recovery would have begun, or a time in which nothing was seen.
 */
export const troublesOf = (spec: ProbeSpec, after: After, seen: AfterFault | undefined): Trouble[] => [
  ...limitsOf(spec.tolerances).flatMap((limit) => missesOf(spec, limit, after, seen?.usable ?? [])),
  ...gapsOf(spec, after, seen?.usable ?? []),
];

function missesOf(
  spec: ProbeSpec,
  limit: Limit,
  { faultEndMs, untilMs, rule }: After,
  seen: readonly Seen[],
): Trouble[] {
  const gathered = new Gathered(spec, limit, faultEndMs, 1);
  const beyond: number[] = [];
  for (const one of seen) {
    gathered.add(one);
    if (limit.rule.kind === 'each' && limit.beyond(one) === true) beyond.push(one.atMs);
  }
  const text = `${limit.tolerance} was not ${limit.text}`;
  gathered.miss();
  const { lastMissMs } = gathered;
  const missed: Trouble[] =
    lastMissMs === undefined
      ? []
      : [
          {
            fromMs: Number.NEGATIVE_INFINITY,
            untilMs: lastMissMs + 1,
            state: 'outside',
            reason: `${text} for longer than it may be`,
          },
        ];
  // A tolerance allows a sample beyond its limit now and then, but not as the first thing that is seen of a recovery, nor as the last.
  const single = beyond.map((atMs): Trouble => {
    const isLast = untilMs - atMs <= Math.max(spec.patienceMs, 1.5 * spec.intervalMs);
    return {
      fromMs: isLast ? Number.NEGATIVE_INFINITY : atMs - rule.windowMs,
      untilMs: atMs + 1,
      state: 'outside',
      reason: `${text} ${seconds(atMs - faultEndMs)} after the fault`,
    };
  });
  return [...missed, ...single];
}

function gapsOf(spec: ProbeSpec, { faultEndMs, untilMs }: After, seen: readonly Seen[]): Trouble[] {
  const troubles: Trouble[] = [];
  let lastMs = faultEndMs;
  for (const atMs of [...seen.map((one) => one.atMs), untilMs - spec.delayMs]) {
    if (atMs - lastMs > spec.blindMs) {
      const reason = `nothing was seen for ${seconds(atMs - lastMs)}`;
      troubles.push({ fromMs: Number.NEGATIVE_INFINITY, untilMs: atMs, state: 'blind', reason });
    }
    lastMs = Math.max(lastMs, atMs);
  }
  return troubles;
}
