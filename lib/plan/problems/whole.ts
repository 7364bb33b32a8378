/** Whether a number is whole but for the rounding of binary fractions: 1.001 s is 1000.9999999999999 ms. */
export const isWhole = (value: number) => Math.abs(value - Math.round(value)) < 1e-6;
