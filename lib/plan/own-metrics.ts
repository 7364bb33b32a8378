/** Steadfast's own metrics in CloudWatch: written by its functions, read by dashboards and alarms. */
export const metricNamespace = 'Steadfast';

/** The value of the dimension `service` that all of them have. */
export const metricService = 'runner';

export const metricNames = {
  /** Concluded runs, by environment and verdict, and by experiment. */
  runs: 'Runs',
  /** Seconds during which a fault was active. */
  exposure: 'ExposureSeconds',
  /** Seconds until the watch could tell that a tolerance was missed. */
  detect: 'DetectSeconds',
  /** Seconds from the end of the fault until steady state was back. */
  recover: 'RecoverySeconds',
  /** The share of faults that were seen to reach the system, in percent. */
  bite: 'Bite',
} as const;
