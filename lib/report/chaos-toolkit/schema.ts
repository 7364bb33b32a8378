import * as z from 'zod/mini';

// The journal of Chaos Toolkit as its library writes it (1.45) and its reporting reads it. Keys that begin with `x-` are ours: its tools
// pass over them.

/** A time in UTC with microseconds, as Python writes it: `2026-05-01T09:30:00.000000+00:00`. */
const time = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/));
const seconds = z.number().check(z.nonnegative());

const httpProvider = z.strictObject({
  type: z.literal('http'),
  /** The host is the service's logical name: where it answered is not in the record of a run. */
  url: z.url(),
  method: z.string(),
  /** Seconds. */
  timeout: z.optional(z.number()),
});

/** What Steadfast did itself, named as a function of Python, which is the only provider that has a name and arguments. */
const ownProvider = z.strictObject({
  type: z.literal('python'),
  module: z.literal('steadfast'),
  func: z.string().check(z.minLength(1)),
  arguments: z.record(z.string(), z.json()),
});

const probeSchema = z.strictObject({
  type: z.literal('probe'),
  name: z.string().check(z.minLength(1)),
  tolerance: z.strictObject({
    type: z.literal('range'),
    target: z.literal('observed'),
    range: z.tuple([z.number(), z.number()]),
  }),
  provider: z.discriminatedUnion('type', [httpProvider, ownProvider]),
});

const actionSchema = z.strictObject({
  type: z.literal('action'),
  name: z.string().check(z.minLength(1)),
  provider: ownProvider,
});

/** What every activity that was carried out says of itself. */
const carriedOut = {
  output: z.record(z.string(), z.json()),
  start: time,
  status: z.enum(['succeeded', 'failed']),
  end: time,
  duration: seconds,
  /** Only where it failed; the first line is shown. */
  exception: z.optional(z.array(z.string())),
};

const probeRunSchema = z.strictObject({ activity: probeSchema, ...carriedOut, tolerance_met: z.boolean() });
const actionRunSchema = z.strictObject({ activity: actionSchema, ...carriedOut });

const stateSchema = z.strictObject({
  /** Null where nobody could tell. */
  steady_state_met: z.nullable(z.boolean()),
  probes: z.array(probeRunSchema),
});

const experimentSchema = z.strictObject({
  version: z.literal('1.0.0'),
  title: z.string().check(z.minLength(1)),
  description: z.string().check(z.minLength(1)),
  tags: z.array(z.string().check(z.minLength(1))),
  extensions: z.array(z.looseObject({ name: z.string() })),
  'steady-state-hypothesis': z.strictObject({
    title: z.string().check(z.minLength(1)),
    probes: z.array(probeSchema),
  }),
  method: z.array(actionSchema),
  rollbacks: z.array(actionSchema),
});

/** A run as Chaos Toolkit would have recorded it. Durations are seconds. */
export const chaosToolkitJournalSchema = z.strictObject({
  'chaoslib-version': z.string(),
  platform: z.string(),
  node: z.string(),
  experiment: experimentSchema,
  start: time,
  status: z.enum(['completed', 'failed', 'aborted', 'interrupted']),
  deviated: z.boolean(),
  steady_states: z.strictObject({
    before: z.nullable(stateSchema),
    after: z.nullable(stateSchema),
    during: z.array(stateSchema),
  }),
  run: z.array(actionRunSchema),
  rollbacks: z.array(actionRunSchema),
  end: time,
  duration: seconds,
  'x-steadfast': z.looseObject({ runId: z.string(), verdict: z.string() }),
});

export type ChaosToolkitJournal = z.output<typeof chaosToolkitJournalSchema>;
export type ChaosToolkitExperiment = z.output<typeof experimentSchema>;
export type State = z.output<typeof stateSchema>;
export type ProbeActivity = z.output<typeof probeSchema>;
export type ActionActivity = z.output<typeof actionSchema>;
export type ActionRun = z.output<typeof actionRunSchema>;
export type ProbeRun = z.output<typeof probeRunSchema>;
