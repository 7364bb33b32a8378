import * as z from 'zod';
import { metricSchema } from '../experiment/environment-metric.ts';
import { type Experiment, experimentSchema } from '../experiment/experiment.ts';
import { inRhythm, periodsOf } from './rhythm.ts';

const names = z.record(z.string(), z.string());

const ofFault = { fault: z.string(), resourceType: z.string() };

/** What a fault may hit, as admission looks for it. */
const targetQuerySchema = z.union([
  /** Every resource that carries all these tags and, where the environment declares some of the kind, is one of them. */
  z.strictObject({
    ...ofFault,
    tags: names,
    availabilityZone: z.string().optional(),
    /** ARNs, `*` for any text. */
    declared: z.array(z.string()).optional(),
  }),
  /** What the environment declares by ARN, since FIS cannot select it by tag. */
  z.strictObject({ ...ofFault, arns: z.array(z.string()).min(1) }),
  /** Any pod of a namespace: only the cluster knows its pods, so FIS's word is held against the namespace. */
  z.strictObject({ ...ofFault, pods: z.strictObject({ cluster: z.string(), namespace: z.string() }) }),
]);

/**
 * Everything a run needs to know, with all logical names resolved. The plan writes it; a launcher holds it; the runner's first
 * step reads it. The definition inside is as it was written.
 */
export const runnerInputSchema = z.strictObject({
  schemaVersion: z.literal(1),
  mode: z.enum(['rehearsal', 'aws']),
  /** The CloudFormation stack that the launcher is in, for the words of a refusal. */
  stack: z.string().optional(),
  hash: z.string(),
  /** What was set of what the definition opens, by name; all of it, defaults too. */
  set: names.optional(),
  definition: z.json(),
  environment: z.strictObject({
    id: z.string(),
    production: z.boolean(),
    tag: z.strictObject({ key: z.string(), value: z.string() }),
    account: z.string().optional(),
    region: z.string().optional(),
  }),
  pace: z.number().positive().max(1),
  /** Whoever starts it knows that it may see too little to say `held`, and wants it all the same. */
  acceptInconclusive: z.boolean().optional(),
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
  /** One of each fault that hits something; an experiment whose faults only run documents or look at alarms has none. */
  selects: z.array(targetQuerySchema),
  /** Below which ARNs of buckets the functions that a fault hits must look for it, by fault; anywhere where it is absent. */
  faultConfigurations: z.record(z.string(), z.array(z.string()).min(1)).optional(),
  /** Base URL of each service that probes or rollbacks ask. */
  services: z.record(z.string(), z.strictObject({ url: z.string() })),
  /** What probers look at to tell whether they are broken themselves; a lab has something of its own. */
  selfCheck: z.strictObject({ url: z.string() }).optional(),
  /** The function that probes from each vantage point that is asked from. */
  vantagePoints: names.optional(),
  /** The ECS services that probes look at, by logical name of the service. */
  ecsServices: z.record(z.string(), z.strictObject({ cluster: z.string(), service: z.string() })).optional(),
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
  /** State machine that makes traffic to its name or ARN. */
  stateMachines: names.optional(),
  documents: z.record(z.string(), z.strictObject({ document: z.string(), role: z.string().optional() })),
  owns: z.strictObject({
    clusters: z.array(z.string()).optional(),
    names: z.array(z.string()).optional(),
  }),
  untouchable: z.array(z.string()),
  limits: z.strictObject({ targets: z.number().int(), runs: z.number().int() }),
  blackouts: z.array(z.strictObject({ from: z.string(), until: z.string(), reason: z.string() })),
  /** The run waits so long for a person to approve it; absent where none need to. */
  approval: z.strictObject({ withinMs: z.number().positive() }).optional(),
});

export type RunnerInput = z.output<typeof runnerInputSchema>;
export type TargetQuery = z.output<typeof targetQuerySchema>;

/** The experiment within a runner's input, read, with the rhythm that its probes have there. */
export const experimentOf = (input: RunnerInput): Experiment =>
  inRhythm(experimentSchema.parse(input.definition), { ...input, periodsMs: periodsOf(input.metrics) });

/** A runner's input as it is written down, before it is read. */
export type RunnerInputDocument = z.input<typeof runnerInputSchema>;
