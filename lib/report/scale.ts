/** A linear scale: from what is measured to where it is drawn. */
export interface Scale {
  (value: number): number;
  /** About so many round numbers within the domain. */
  ticks(count: number): number[];
}

type Ends = readonly [from: number, to: number];

/** The step between round numbers, or by how much to divide where it is below one: thirds and the like would not be exact. */
function roundStep(length: number, count: number): { readonly times: number; readonly by: number } {
  const step = length / count;
  const power = Math.floor(Math.log10(step));
  const rest = step / 10 ** power;
  const factor = rest >= Math.sqrt(50) ? 10 : rest >= Math.sqrt(10) ? 5 : rest >= Math.sqrt(2) ? 2 : 1;
  return power < 0 ? { times: 1, by: 10 ** -power / factor } : { times: 10 ** power * factor, by: 1 };
}

/** The ticks that d3 gives (d3-array, "ticks"): multiples of 1, 2 or 5 times a power of ten. */
function ticksIn([from, to]: Ends, count: number): number[] {
  if (!(to > from)) return from === to ? [from] : [];
  const { times, by } = roundStep(to - from, count);
  const first = Math.ceil((from * by) / times - 1e-9);
  const last = Math.floor((to * by) / times + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => ((first + index) * times) / by);
}

/** A scale of its own, since d3's carries colours, formats and interpolation with it, 28 kB that no chart here uses. */
export const linearScale = (domain: Ends, range: Ends): Scale =>
  Object.assign(
    (value: number) => {
      const share = domain[1] === domain[0] ? 0.5 : (value - domain[0]) / (domain[1] - domain[0]);
      return range[0] + share * (range[1] - range[0]);
    },
    { ticks: (count: number) => ticksIn(domain, count) },
  );

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** The path through points; one alone is closed, so that a round end of the line shows it. */
export const pathThrough = (points: readonly (readonly [x: number, y: number])[]): string =>
  points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${tenth(x)},${tenth(y)}`).join('') +
  (points.length === 1 ? 'Z' : '');
