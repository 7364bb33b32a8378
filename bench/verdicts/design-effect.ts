import type { Service } from './service.ts';

/**
 * How many of the samples are worth one independent one, from the parameters: the logarithms of two latencies k samples apart are
 * correlated by the noise they have in common, and being beyond the median by (2/π) asin of that (Sheppard, 1899); beyond any other
 * limit by less.
 */
export function designEffectOf({ sigma, noise }: Service, perSecond: number): number {
  if (noise === undefined) return 1;
  const common = noise.sigma ** 2 / (noise.sigma ** 2 + sigma ** 2);
  let effect = 1;
  for (let k = 1; k < 100_000; k += 1) {
    const correlation = (2 / Math.PI) * Math.asin(common * Math.exp(-k / (perSecond * noise.seconds)));
    if (correlation < 1e-4) break;
    effect += 2 * correlation;
  }
  return effect;
}
