import type { CallFault, CallPoint } from '../calls/call.ts';
import type { ActionContext, Bite } from './action-handler.ts';

/** The points that calls of a service pass, whoever calls. */
export const callPointsOf = (
  services: readonly string[],
  { lab }: Pick<ActionContext, 'lab'>,
): readonly CallPoint[] => lab.callPoints.filter(({ service }) => services.includes(service));

/** A share of the calls, drawn anew for each. */
export const someOf =
  (percentage: number, fault: CallFault, { random }: Pick<ActionContext, 'random'>): CallFault =>
  (call) => {
    const effect = fault(call);
    return effect === undefined || random.next() * 100 >= percentage ? undefined : effect;
  };

/**
 * Has calls go wrong for as long as an action lasts.
 *
 * @param words what is called, and what became of it: `invocations`, `failed`
 * @returns how many of the calls were hit, service by service; where none was, why
 */
export async function faultCalls(
  points: readonly CallPoint[],
  fault: CallFault,
  durationMs: number,
  words: { readonly calls: string; readonly hit: string },
  { clock, signal }: Pick<ActionContext, 'clock' | 'signal'>,
): Promise<Bite> {
  const placed = points.map((point) => ({ service: point.service, added: point.addFault(fault) }));
  try {
    await clock.sleep(durationMs, signal);
  } finally {
    for (const { added } of placed) added.remove();
  }
  const services = [...Map.groupBy(placed, ({ service }) => service)].map(([service, of]) => {
    const counts = of.map(({ added }) => added.counters());
    return {
      service,
      seen: counts.reduce((sum, { seen }) => sum + seen, 0),
      hit: counts.reduce((sum, { hit }) => sum + hit, 0),
    };
  });
  const bit = services.some(({ hit }) => hit > 0);
  const silent = services.filter(({ seen }) => seen === 0).map(({ service }) => service);
  const why =
    silent.length === services.length
      ? `nothing called ${silent.join(' or ')} during the fault`
      : 'the fault was drawn for none of the calls, or was meant for others';
  return {
    bit,
    evidence: services
      .map(({ service, seen, hit }) => `${service}: ${hit} of ${seen} ${words.calls} ${words.hit}`)
      .join('; '),
    ...(bit ? {} : { likely: why }),
  };
}
