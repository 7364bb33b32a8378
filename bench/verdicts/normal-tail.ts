/** The share of a standard normal distribution above `z`. By the complementary error function of W. J. Cody's kind, as fitted in Numerical Recipes (6.2): wrong by less than 1.2e-7 of itself. */
export function normalTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + x / 2);
  const fitted = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
    -0.82215223, 0.17087277,
  ].reduceRight((sum, coefficient) => sum * t + coefficient, 0);
  const above = (t * Math.exp(-x * x + fitted)) / 2;
  return z >= 0 ? above : 1 - above;
}
