/**
 * Everything a definition may leave out, in one table (docs/reference/defaults.md is made from it).
 * Times are written as in a definition.
 */
export const defaults = {
  /** How often an http probe asks. */
  rate: '20/s',
  /** How often all http probes of an experiment may ask together, a second, in an environment. */
  probesPerSecond: 200,
  /** How long an http probe waits for an answer. */
  timeout: '2s',
  /**
   * How often a probe looks that is no http probe: CloudWatch's shortest high-resolution period. A metric is read once in its own
   * period, where it has one.
   */
  every: '10s',
  /** How long such a look may take; one that takes longer says nothing of the system. */
  lookTimeout: '10s',
  /** How late a metric's data may come and still be waited for. */
  delay: '0s',
  /** How long the probes look before any fault. */
  baseline: '1m',
  /** How long a tolerance may be missed before the watch ends the fault. */
  missedFor: '5s',
  /** How long the watch may see nothing: never less than this, nor than three of the probe's intervals and its delay. */
  blind: '10s',
  /** The stretch of pooled samples on which recovery is judged. */
  recoveryWindow: '10s',
  recovery: { within: '10%', atLeast: { latency: '5ms', rate: '1%' } },
  /** How long a run waits for its approval, where one is asked for. */
  approval: '1h',
  /** How long the parts of a game day last (half a day in all, as the practice has it), and how long it waits for an approval. */
  gameDay: { preBrief: '30m', experiment: '2h', retrospective: '1h', approval: '30m' },
  /** How long one rollback may take, its proof included. */
  rollbackTimeout: '1m',
  /** The statuses an http probe takes for an answer. */
  expectedStatus: { from: 200, to: 399 },
  /** The largest body an http probe reads, in bytes; a larger one is an error of the sample. */
  largestBody: 1_048_576,
  /** The slice in which probes are observed: at most this, so that no step runs long. */
  slice: '60s',
} as const;
