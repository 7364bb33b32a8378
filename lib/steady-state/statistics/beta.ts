/**
 * The regularized incomplete beta function and its inverse, from which every exact bound on a share is made. No library is used here:
 * the well-kept one costs a Lambda function more than all the rest of its code, and the small one is neither typed nor kept. The
 * tests hold this file against figures of `@stdlib/stats-base-dists-beta-quantile`.
 */

/** Lanczos' approximation of ln Γ(x), x > 0, with g = 7 and nine terms: to about 15 digits. */
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;
const g = 7;

function logGamma(x: number): number {
  // The reflection formula: the series is for x >= 0.5.
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  const t = z + g + 0.5;
  const sum = lanczos.reduce((total, term, index) => (index === 0 ? term : total + term / (z + index)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

const smallest = 1e-300;
const precise = 1e-15;

/** The continued fraction of the incomplete beta function (DLMF 8.17.22), evaluated by Lentz's method. */
function continuedFraction(x: number, a: number, b: number): number {
  const notZero = (value: number) => (Math.abs(value) < smallest ? smallest : value);
  let c = 1;
  let d = 1 / notZero(1 - ((a + b) * x) / (a + 1));
  let result = d;
  // It converges within a few times the root of the larger parameter.
  const most = 200 + 10 * Math.sqrt(Math.max(a, b));
  for (let m = 1; m <= most; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / notZero(1 + even * d);
    c = notZero(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / notZero(1 + odd * d);
    c = notZero(1 + odd / c);
    const change = d * c;
    result *= change;
    if (Math.abs(change - 1) < precise) break;
  }
  return result;
}

/** I_x(a, b), the share of a beta distribution that lies below `x`; a, b > 0. */
export function betaBelow(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  // The fraction converges fast on this side of the mean only; the other side is its mirror image.
  return x < (a + 1) / (a + b + 2)
    ? (front * continuedFraction(x, a, b)) / a
    : 1 - (front * continuedFraction(1 - x, b, a)) / b;
}

/** Enough halvings for any number between 0 and 1, the smallest shares included. */
const halvings = 80;

/** Where a share `p` of a beta distribution lies below; a, b > 0. Found by halving, whose steps shrink in ratio near 0. */
export function betaQuantile(p: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < halvings && high - low > 1e-12 * high; step += 1) {
    const middle = (low + high) / 2;
    if (betaBelow(middle, a, b) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
