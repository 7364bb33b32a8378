import { defaultMs } from '../../experiment/default-ms.ts';
import { defaults } from '../../experiment/defaults.ts';
import type { Tolerances } from '../../experiment/tolerance.ts';
import { type ProbeSpec, probeSpecs, toleranceNames } from '../../steady-state/probe-spec.ts';
import { experimentOf, type RunnerInput } from '../runner-input.ts';

/**
 * From asking FIS for the end until the fault is gone: half a minute was measured for network faults in tasks, whose agents have to take
 * it back; most others end within seconds.
 */
const fisStopMs = 30_000;

/** From an alarm to FIS's own stop: one to two seconds were measured. */
const fisReactionMs = 2_000;

/** CloudWatch has a metric one to three minutes after what it measures; that is most of what a guard needs. */
const metricDelayMs = 3 * 60_000;

/** What would end a fault, and how long that takes at worst from the first harm until the fault is gone. */
export interface HaltTime {
  readonly by: 'watch' | 'blind' | 'guard';
  /** The probe with its tolerance, or the guard. */
  readonly name: string;
  /** Undefined where it is not known here. */
  readonly ms: number | undefined;
  /** What it is made of, as a sentence without a full stop. */
  readonly because: string;
}

/** A guard as the environment declares it. */
export interface DeclaredGuard {
  readonly name: string;
  /** How long before its alarm rings, with the period of its metric; undefined for an alarm that exists already. */
  readonly alarmMs: number | undefined;
}

const missedForMs = (tolerances: Tolerances, name: keyof Tolerances): number =>
  tolerances[name]?.missedFor?.ms ?? defaultMs(defaults.missedFor);

const seconds = (ms: number) => `${Math.round(ms / 100) / 10} s`;

/** The slowest that the watch can be: whichever tolerance is missed, it is seen by then. */
export function haltTimesOf(input: RunnerInput, guards: readonly DeclaredGuard[]): HaltTime[] {
  const experiment = experimentOf(input);
  const specs = probeSpecs(experiment.steadyState, input.leastRatePerSecond);
  return [...specs.flatMap(watchTimesOf), ...guards.map(guardTimeOf)];
}

function watchTimesOf(spec: ProbeSpec): HaltTime[] {
  const { name, tolerances, windowMs, intervalMs, delayMs, timeoutMs, blindMs } = spec;
  // A look that gets no answer is known to have failed when its time is up; a metric's time-out is its delay already.
  const knownMs = Math.max(delayMs + intervalMs, timeoutMs);
  const watched = toleranceNames(tolerances).map((tolerance): HaltTime => {
    const forMs = missedForMs(tolerances, tolerance);
    return {
      by: 'watch',
      name: `${name} ${tolerance}`,
      ms: forMs + windowMs + intervalMs + knownMs + fisStopMs,
      because: `missed for ${seconds(forMs)}, a window of ${seconds(windowMs)}, the next look and its answer ${seconds(intervalMs + knownMs)}, FIS's stop ${seconds(fisStopMs)}`,
    };
  });
  return [
    ...watched,
    {
      by: 'blind',
      name,
      ms: blindMs + knownMs + fisStopMs,
      because: `nothing usable seen for ${seconds(blindMs)}, the last answer ${seconds(knownMs)}, FIS's stop ${seconds(fisStopMs)}`,
    },
  ];
}

function guardTimeOf({ name, alarmMs }: DeclaredGuard): HaltTime {
  if (alarmMs === undefined)
    return { by: 'guard', name, ms: undefined, because: 'the alarm is not made from this environment' };
  return {
    by: 'guard',
    name,
    ms: alarmMs + metricDelayMs + fisReactionMs + fisStopMs,
    because: `its alarm ${seconds(alarmMs)}, the metric up to ${seconds(metricDelayMs)} late, FIS's reaction and stop ${seconds(fisReactionMs + fisStopMs)}`,
  };
}

/** How long harm that the probes can see lasts at worst. */
export const worstWatchMs = (times: readonly HaltTime[]): number =>
  Math.max(0, ...times.flatMap(({ by, ms }) => (by === 'guard' || ms === undefined ? [] : ms)));
