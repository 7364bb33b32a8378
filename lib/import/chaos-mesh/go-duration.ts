/** Milliseconds of the units of a duration in Go (`time.ParseDuration`). */
const unitMs: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  '\u00b5s': 1e-3,
  '\u03bcs': 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

const part = /(\d+(?:\.\d*)?|\.\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/y;

/** The milliseconds of a duration as Go writes it, such as `90s`, `2h45m` or `-1.5h`; undefined where it is none. */
export function goDurationMs(text: string): number | undefined {
  const sign = text.startsWith('-') ? -1 : 1;
  const rest = text.replace(/^[+-]/, '');
  if (rest === '0') return 0;
  let ms = 0;
  part.lastIndex = 0;
  while (part.lastIndex < rest.length) {
    const found = part.exec(rest);
    if (found === null) return undefined;
    ms += Number(found[1]) * (unitMs[found[2] ?? ''] ?? Number.NaN);
  }
  if (rest === '' || !Number.isFinite(ms)) return undefined;
  // Sums of fractions of seconds are exact to the nanosecond, which is Go's own precision.
  return (sign * Math.round(ms * 1e6)) / 1e6;
}
