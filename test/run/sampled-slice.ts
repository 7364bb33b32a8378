import { probesSchema } from '../../lib/experiment/probe.ts';
import { dueTimeMs } from '../../lib/run/due-times.ts';
import type { ProbeOutcome } from '../../lib/run/ports.ts';
import { type SliceOptions, sampleSlice } from '../../lib/run/sampler.ts';
import { isMark, type Sample } from '../../lib/steady-state/observation.ts';
import { probeSpecs } from '../../lib/steady-state/probe-spec.ts';
import { createFakeSources } from '../fakes/fake-sources.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';

export const tolerances = { errorRate: { below: '1%' } };
export const http = { service: 'shop', path: '/products' };
export const epoch = Date.parse('2026-01-01T00:00:00.000Z');
export const seed = 7;

/** When the first requests of a probe are due, in milliseconds from the phase's beginning. */
export const dueTimes = (probe: string, intervalMs: number, count: number) =>
  Array.from(
    { length: count },
    (_, index) => dueTimeMs({ seed, probe, index, startMs: epoch, intervalMs }) - epoch,
  );

interface Asked {
  readonly probe: string;
  readonly dueMs: number;
  readonly sentMs: number;
}

/** A slice over the given probes; what it asked, and what it saw. */
export function slice(
  definition: Readonly<Record<string, unknown>>,
  options: {
    answers?: (asked: Asked) => ProbeOutcome;
    read?: SliceOptions['metrics']['read'];
    clock?: ReturnType<typeof createVirtualClock>;
  } = {},
) {
  const clock = options.clock ?? createVirtualClock({ startMs: epoch });
  const probes = probesSchema.parse(definition);
  const asked: Asked[] = [];
  let underWay = 0;
  let most = 0;
  return {
    clock,
    asked,
    most: () => most,
    underWay: () => underWay,
    observe: async (range: Partial<SliceOptions> & Pick<SliceOptions, 'fromMs' | 'untilMs'>) =>
      (
        await sampleSlice({
          clock,
          prober: {
            ask: async ({ probe, dueMs, timeoutMs }) => {
              const one = { probe, dueMs, sentMs: clock.now() };
              asked.push(one);
              underWay += 1;
              most = Math.max(most, underWay);
              const outcome = options.answers?.(one) ?? { status: 200, latencyMs: 5 };
              await clock.sleep(Math.min(outcome.latencyMs ?? 0, timeoutMs));
              underWay -= 1;
              return outcome;
            },
          },
          ...createFakeSources({ read: options.read ?? (async () => []) }),
          specs: probeSpecs(probes),
          probes,
          seed,
          phaseStartMs: epoch,
          onSample: () => {},
          onTick: async () => false,
          ...range,
        })
      ).flatMap((one): Sample[] => (isMark(one) ? [] : [one])),
  };
}

export const twenty = { products: { http, rate: '20/s', timeout: '2s', tolerances } };
