import type { Draw } from './draw.ts';

/** A metric as it really is: a level with bounded noise. */
export interface Gauge {
  readonly level: (t: number) => number;
  /** How far a reading may lie from the level. */
  readonly noise: number;
}

export const readingAt = (gauge: Gauge, t: number, draw: Draw): number =>
  Math.round((gauge.level(t) + draw.between(-gauge.noise, gauge.noise)) * 1_000) / 1_000;
