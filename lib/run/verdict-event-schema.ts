import * as z from 'zod/mini';
import { rejectionSchema, verdictSchema } from '../experiment/verdict.ts';
import { gameDayOfRunSchema } from '../plan/game-day-of-run.ts';
import { onlySchema } from '../plan/only.ts';

/**
 * The `detail` of the event that tells systems how a run ended, whatever the verdict. Fields may be added to it; none of these will
 * go or change its meaning without a new `schemaVersion`.
 */
export const verdictEventSchema = z.object({
  schemaVersion: z.literal(1).check(z.describe('The version of this format.')),
  runId: z.string().check(z.describe("The run's id, the same however often the event is delivered.")),
  experiment: z.string().check(z.describe('The id of the experiment.')),
  title: z
    .optional(z.string())
    .check(z.describe('Its title; absent where the plan of a run that died could not be read.')),
  hash: z
    .optional(z.string())
    .check(
      z.describe(
        'SHA-256 of its definition in canonical JSON; absent where the plan of a run that died could not be read.',
      ),
    ),
  environment: z.string().check(z.describe('The id of the environment.')),
  production: z
    .optional(z.boolean())
    .check(z.describe('Whether it is production; absent where that could not be read.')),
  verdict: verdictSchema.check(z.describe('The worst of its findings, or `held`.')),
  rejection: z.optional(rejectionSchema).check(z.describe('For `rejected`: why the run never started.')),
  summary: z.string().check(z.describe('The verdict and its reason, in one sentence.')),
  findings: z.array(z.string()).check(z.describe('The codes of its findings, each once, the worst first.')),
  services: z.array(z.string()).check(z.describe('What its faults could touch, by logical name.')),
  faults: z.array(z.string()).check(z.describe('The actions of the stages that were begun, each once.')),
  start: z.iso.datetime().check(z.describe('When the run began.')),
  end: z.iso.datetime().check(z.describe('When it had concluded.')),
  exposureSeconds: z
    .optional(z.number())
    .check(z.describe('Seconds during which a fault was active; absent where nobody can tell.')),
  detectSeconds: z
    .optional(z.number())
    .check(
      z.describe(
        'Seconds until the watch could tell that a tolerance was missed; absent where it told of none.',
      ),
    ),
  recoverySeconds: z
    .optional(z.number())
    .check(
      z.describe(
        'Seconds from the end of the fault until steady state was back; absent where it was not seen.',
      ),
    ),
  biteShare: z
    .optional(z.number().check(z.minimum(0)).check(z.maximum(1)))
    .check(
      z.describe('The share of faults that were seen to reach the system; absent where none was started.'),
    ),
  only: z
    .optional(onlySchema)
    .check(z.describe('The one stage of the definition that ran; absent where all were to.')),
  gameDay: z
    .optional(gameDayOfRunSchema)
    .check(z.describe('The game day that it was part of; absent where it was of none.')),
  journal: z.string().check(z.describe("The key of its journal in the environment's bucket.")),
});

export type VerdictEvent = z.output<typeof verdictEventSchema>;
