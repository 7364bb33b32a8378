/** How often Steadfast may be wrong, in one table (docs/explanation/verdicts.md says what each means). */
export const errorLevels = {
  /**
   * Of each bound that a tolerance or a comparison is judged by: `met` and `missed` are each wrong less than once in a hundred times
   * when the truth lies exactly at the limit, and ever less the farther it lies on the other side.
   */
  bound: 0.01,
  /**
   * What the power before a run promises: with this probability a stage that is like the baseline is found to have met its tolerance.
   */
  power: 0.9,
  /** Where a power statement speaks of what is surely seen: the probability that it is. */
  seen: 0.99,
  /** The watch may end a fault wrongly no more often than once in so many of its looks (windows of about a second), on average. */
  looksPerFalseHalt: 1_000_000,
} as const;
