import { defaultMs } from '../experiment/default-ms.ts';
import { defaults } from '../experiment/defaults.ts';
import { type PercentileName, percentiles } from '../experiment/percentiles.ts';
import type { ToleranceName, Tolerances } from '../experiment/tolerance.ts';
import type { ToleranceJudgement } from './judgement.ts';
import { type Seen, toleranceNames } from './probe-spec.ts';

/** Missed when more than this share of the samples is beyond: a percentile (of which `q` is the share below), an error rate. */
export interface ShareRule {
  readonly kind: 'share';
  readonly allowed: number;
  readonly q?: number;
}

/** A tolerance as a rule on samples: how many of them may lie beyond the limit. */
export interface Limit {
  readonly tolerance: ToleranceName;
  /** As it was written: `below 250ms`. */
  readonly text: string;
  readonly value: number;
  readonly unit: ToleranceJudgement['unit'];
  readonly missedForMs: number;
  /** `each`: every sample is compared by itself (an age, a count, a value). */
  readonly rule: ShareRule | { readonly kind: 'each' };
  /** Whether the sample is beyond the limit; undefined when it says nothing about it. */
  readonly beyond: (seen: Seen) => boolean | undefined;
}

const missedForMs = (missedFor: { readonly ms: number } | undefined): number =>
  missedFor?.ms ?? defaultMs(defaults.missedFor);

function percentileLimit(
  tolerance: PercentileName,
  given: { below: { ms: number; text: string }; missedFor?: { ms: number } | undefined },
): Limit {
  const q = percentiles[tolerance];
  return {
    tolerance,
    text: `below ${given.below.text}`,
    value: given.below.ms,
    unit: 'ms',
    missedForMs: missedForMs(given.missedFor),
    rule: { kind: 'share', allowed: 1 - q, q },
    beyond: (seen) =>
      seen.failed ? true : seen.latencyMs === undefined ? undefined : seen.latencyMs >= given.below.ms,
  };
}

/** The limit that one tolerance sets; undefined when the probe has no such tolerance. */
export function limitOf(tolerances: Tolerances, tolerance: ToleranceName): Limit | undefined {
  switch (tolerance) {
    case 'p50':
    case 'p90':
    case 'p95':
    case 'p99': {
      const given = tolerances[tolerance];
      return given && percentileLimit(tolerance, given);
    }
    case 'errorRate': {
      const given = tolerances.errorRate;
      return (
        given && {
          tolerance,
          text: `below ${given.below.text}`,
          value: given.below.ratio,
          unit: 'ratio',
          missedForMs: missedForMs(given.missedFor),
          rule: { kind: 'share', allowed: given.below.ratio },
          beyond: (seen) => seen.failed,
        }
      );
    }
    case 'age': {
      const given = tolerances.age;
      return (
        given &&
        each(
          tolerance,
          `below ${given.below.text}`,
          given.below.ms / 1_000,
          's',
          given.missedFor,
          (value) => value >= given.below.ms / 1_000,
        )
      );
    }
    case 'count': {
      const given = tolerances.count;
      return (
        given &&
        each(
          tolerance,
          `at least ${given.atLeast}`,
          given.atLeast,
          'items',
          given.missedFor,
          (value) => value < given.atLeast,
        )
      );
    }
    case 'value': {
      const given = tolerances.value;
      if (given === undefined) return undefined;
      const { above, below } = given;
      const text = [above === undefined ? '' : `above ${above}`, below === undefined ? '' : `below ${below}`]
        .filter(Boolean)
        .join(' and ');
      return each(
        tolerance,
        text,
        below ?? above ?? 0,
        '',
        given.missedFor,
        (value) => (below !== undefined && value >= below) || (above !== undefined && value <= above),
      );
    }
  }
}

function each(
  tolerance: ToleranceName,
  text: string,
  value: number,
  unit: Limit['unit'],
  missedFor: { readonly ms: number } | undefined,
  beyond: (value: number) => boolean,
): Limit {
  return {
    tolerance,
    text,
    value,
    unit,
    missedForMs: missedForMs(missedFor),
    rule: { kind: 'each' },
    beyond: (seen) => (seen.value === undefined ? undefined : beyond(seen.value)),
  };
}

/** A limit on a share. */
export type ShareLimit = Limit & { readonly rule: ShareRule };

export const isShareLimit = (limit: Limit): limit is ShareLimit => limit.rule.kind === 'share';

/** All limits that a probe's tolerances set, in the order in which they are shown. */
export const limitsOf = (tolerances: Tolerances): Limit[] =>
  toleranceNames(tolerances).flatMap((name) => limitOf(tolerances, name) ?? []);
