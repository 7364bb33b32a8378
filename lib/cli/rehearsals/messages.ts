import * as z from 'zod';
import { verdictSchema } from '../../experiment/verdict.ts';
import { phases } from '../../run/progress.ts';

/** What a process is to rehearse, as its one argument, in JSON. */
export const settingsSchema = z.strictObject({
  /** The file of the experiment. */
  file: z.string(),
  cwd: z.string(),
  /** How a file of another tool is taken in. */
  lab: z.exactOptional(z.string()),
  map: z.exactOptional(z.array(z.string())),
  runId: z.string(),
  out: z.string(),
  outIsOwn: z.boolean(),
  seed: z.number(),
  set: z.array(z.string()),
  stage: z.exactOptional(z.number()),
  acceptInconclusive: z.boolean(),
  /** Shows the run and its result itself, on the streams that it was given; else it tells its progress. */
  shows: z.boolean(),
});
export type Settings = z.output<typeof settingsSchema>;

/** What a process that rehearses is told. */
export const orderSchema = z.discriminatedUnion('kind', [
  /** End in order, as for Ctrl-C; a second time at once. */
  z.strictObject({ kind: z.literal('halt'), reason: z.string() }),
]);
export type Order = z.output<typeof orderSchema>;

const atMs = z.number();

/** The events of a run that many rehearsals side by side have room to show. */
const toldSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('phase'),
    atMs,
    phase: z.enum(phases),
    waitingFor: z.string(),
    untilMs: z.exactOptional(z.number()),
    stage: z.exactOptional(z.number()),
  }),
  z.strictObject({ kind: z.literal('verdict'), atMs, verdict: verdictSchema }),
]);
export type Told = z.output<typeof toldSchema>;

const errorCodes = [
  'invalid',
  'unknown-id',
  'cannot-begin',
  'usage',
  'interrupted',
  'permission',
  'busy',
  'lease-lost',
  'internal',
] as const;

/** Why there is no journal. */
const failureSchema = z.strictObject({
  code: z.enum(errorCodes),
  message: z.string(),
  hint: z.exactOptional(z.string()),
});
export type Failure = z.output<typeof failureSchema>;

/** What a process that rehearses tells. */
export const newsSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('progress'), event: toldSchema }),
  /** Its journal and report are in its folder. */
  z.strictObject({ kind: z.literal('concluded'), verdict: verdictSchema }),
  z.strictObject({ kind: z.literal('failed'), failure: failureSchema }),
]);
export type News = z.output<typeof newsSchema>;
