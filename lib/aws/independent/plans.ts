import type { S3Client } from '@aws-sdk/client-s3';
import { defaultMs } from '../../experiment/default-ms.ts';
import { defaults } from '../../experiment/defaults.ts';
import { messageOf } from '../../experiment/steadfast-error.ts';
import { partsOf } from '../../plan/part-of-run.ts';
import { experimentOf, type RunnerInput, runnerInputSchema } from '../../plan/runner-input.ts';
import { withSources } from '../../probing/behind.ts';
import type { Plans, RunPlan, Undoing } from '../../run/independent/ports.ts';
import type { Clock, Prober } from '../../run/ports.ts';
import { createAwsProber } from '../aws-prober.ts';
import { createAwsRollbacks } from '../aws-rollbacks.ts';
import { createAwsTraffic } from '../aws-traffic.ts';
import type { AwsClients } from '../clients.ts';
import { createCloudWatchGuards } from '../cloudwatch-guards.ts';
import { createCloudWatchMetrics } from '../cloudwatch-metrics.ts';
import { createEcsServices } from '../ecs-services.ts';
import { createFunctions } from '../functions.ts';
import { prove } from './prove.ts';
import { readText } from './s3-records.ts';

/** What it takes to undo a run. */
export interface UndoOptions {
  readonly clients: Pick<
    AwsClients,
    'alarmReader' | 'cloudWatch' | 'ecs' | 'lambda' | 's3' | 'secretsManager' | 'sfn' | 'ssm'
  >;
  readonly clock: Clock;
  readonly bucket: string;
  /** In place of asking over HTTP. */
  readonly prober?: Prober | undefined;
}

/** The plans of runs, as each run's first step has written them down. */
export function createPlans(options: UndoOptions): Plans {
  const s3: S3Client = options.clients.s3;
  return {
    of: async (runId) => {
      const object = { Bucket: options.bucket, Key: `runs/${runId}/input.json` };
      const text = await readText(s3, object);
      return text === undefined
        ? undefined
        : undoing(runId, runnerInputSchema.parse(JSON.parse(text)), options);
    },
  };
}

function planOf(input: RunnerInput): RunPlan {
  const { id, title } = experimentOf(input);
  const { id: environment, production, tag } = input.environment;
  return {
    experiment: { id, title, hash: input.hash, definition: input.definition },
    environment: { id: environment, production, tag },
    mode: input.mode,
    pace: input.pace,
    seed: input.seed,
    ...partsOf(input),
    services: input.touches,
    stages: input.stages.map(({ label, templateId, faults }) => ({ label, templateId, faults })),
  };
}

function undoing(runId: string, input: RunnerInput, { clients, clock, prober: given }: UndoOptions): Undoing {
  const { alarmReader, cloudWatch, ecs, lambda, secretsManager, sfn, ssm } = clients;
  const metrics = createCloudWatchMetrics({ cloudWatch, metrics: input.metrics });
  const asking = given ?? createAwsProber({ input, clock, lambda, secretsManager, ssm });
  const prober = withSources({ prober: asking, metrics, clock });
  const rollbacks = createAwsRollbacks({ lambda, ssm, prober, clock, input });
  const sources = {
    metrics,
    ecsServices: createEcsServices({ ecs, services: input.ecsServices ?? {} }),
    functions: createFunctions({ lambda, clock, functions: input.functions }),
    guards: createCloudWatchGuards({ cloudWatch, alarmReader, guards: input.guards }),
  };
  const experiment = experimentOf(input);
  const now = () => new Date(clock.now()).toISOString();
  return {
    plan: planOf(input),

    timeoutMs: (name) => experiment.rollbacks?.[name]?.timeout?.ms ?? defaultMs(defaults.rollbackTimeout),

    rollBack: async (name, untilMs) => {
      let detail: string;
      try {
        detail = await rollbacks.perform(name, runId, untilMs - clock.now());
      } catch (cause) {
        return { name, result: 'failed', detail: messageOf(cause), at: now() };
      }
      const provenBy = experiment.rollbacks?.[name]?.provenBy ?? '';
      const proof = await prove({ experiment, provenBy, clock, prober, sources, untilMs });
      return proof.isProven
        ? { name, result: 'proven', detail, proof: proof.text, at: now() }
        : {
            name,
            result: 'unproven',
            detail: `${detail}, but ${provenBy} did not show it: ${proof.text}`,
            proof: proof.text,
            at: now(),
          };
    },

    stopTraffic: async (sinceMs) => {
      const fromMs = clock.now();
      const traffic = createAwsTraffic({ lambda, sfn, clock, input });
      await traffic.ask({ runId, action: 'stop', fromMs, untilMs: fromMs, sinceMs });
    },
  };
}
