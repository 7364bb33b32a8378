import type { RunnerInput } from '../../plan/runner-input.ts';
import type { Clock, Prober } from '../../run/ports.ts';
import type { AwsClients } from '../clients.ts';
import type { Log } from '../log-progress.ts';

/** What the ports of a function are made of. */
export interface PortOptions {
  readonly input: RunnerInput;
  readonly clients: AwsClients;
  readonly clock: Clock;
  readonly log: Log;
  readonly table: string;
  readonly bucket: string;
  readonly topicArn: string;
  /** In place of the one that asks services from here. */
  readonly prober?: Prober | undefined;
}
