import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** Counts concluded runs. */
export type CountVerdict = (run: {
  readonly environment: string;
  readonly experiment: string;
  readonly verdict: string;
}) => void;

/** Counts runs as the CloudWatch metric `Runs` of the namespace `Steadfast`, which dashboards and alarms read. */
export function createVerdictMetric(): CountVerdict {
  const metrics = new Metrics({ namespace: 'Steadfast', serviceName: 'runner' });
  return ({ environment, experiment, verdict }) => {
    metrics
      .singleMetric()
      .addDimensions({ environment, experiment, verdict })
      .addMetric('Runs', MetricUnit.Count, 1);
  };
}
