import * as z from 'zod';
import { messageOf, SteadfastError } from '../../../experiment/steadfast-error.ts';
import type { Clock } from '../../../run/ports.ts';
import { proxyName } from '../../proxy/control/data-plane.ts';
import type { PlacedByControl } from '../../proxy/control/placements.ts';
import type { ActionHandler } from '../action-handler.ts';
import { type WatchedWay, whyUnheld } from '../why-unheld.ts';

/** How long a control that does not answer is tried again: it may be starting anew. */
const patienceMs = 5_000;
const retryMs = 100;
/** How long one request may take. */
const requestMs = 2_000;

const number = z.string().regex(/^\d+$/).transform(Number);

/** As the plan hands them over. */
const parametersSchema = z.object({
  to: z.string(),
  name: z.string(),
  type: z.string(),
  delayMilliseconds: number,
  jitterMilliseconds: number.default(0),
  stream: z.enum(['upstream', 'downstream']).default('downstream'),
});

type Parameters = z.output<typeof parametersSchema>;

function readParameters(given: Readonly<Record<string, string>>): Parameters {
  const read = parametersSchema.safeParse(given);
  if (read.success) return read.data;
  throw new SteadfastError('invalid', `lab:add-toxic: ${z.prettifyError(read.error)}`);
}

/** Asks the control to add the toxic to one link. One of that name that is there already is the same one. */
async function add(urlOf: () => URL, toxic: object, clock: Clock, signal: AbortSignal): Promise<void> {
  const untilMs = clock.now() + patienceMs;
  for (;;) {
    let response: Response;
    try {
      response = await fetch(urlOf(), {
        method: 'POST',
        body: JSON.stringify(toxic),
        signal: AbortSignal.timeout(requestMs),
      });
    } catch (cause) {
      if (clock.now() >= untilMs || signal.aborted)
        throw new SteadfastError('internal', `the proxy's control does not answer: ${messageOf(cause)}`, {
          cause,
        });
      await clock.sleep(retryMs, signal);
      continue;
    }
    const text = await response.text();
    if (response.ok || response.status === 409) return;
    throw new SteadfastError(
      'invalid',
      `the proxy's control refused the toxic on ${urlOf().pathname}: ${text.trim()}`,
    );
  }
}

const evidenceOf = (placed: readonly PlacedByControl[]) =>
  placed.map(({ proxy, toxic, counters: { chunks, connections, longestMs } }) =>
    chunks === 0
      ? `${proxy}: '${toxic.name}' held nothing back, since nothing was sent`
      : `${proxy}: '${toxic.name}' held back ${chunks} pieces of ${connections} connections, the longest by ${Math.round(longestMs)} ms, and is still there`,
  );

/** The links that the toxic is still on, with what it has done to each. */
const watchedWays = (
  ways: readonly (Omit<WatchedWay, 'toxic'> & { readonly proxy: string })[],
  placed: readonly PlacedByControl[],
): WatchedWay[] =>
  ways.flatMap(({ proxy, ...way }) => {
    const counters = placed.find((one) => one.proxy === proxy)?.counters;
    return counters === undefined ? [] : [{ ...way, toxic: { counters: () => counters } }];
  });

/** `lab:add-toxic`: has the proxy's control add a toxic to the links of each replica, and leaves it there. */
export const addToxic: ActionHandler = {
  id: 'lab:add-toxic',
  carryOut: async ({ lab, parameters, targets, clock, signal }) => {
    const control = lab.proxyControl();
    if (control === undefined)
      throw new SteadfastError('invalid', 'lab:add-toxic: the lab has no proxyControl');
    const { to, name, type, stream, delayMilliseconds, jitterMilliseconds } = readParameters(parameters);
    const attributes = { latency: delayMilliseconds, jitter: jitterMilliseconds };
    const named = targets.flatMap((replica) =>
      to.split(',').map((service) => ({ replica, to: service, proxy: proxyName(replica.id, service) })),
    );
    // What the control does not know as a link, it refuses.
    const ways = named.flatMap((way) => {
      const link = lab.links(way.replica.id).get(way.to);
      return link === undefined ? [] : [{ ...way, link, before: link.counters() }];
    });
    const proxies = named.map(({ proxy }) => proxy);
    for (const proxy of proxies) {
      const urlOf = () => new URL(`/proxies/${encodeURIComponent(proxy)}/toxics`, control.url);
      await add(urlOf, { name, type, stream, attributes }, clock, signal);
    }
    return () => {
      const placed = control
        .placed()
        .filter(({ proxy, toxic }) => proxies.includes(proxy) && toxic.name === name);
      const bit = placed.some(({ counters }) => counters.chunks > 0);
      // It is still on, so what is connected now is what it could have reached.
      const likely = bit ? undefined : whyUnheld(watchedWays(ways, placed), lab);
      return {
        bit,
        evidence: evidenceOf(placed).join('; ') || `'${name}' is on none of ${proxies.join(', ')}`,
        ...(likely === undefined ? {} : { likely }),
      };
    };
  },
};
