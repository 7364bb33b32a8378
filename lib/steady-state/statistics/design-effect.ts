/** A lag this long is no noise of a service any more but a trend. */
const longestLag = 1_000;

/**
 * How many correlated samples are worth one independent one: 1 for independent ones, more where what is high stays high for a while. A
 * series of `beyond` (true or false, in the order of time) is summed up by its autocorrelations in pairs, as long as they stand out
 * of their own noise (Geyer, "Practical Markov Chain Monte Carlo", Statistical Science 7, 1992: initial positive sequence).
 */
export function designEffect(beyond: readonly boolean[]): number {
  const count = beyond.length;
  const mean = beyond.filter(Boolean).length / count;
  const variance = mean * (1 - mean);
  if (count < 20 || variance === 0) return 1;
  const noise = Math.sqrt(2 / count);
  const most = Math.min(longestLag, Math.floor(count / 4));
  let effect = -1;
  for (let lag = 0; lag + 1 <= most; lag += 2) {
    const pair =
      autocorrelation(beyond, mean, variance, lag) + autocorrelation(beyond, mean, variance, lag + 1);
    if (pair <= noise) break;
    effect += 2 * pair;
  }
  return Math.max(1, effect);
}

function autocorrelation(beyond: readonly boolean[], mean: number, variance: number, lag: number): number {
  if (lag === 0) return 1;
  const pairs = beyond.length - lag;
  let both = 0;
  let first = 0;
  let second = 0;
  for (let index = 0; index < pairs; index += 1) {
    const [one, other] = [beyond[index] === true, beyond[index + lag] === true];
    if (one) first += 1;
    if (other) second += 1;
    if (one && other) both += 1;
  }
  return (both - mean * (first + second) + pairs * mean * mean) / (pairs * variance);
}
