import type { GameDayPorts } from '../../game-day/ports.ts';
import type { Clock } from '../../run/ports.ts';
import type { AwsClients } from '../clients.ts';
import { createDynamoLog } from './dynamo-log.ts';
import { createAwsKillSwitch } from './kill-switch.ts';
import { createAwsGameDayRuns } from './runs.ts';
import { createS3Inputs } from './s3-inputs.ts';

/** What acting on a game day asks of AWS. */
export type GameDayClients = Pick<AwsClients, 'dynamo' | 'eventBridge' | 'fis' | 's3' | 'sfn' | 'sns'>;

/** Everything that acting on a game day reaches of AWS: for the steps of its machine, the desk and the widgets alike. */
export function createGameDayPorts(options: {
  readonly clients: GameDayClients;
  readonly clock: Clock;
  readonly environment: string;
  readonly table: string;
  readonly bucket: string;
  readonly topicArn: string;
}): GameDayPorts {
  const { clients, clock, environment, table, bucket, topicArn } = options;
  const { dynamo, s3 } = clients;
  return {
    clock,
    log: createDynamoLog({ dynamo, table, clock }),
    inputs: createS3Inputs({ s3, bucket }),
    runs: createAwsGameDayRuns({ dynamo, s3, clock, table, bucket }),
    killSwitch: createAwsKillSwitch({
      clients,
      clock,
      environment,
      table,
      topicArn,
      haltArn: haltArnOf(topicArn, environment),
    }),
  };
}

/** The topic is the environment's own: its ARN says where all of it is. */
function haltArnOf(topicArn: string, environment: string): string {
  const [, partition = 'aws', , region = '', account = ''] = topicArn.split(':');
  return `arn:${partition}:states:${region}:${account}:stateMachine:steadfast-halt-${environment}`;
}
