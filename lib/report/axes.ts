import { type Html, html } from './html.ts';
import { linearScale, type Scale } from './scale.ts';

/** What a time axis counts in. */
export interface AxisUnit {
  readonly name: string;
  readonly ms: number;
}

/** Seconds for a run of up to twenty minutes, then minutes, and hours beyond ten of them. */
export function axisUnit(lengthMs: number): AxisUnit {
  if (lengthMs <= 1_200_000) return { name: 'seconds', ms: 1_000 };
  return lengthMs <= 36_000_000 ? { name: 'minutes', ms: 60_000 } : { name: 'hours', ms: 3_600_000 };
}

interface TimeAxis {
  readonly startMs: number;
  readonly endMs: number;
  readonly originMs: number;
  readonly bottom: number;
  readonly unit: AxisUnit;
  readonly wide: boolean;
}

/** The time axis: ticks at round numbers since the start of the run. */
export function timeAxis(x: Scale, axis: TimeAxis): Html {
  const { bottom, unit, originMs } = axis;
  const elapsed = linearScale(
    [(axis.startMs - originMs) / unit.ms, (axis.endMs - originMs) / unit.ms],
    [0, 1],
  );
  const ticks = elapsed.ticks(axis.wide ? 10 : 5);
  const place = (tick: number): number => Math.round(x(originMs + tick * unit.ms) * 10) / 10;
  const middle = (x(axis.startMs) + x(axis.endMs)) / 2;
  return html`<g class="axis"><path class="base" d="M${x(axis.startMs)},${bottom}H${x(axis.endMs)}"/>${ticks.map(
    (tick) =>
      html`<path class="base" d="M${place(tick)},${bottom}v5"/><text x="${place(tick)}" y="${bottom + 18}" text-anchor="middle">${tick.toLocaleString('en')}</text>`,
  )}<text x="${middle}" y="${bottom + 36}" text-anchor="middle">${unit.name} from the start of the run</text></g>`;
}
