import type { SafetyLever } from '../../run/admission-ports.ts';
import type { HaltPorts } from '../../run/independent/halt.ts';
import type { Clock } from '../../run/ports.ts';
import type { AwsClients } from '../clients.ts';
import { createDynamoLiveRuns } from '../dynamo-live-runs.ts';
import { putEvent } from '../put-event.ts';
import { createSafetyLever } from '../safety-lever.ts';
import { createDynamoRunsUnderWay } from './dynamo-runs-under-way.ts';
import { createFisExperiments } from './fis-experiments.ts';
import { createHaltItems } from './halt-items.ts';
import { publish } from './herald.ts';

export type HaltClients = Pick<AwsClients, 'dynamo' | 'eventBridge' | 'fis' | 'sns'>;

/** Everything that the kill switch reaches of AWS. */
export function createHaltPorts(options: {
  readonly clients: HaltClients;
  readonly clock: Clock;
  readonly environment: string;
  readonly table: string;
  readonly topicArn: string;
  readonly lever?: SafetyLever | undefined;
}): HaltPorts {
  const { clients, clock, environment, table, topicArn, lever } = options;
  const { dynamo, eventBridge, fis, sns } = clients;
  const liveRuns = createDynamoLiveRuns({ dynamo, table, clock, by: 'halt' });
  return {
    clock,
    environment,
    experiments: createFisExperiments({ fis, environment }),
    halts: createHaltItems({ dynamo, table, clock }),
    runs: createDynamoRunsUnderWay({ dynamo, table, liveRuns }),
    lever: lever ?? createSafetyLever({ fis }),
    // Neither waits for the other.
    tell: async ({ subject, body, detail }) => {
      const told = await Promise.allSettled([
        publish(
          { sns, topicArn },
          {
            thread: `halt-${environment}`,
            kind: 'Steadfast halt',
            subject,
            body,
            attributes: { halt: environment },
          },
        ),
        putEvent(eventBridge, 'Halt', { environment, ...detail }),
      ]);
      for (const one of told) if (one.status === 'rejected') throw one.reason;
    },
  };
}
