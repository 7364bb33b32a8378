import { type AwsClients, createAwsClients } from '../lib/aws/clients.ts';
import { createEventClock } from '../lib/aws/event-clock.ts';
import type { PortOptions } from '../lib/aws/ports/port-options.ts';
import { createS3RunNotes } from '../lib/aws/s3-run-notes.ts';
import { SteadfastError } from '../lib/experiment/steadfast-error.ts';
import type { RunnerInput } from '../lib/plan/runner-input.ts';
import type { Clock, Prober, RunPorts } from '../lib/run/ports.ts';
import { createFunctionLog, type FunctionLog } from './log.ts';
import { readSettings } from './settings.ts';
import type { CountVerdict } from './verdict-metric.ts';

export type StepLog = FunctionLog;

/** What a step's function is made of. */
export interface Wiring {
  readonly ports: (input: RunnerInput, runId: string) => RunPorts;
  readonly loadInput: (runId: string) => Promise<string>;
  readonly log: StepLog;
}

/** What tests put in place of the real thing, and how runs are counted as they are closed: only who concludes them does that. */
export interface Replacements {
  readonly variables?: Readonly<Record<string, string | undefined>>;
  readonly clients?: AwsClients;
  readonly clock?: Clock;
  readonly prober?: Prober;
  readonly log?: StepLog;
  readonly countVerdict?: CountVerdict;
}

/** Makes the ports of one function: those that its steps ask. */
export type MakePorts = (options: PortOptions) => RunPorts;

/**
 * Wires a function to AWS, as its environment variables say.
 *
 * @throws SteadfastError `invalid` where they are wrong, or where a run is for another environment than the function's.
 */
export function createWiring(makePorts: MakePorts, replacements: Replacements = {}): Wiring {
  const { prober } = replacements;
  const settings = readSettings(replacements.variables ?? process.env);
  const { environment, table, bucket, topicArn } = settings;
  const clients = replacements.clients ?? createAwsClients();
  const log = replacements.log ?? createFunctionLog({ environment });
  const notes = createS3RunNotes({ s3: clients.s3, bucket });

  return {
    log,
    loadInput: (runId) => notes.loadInput(runId),
    ports: (input) => {
      if (input.environment.id !== environment) {
        throw new SteadfastError(
          'invalid',
          `the run is for ${input.environment.id}, and this is the runner of ${environment}`,
          {
            hint: 'start the launcher of the environment that is meant',
          },
        );
      }
      const clock = replacements.clock ?? createEventClock();
      const ports = makePorts({ input, clients, clock, log, table, bucket, topicArn, prober });
      return replacements.countVerdict === undefined ? ports : counted(ports, replacements.countVerdict);
    },
  };
}

/** Counts each run as it is closed, which happens once. */
const counted = (ports: RunPorts, count: CountVerdict): RunPorts => ({
  ...ports,
  liveRuns: {
    ...ports.liveRuns,
    close: async (record) => {
      await ports.liveRuns.close(record);
      count(record);
    },
  },
});
