import type { Tolerances } from '../experiment/tolerance.ts';
import { limitOf } from '../steady-state/limit.ts';
import type { Window } from '../steady-state/window.ts';
import type { Aggregate } from './view.ts';

type Point = Aggregate['series'][number];

interface Figure {
  readonly of: Pick<Aggregate, 'figure' | 'isFloor' | 'label' | 'limit' | 'unit'>;
  readonly read: (window: Window) => number | undefined;
  /** Which of two is further out. */
  readonly worse: (...values: number[]) => number;
}

/** What was seen of one figure of a probe. */
interface Seen {
  readonly points: readonly Point[];
  /** Of the last baseline. */
  readonly before: readonly number[];
}

/** What the probes of a game day have seen so far: bounded, however long it lasts. */
export type Measured = Readonly<Record<string, Seen>>;

/** As many points as a chart can show; from then on two neighbours become one. */
const mostPoints = 600;

/** What is shown of a probe: what its tolerances are about. */
function figuresOf(tolerances: Tolerances): readonly Figure[] {
  const { p50, p90, p95, p99, errorRate, age, count, value } = tolerances;
  const figures: Figure[] = [];
  if ((p50 ?? p90 ?? p95 ?? p99) !== undefined)
    figures.push({
      of: { figure: 'p95', label: '95th percentile of latency', unit: 'ms', ...limit(p95?.below.ms) },
      read: ({ p95Ms }) => p95Ms,
      worse: Math.max,
    });
  if (errorRate !== undefined)
    figures.push({
      of: { figure: 'errors', label: 'requests that fail', unit: '%', ...limit(100 * errorRate.below.ratio) },
      read: ({ count: all, errors }) => (all === 0 ? undefined : (100 * errors) / all),
      worse: Math.max,
    });
  if (age !== undefined)
    figures.push({
      of: { figure: 'value', label: 'age', unit: 's', ...limit(age.below.ms / 1_000) },
      read: ({ highestValue }) => highestValue,
      worse: Math.max,
    });
  else if (count !== undefined)
    figures.push({
      of: { figure: 'value', label: 'items', unit: '', isFloor: true, ...limit(count.atLeast) },
      read: ({ lowestValue }) => lowestValue,
      worse: Math.min,
    });
  else if (value !== undefined)
    figures.push({
      of: {
        figure: 'value',
        label: 'value',
        unit: '',
        ...(value.below === undefined ? { isFloor: true } : {}),
        ...limit(limitOf(tolerances, 'value')?.value),
      },
      read: ({ highestValue, lowestValue }) => (value.below === undefined ? lowestValue : highestValue),
      worse: value.below === undefined ? Math.min : Math.max,
    });
  return figures;
}

const limit = (value: number | undefined): { limit?: number } =>
  value === undefined ? {} : { limit: value };

const keyOf = (probe: string, figure: Aggregate['figure']): string => `${probe}/${figure}`;

/** A baseline begins: what a run compares with is what was seen before its own fault. */
export const baselineBegins = (measured: Measured): Measured =>
  Object.fromEntries(Object.entries(measured).map(([key, seen]) => [key, { ...seen, before: [] }]));

/** What was seen, with one window more; one that is told again changes nothing. */
export function withWindow(
  measured: Measured,
  steadyState: Readonly<Record<string, { readonly tolerances: Tolerances }>>,
  window: Window,
  isBaseline: boolean,
): Measured {
  const tolerances = steadyState[window.probe]?.tolerances;
  if (tolerances === undefined) return measured;
  const added = figuresOf(tolerances).map(({ of, read, worse }) => {
    const key = keyOf(window.probe, of.figure);
    const { points, before } = measured[key] ?? { points: [], before: [] };
    const value = read(window);
    const last = points.at(-1)?.[0] ?? Number.NEGATIVE_INFINITY;
    if (window.endMs <= last) return [key, { points, before }] as const;
    const more = bounded([...points, [window.endMs, value ?? null]], worse);
    return [
      key,
      { points: more, before: isBaseline && value !== undefined ? [...before, value] : before },
    ] as const;
  });
  return { ...measured, ...Object.fromEntries(added) };
}

/** Two neighbours become the worse of them: what was furthest out stays seen. */
function bounded(points: readonly Point[], worse: Figure['worse']): readonly Point[] {
  if (points.length <= mostPoints) return points;
  const half: Point[] = [];
  for (let index = 0; index < points.length; index += 2) {
    const [one, other] = [points[index], points[index + 1]];
    if (one === undefined) continue;
    const value = other === undefined ? one[1] : worseOf(one[1], other[1], worse);
    half.push([other?.[0] ?? one[0], value]);
  }
  return half;
}

const worseOf = (one: number | null, other: number | null, worse: Figure['worse']): number | null =>
  one === null ? other : other === null ? one : worse(one, other);

/** The aggregates of all that was measured, as they are shown. */
export function aggregatesOf(
  measured: Measured,
  steadyState: Readonly<Record<string, { readonly tolerances: Tolerances }>>,
): readonly Aggregate[] {
  return Object.entries(steadyState).flatMap(([probe, { tolerances }]) =>
    figuresOf(tolerances).map(({ of }) => {
      const { points, before } = measured[keyOf(probe, of.figure)] ?? { points: [], before: [] };
      const now = points.at(-1)?.[1] ?? undefined;
      const baseline = before.toSorted((a, b) => a - b)[Math.floor(before.length / 2)];
      return {
        probe,
        ...of,
        ...(now === undefined ? {} : { now }),
        ...(baseline === undefined ? {} : { baseline }),
        series: points,
      };
    }),
  );
}
