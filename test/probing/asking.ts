import { experimentSchema } from '../../lib/experiment/experiment.ts';
import type { HttpProbe } from '../../lib/experiment/probe.ts';
import { isHttpProbe } from '../../lib/experiment/probe-kind.ts';
import { createHttpProber, type HttpProberOptions } from '../../lib/probing/http-prober.ts';
import { systemClock } from '../../lib/probing/system-clock.ts';
import type { ProbeOutcome } from '../../lib/run/ports.ts';
import { slowDatabase } from '../plan/examples.ts';

export const secret = 's3cr3t-canary';

/** A probe as a definition writes its request. */
export function probeOf(http: object): HttpProbe {
  const products = { http: { service: 'shop', path: '/', ...http }, tolerances: { p95: { below: '1s' } } };
  const probe = experimentSchema.parse({ ...slowDatabase, steadyState: { products } }).steadyState[
    'products'
  ];
  if (probe === undefined || !isHttpProbe(probe)) throw new Error('it is no http probe');
  return probe;
}

/** A prober of one service. */
export const proberFor = (url: string, options: Partial<HttpProberOptions> = {}) =>
  createHttpProber({ clock: systemClock, urls: { shop: url }, secret: async () => secret, ...options });

/** Asks it once. */
export async function ask(
  url: string,
  http: object = {},
  more: Partial<HttpProberOptions> & { dueMs?: number; timeoutMs?: number } = {},
): Promise<ProbeOutcome> {
  const { dueMs = systemClock.now(), timeoutMs = 5_000, ...options } = more;
  return proberFor(url, options).ask({ probe: 'products', definition: probeOf(http), dueMs, timeoutMs });
}
