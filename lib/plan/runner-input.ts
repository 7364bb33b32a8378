import * as z from 'zod';
import { metricSchema } from '../experiment/environment.ts';
import { experimentSchema } from '../experiment/experiment.ts';

const names = z.record(z.string(), z.string());

/** A selector as admission looks for it: every resource that carries all these tags. */
const targetQuerySchema = z.strictObject({
  fault: z.string(),
  resourceType: z.string(),
  tags: names,
  availabilityZone: z.string().optional(),
});

/**
 * Everything a run needs to know, with all logical names resolved. The plan writes it; a launcher holds it; the runner's first
 * step reads it. The definition inside is as it was written.
 */
export const runnerInputSchema = z.strictObject({
  schemaVersion: z.literal(1),
  mode: z.enum(['rehearsal', 'aws']),
  hash: z.string(),
  definition: z.json(),
  environment: z.strictObject({
    id: z.string(),
    production: z.boolean(),
    tag: z.strictObject({ key: z.string(), value: z.string() }),
    account: z.string().optional(),
    region: z.string().optional(),
  }),
  pace: z.number().positive().max(1),
  /** The least that http probes send together, where a lab says so. */
  leastRatePerSecond: z.number().nonnegative(),
  seed: z.number().int(),
  stages: z.array(
    z.strictObject({
      label: z.string(),
      /** FIS's template id; in a lab the index of the template. */
      templateId: z.string(),
      /** How long the fault lasts, paced. */
      durationMs: z.number().positive(),
      /** How long the whole template runs, its waits included. */
      templateMs: z.number().positive(),
      faults: z.array(
        z.strictObject({
          name: z.string(),
          action: z.string(),
          parameters: names,
          fidelity: z.string().optional(),
        }),
      ),
    }),
  ),
  /** The services that the faults can touch: what the lease is taken on. */
  touches: z.array(z.string()).min(1),
  selects: z.array(targetQuerySchema).min(1),
  /** Below which ARNs of buckets the functions that a fault hits must look for it, by fault; anywhere where it is absent. */
  faultConfigurations: z.record(z.string(), z.array(z.string()).min(1)).optional(),
  /** Base URL of each service that probes or rollbacks ask. */
  services: z.record(z.string(), z.strictObject({ url: z.string() })),
  metrics: z.record(z.string(), metricSchema),
  /** Guard to the name or ARN of its alarm; in a lab to the guard itself. */
  guards: z.record(
    z.string(),
    z.strictObject({
      alarm: z.string(),
      watches: z.string().optional(),
      /** How the runner reads an alarm that FIS does not watch. */
      polled: z.strictObject({ role: z.string(), region: z.string() }).optional(),
    }),
  ),
  secrets: z.record(
    z.string(),
    z.union([z.strictObject({ secretsManager: z.string() }), z.strictObject({ ssm: z.string() })]),
  ),
  functions: names,
  documents: z.record(z.string(), z.strictObject({ document: z.string(), role: z.string().optional() })),
  owns: z.strictObject({
    clusters: z.array(z.string()).optional(),
    names: z.array(z.string()).optional(),
  }),
  untouchable: z.array(z.string()),
  limits: z.strictObject({ targets: z.number().int(), runs: z.number().int() }),
  blackouts: z.array(z.strictObject({ from: z.string(), until: z.string(), reason: z.string() })),
});

export type RunnerInput = z.output<typeof runnerInputSchema>;
export type TargetQuery = z.output<typeof targetQuerySchema>;

/** The experiment within a runner's input, read. */
export const experimentOf = (input: RunnerInput) => experimentSchema.parse(input.definition);

/** A runner's input as it is written down, before it is read. */
export type RunnerInputDocument = z.input<typeof runnerInputSchema>;
