import type { HttpProbe } from '../experiment/probe.ts';
import type { Sample } from '../steady-state/observation.ts';
import type { ProbeSpec } from '../steady-state/probe-spec.ts';
import { dueTimeMs } from './due-times.ts';
import type { Flights } from './flights.ts';
import { iso } from './iso.ts';
import { sound } from './looks/sound.ts';
import type { Clock, Prober } from './ports.ts';

/**
 * A request sent later than this after it was due says nothing about the system: since no answer is ever waited for before the
 * next request, lateness is always the prober's own (its process was not scheduled).
 */
export const latestSendMs = 100;

/**
 * How long after a request's time-out its outcome may come: a self-check may be under way, and what was asked ahead comes in
 * batches. What comes later is not waited for.
 */
const graceMs = 3_000;

/** What asking one http probe needs to know of its slice. */
interface AskingSlice {
  readonly clock: Clock;
  readonly prober: Prober;
  readonly seed: number;
  readonly selfChecks?: readonly string[] | undefined;
  readonly phaseStartMs: number;
  readonly fromMs: number;
  readonly untilMs: number;
}

/**
 * Asks one probe's requests of a slice, each when it is due or as long before as the prober wants it. Whatever keeps one from being
 * sent is its sample: none is skipped in silence.
 */
export async function askRegularly(
  slice: AskingSlice,
  asked: {
    readonly spec: ProbeSpec;
    readonly probe: HttpProbe;
    readonly over: AbortSignal;
    readonly keep: (spec: ProbeSpec, sample: Sample) => void;
    readonly flights: Flights;
  },
): Promise<void> {
  const { clock, prober, seed, phaseStartMs: startMs, untilMs } = slice;
  const { spec, probe, over, keep, flights } = asked;
  const { name, intervalMs, timeoutMs } = spec;
  const leadMs = prober.leadMs?.(probe) ?? 0;
  const most = mostUnderWay(spec, leadMs);
  const beginMs = Math.max(slice.fromMs, clock.now());
  const first = Math.max(0, Math.floor((beginMs - startMs) / intervalMs));
  for (let index = first; !over.aborted; index += 1) {
    const dueMs = dueTimeMs({ seed, probe: name, index, startMs, intervalMs });
    if (dueMs >= untilMs) return;
    if (dueMs < beginMs) continue;
    const waitMs = dueMs - leadMs - clock.now();
    if (waitMs > 0) await clock.sleep(waitMs, over);
    if (over.aborted) return;
    const lateMs = clock.now() - dueMs;
    const blame = (what: string) => keep(spec, { at: iso(dueMs), probe: name, error: `prober: ${what}` });
    if (lateMs > latestSendMs) {
      blame(`${lateMs.toFixed(0)} ms late in asking`);
    } else if (flights.count(name) >= most) {
      blame(`${most} requests are under way, more than this rate and time-out can have, so it was not sent`);
    } else {
      flights.ask(
        { probe: name, dueMs, giveUpMs: dueMs + timeoutMs + leadMs + graceMs },
        prober.ask({
          probe: name,
          definition: probe,
          dueMs,
          timeoutMs,
          turn: index,
          selfChecks: slice.selfChecks,
        }),
        (outcome) => keep(spec, { at: iso(dueMs), probe: name, ...sound(outcome) }),
      );
    }
  }
}

/** As many as are due in the time that one may take. */
const mostUnderWay = ({ intervalMs, timeoutMs }: ProbeSpec, leadMs: number): number =>
  Math.ceil((timeoutMs + 2 * leadMs + graceMs) / intervalMs) + 1;
