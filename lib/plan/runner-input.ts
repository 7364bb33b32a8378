import * as z from 'zod/mini';
import type { Experiment } from '../experiment/experiment.ts';
import { longestApprovalMs } from '../experiment/longest-approval.ts';
import { gameDayOfRunSchema } from './game-day-of-run.ts';
import { onlySchema } from './only.ts';
import { planBlackoutSchema } from './plan-blackout.ts';
import { inRhythm, periodsOf } from './rhythm.ts';
import { actionFactsSchema, experimentSchemaOfRuns } from './run-facts.ts';

const names = z.record(z.string(), z.string());

const metricStat = {
  namespace: z.string(),
  name: z.string(),
  dimensions: z.optional(names),
  statistic: z.string(),
  period: z.strictObject({ ms: z.number().check(z.positive()), text: z.string() }),
};

/** A metric of CloudWatch as the plan has read it. */
const metricSchema = z.union([
  z.strictObject(metricStat),
  z.strictObject({
    expression: z.string(),
    metrics: z.record(z.string(), z.strictObject(metricStat)),
    period: metricStat.period,
  }),
]);

const ofFault = { fault: z.string(), resourceType: z.string() };

/** What a fault may hit, as admission looks for it. */
const targetQuerySchema = z.union([
  /** Every resource that carries all these tags and, where the environment declares some of the kind, is one of them. */
  z.strictObject({
    ...ofFault,
    tags: names,
    availabilityZone: z.optional(z.string()),
    /** ARNs, `*` for any text. */
    declared: z.optional(z.array(z.string())),
  }),
  /** What the environment declares by ARN, since FIS cannot select it by tag. */
  z.strictObject({ ...ofFault, arns: z.array(z.string()).check(z.minLength(1)) }),
  /** Any pod of a namespace: only the cluster knows its pods, so FIS's word is held against the namespace. */
  z.strictObject({ ...ofFault, pods: z.strictObject({ cluster: z.string(), namespace: z.string() }) }),
]);

const alarmSchema = z.strictObject({
  /** Its name or ARN. */
  alarm: z.string(),
  /** How the runner reads an alarm of another account or Region, which FIS does not watch. */
  polled: z.optional(z.strictObject({ role: z.string(), region: z.string() })),
});

/**
 * Everything a run needs to know, with all logical names resolved. The plan writes it; a launcher holds it; the runner's first
 * step reads it. The definition inside is as it was written, for the record;
 * the experiment is the same, read.
 */
export const runnerInputSchema = z.strictObject({
  schemaVersion: z.literal(1),
  mode: z.enum(['rehearsal', 'aws']),
  /** The CloudFormation stack that the launcher is in, for the words of a refusal. */
  stack: z.optional(z.string()),
  hash: z.string(),
  /** What was set of what the definition opens, by name; all of it, defaults too. */
  set: z.optional(names),
  /** What whoever started it asked to be set, as it was given; admission sees that it is what is set. */
  asked: z.optional(z.json()),
  /** The one of its stages that is run, or what was asked to be; absent where all are. */
  only: z.optional(z.union([onlySchema, z.strictObject({ asked: z.json() })])),
  /** The game day that this run is part of: only it approves the run, which always asks. */
  gameDay: z.optional(
    z.extend(gameDayOfRunSchema, {
      approvalMs: z.number().check(z.positive(), z.maximum(longestApprovalMs)),
    }),
  ),
  definition: z.json(),
  experiment: experimentSchemaOfRuns,
  /** What is known of each action that the stages ask for, by its id. */
  actions: z.record(z.string(), actionFactsSchema),
  environment: z.strictObject({
    id: z.string(),
    production: z.boolean(),
    tag: z.strictObject({ key: z.string(), value: z.string() }),
    account: z.optional(z.string()),
    region: z.optional(z.string()),
  }),
  pace: z.number().check(z.positive(), z.maximum(1)),
  /** Whoever starts it knows that it may see too little to say `held`, and wants it all the same. */
  acceptInconclusive: z.optional(z.boolean()),
  /** The least that http probes send together, where a lab says so. */
  leastRatePerSecond: z.number().check(z.nonnegative()),
  seed: z.int(),
  stages: z.array(
    z.strictObject({
      label: z.string(),
      /** FIS's template id; in a lab the index of the template. */
      templateId: z.string(),
      /** How long the fault lasts, paced. */
      durationMs: z.number().check(z.positive()),
      /** How long it is soaked after the fault, paced; absent where the next stage starts at once. */
      soakMs: z.optional(z.number().check(z.positive())),
      /** How long the whole template runs, its waits included. */
      templateMs: z.number().check(z.positive()),
      faults: z.array(
        z.strictObject({
          name: z.string(),
          action: z.string(),
          parameters: names,
          fidelity: z.optional(z.string()),
        }),
      ),
    }),
  ),
  /** The services that the faults can touch: what the lease is taken on. */
  touches: z.array(z.string()).check(z.minLength(1)),
  /** One of each fault that hits something; an experiment whose faults only run documents or look at alarms has none. */
  selects: z.array(targetQuerySchema),
  /** Below which ARNs of buckets the functions that a fault hits must look for it, by fault; anywhere where it is absent. */
  faultConfigurations: z.optional(z.record(z.string(), z.array(z.string()).check(z.minLength(1)))),
  /** Base URL of each service that probes or rollbacks ask. */
  services: z.record(z.string(), z.strictObject({ url: z.string() })),
  /** What probers look at to tell whether they are broken themselves; a lab has something of its own. */
  selfCheck: z.optional(z.strictObject({ url: z.string() })),
  /** The function that probes from each vantage point that is asked from. */
  vantagePoints: z.optional(names),
  /** The ECS services that probes look at, by logical name of the service. */
  ecsServices: z.optional(z.record(z.string(), z.strictObject({ cluster: z.string(), service: z.string() }))),
  metrics: z.record(z.string(), metricSchema),
  /** Guard to the name or ARN of its alarm; in a lab to the guard itself. */
  guards: z.record(z.string(), z.extend(alarmSchema, { watches: z.optional(z.string()) })),
  secrets: z.record(
    z.string(),
    z.union([z.strictObject({ secretsManager: z.string() }), z.strictObject({ ssm: z.string() })]),
  ),
  functions: names,
  /** State machine that makes traffic to its name or ARN. */
  stateMachines: z.optional(names),
  documents: z.record(z.string(), z.strictObject({ document: z.string(), role: z.optional(z.string()) })),
  owns: z.strictObject({
    clusters: z.optional(z.array(z.string())),
    names: z.optional(z.array(z.string())),
  }),
  untouchable: z.array(z.string()),
  limits: z.strictObject({ targets: z.int(), runs: z.int() }),
  blackouts: z.array(planBlackoutSchema),
  /** What says elsewhere whether anything may be changed now. */
  freezes: z.optional(
    z.array(
      z.union([z.strictObject({ parameter: z.string() }), z.strictObject({ changeCalendar: z.string() })]),
    ),
  ),
  /** Alarms that say that people are busy with an incident. */
  incidentAlarms: z.optional(z.array(alarmSchema)),
  /** How much later than scheduled the schedule may start it. */
  flexibleWindowMs: z.optional(z.number().check(z.nonnegative())),
  /** When a schedule was to start this run, as EventBridge Scheduler says it; the launcher hands it on. */
  scheduled: z.optional(z.strictObject({ time: z.string() })),
  /** What of the plan was deployed, in short: the core lists the same. */
  plan: z.optional(z.string()),
  /** The run waits so long for a person to approve it; absent where none need to. */
  approval: z.optional(z.strictObject({ withinMs: z.number().check(z.positive()) })),
});

export type RunnerInput = z.output<typeof runnerInputSchema>;
export type TargetQuery = z.output<typeof targetQuerySchema>;

/** The experiment within a runner's input, with the rhythm that its probes have there. */
export const experimentOf = (input: RunnerInput): Experiment =>
  inRhythm(input.experiment, { ...input, periodsMs: periodsOf(input.metrics) });

/** A runner's input as it is written down, before it is read. */
export type RunnerInputDocument = z.input<typeof runnerInputSchema>;
