const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/**
 * The last `columns` values as bars from nothing to `top`; a gap is a space. What is beyond the top is a full bar.
 * `top` is the limit where there is one, so that a full bar means a miss.
 */
export function sparkline(values: readonly (number | undefined)[], columns: number, top: number): string {
  const shown = columns <= 0 ? [] : values.slice(-columns);
  return shown
    .map((value) => {
      if (value === undefined) return ' ';
      const share = top <= 0 ? 0 : Math.min(1, Math.max(0, value / top));
      return bars[Math.min(bars.length - 1, Math.floor(share * (bars.length - 1)))] ?? ' ';
    })
    .join('');
}
