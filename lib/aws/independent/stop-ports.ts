import type { Counted, StopPorts } from '../../run/independent/ports.ts';
import type { Clock, Prober } from '../../run/ports.ts';
import type { RunRecord } from '../../run/run-record.ts';
import type { AwsClients } from '../clients.ts';
import { createDynamoLiveRuns } from '../dynamo-live-runs.ts';
import { createDynamoLeaseBook } from './dynamo-lease-book.ts';
import { createDynamoRunsUnderWay } from './dynamo-runs-under-way.ts';
import { createFisExperiments } from './fis-experiments.ts';
import { createHaltItems } from './halt-items.ts';
import { createHerald } from './herald.ts';
import { createPlans, type UndoOptions } from './plans.ts';
import { createS3Records } from './s3-records.ts';
import { createSfnExecutions } from './sfn-executions.ts';

export type StopClients = UndoOptions['clients'] & Pick<AwsClients, 'dynamo' | 'eventBridge' | 'fis' | 'sns'>;

/** Everything that the sweep reaches of AWS. */
export function createStopPorts(options: {
  readonly clients: StopClients;
  readonly clock: Clock;
  readonly environment: string;
  readonly table: string;
  readonly bucket: string;
  readonly topicArn: string;
  readonly runnerExecutions: string;
  /** Who sweeps: of two sweeps at once only one ends a run. */
  readonly claimant: string;
  readonly prober?: Prober | undefined;
  readonly count: (what: Counted, howMany: number) => void;
  /** Counts each run as it is closed, as the runner counts its own. */
  readonly countVerdict: (record: RunRecord) => void;
}): StopPorts {
  const { clients, clock, environment, table, bucket, topicArn, runnerExecutions, claimant } = options;
  const { dynamo, eventBridge, fis, s3, sfn, sns } = clients;
  const liveRuns = createDynamoLiveRuns({ dynamo, table, clock, by: claimant });
  return {
    clock,
    environment,
    experiments: createFisExperiments({ fis, environment }),
    leases: createDynamoLeaseBook({ dynamo, table }),
    runs: createDynamoRunsUnderWay({
      dynamo,
      table,
      liveRuns: {
        begin: (run) => liveRuns.begin(run),
        claim: (run, untilMs) => liveRuns.claim(run, untilMs),
        close: async (record) => {
          await liveRuns.close(record);
          options.countVerdict(record);
        },
      },
    }),
    executions: createSfnExecutions({ sfn, runnerExecutions }),
    halts: createHaltItems({ dynamo, table, clock }),
    plans: createPlans({ clients, clock, bucket, prober: options.prober }),
    records: createS3Records({ s3, bucket }),
    herald: createHerald({ sns, eventBridge, topicArn }),
    count: options.count,
  };
}
