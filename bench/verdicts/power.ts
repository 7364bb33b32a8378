/**
 * What a run can tell of a share beyond a limit, from exact binomial tails: up to which true share `met` is found, and from which `missed`,
 * each with a probability of 99 %.
 */
export interface Power {
  /** Negative where not even a sample without anything beyond the limit could show that it is met. */
  readonly metUpTo: number;
  /** Above 1 where not even a sample with everything beyond could show that it is missed. */
  readonly missedFrom: number;
}

const level = 0.01;

export function powerOf(
  {
    allowed,
    samples,
    designEffect,
  }: {
    readonly allowed: number;
    readonly samples: number;
    readonly designEffect: number;
  },
  probability = 0.99,
): Power {
  const n = Math.max(1, Math.floor(samples / designEffect));
  const most = greatest(n, (k) => atMost(k, n, allowed) <= level);
  const fewest = most === undefined ? 0 : most;
  const least = 1 + (greatest(n, (k) => 1 - atMost(k - 1, n, allowed) > level) ?? n);
  return {
    metUpTo: most === undefined ? -1 : shareWhere((p) => atMost(fewest, n, p) >= probability),
    missedFrom: least > n ? 2 : shareWhere((p) => 1 - atMost(least - 1, n, p) < probability),
  };
}

/** The greatest k up to `n` for which a condition holds that holds from 0 up to some k; undefined when not even for 0. */
function greatest(n: number, holds: (k: number) => boolean): number | undefined {
  if (!holds(0)) return undefined;
  let [low, high] = [0, n + 1];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** The greatest share for which a condition holds that holds from 0 up to some share. */
function shareWhere(holds: (share: number) => boolean): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 30; step += 1) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** The probability of at most `k` of `n` at a share of `p`, summed from the top term down. */
export function atMost(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n || p <= 0) return 1;
  if (p >= 1) return 0;
  const odds = p / (1 - p);
  let term = Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p));
  if (k > n * p) {
    // Above the mean the rest is the smaller sum.
    let rest = 0;
    for (let i = k + 1; i <= n; i += 1) {
      term *= ((n - i + 1) / i) * odds;
      rest += term;
      if (term < rest * 1e-12) break;
    }
    return 1 - rest;
  }
  let sum = term;
  for (let i = k; i > 0; i -= 1) {
    term *= i / ((n - i + 1) * odds);
    sum += term;
    if (term < sum * 1e-12) break;
  }
  return sum;
}

const logChoose = (n: number, k: number): number => logFactorial(n) - logFactorial(k) - logFactorial(n - k);

/** Stirling's series: for numbers above 1 right to nine digits. */
function logFactorial(n: number): number {
  if (n < 10) return Math.log([1, 1, 2, 6, 24, 120, 720, 5_040, 40_320, 362_880][n] ?? 1);
  return n * Math.log(n) - n + Math.log(2 * Math.PI * n) / 2 + 1 / (12 * n) - 1 / (360 * n ** 3);
}
