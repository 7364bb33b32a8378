import * as z from 'zod/mini';
import { rejectionSchema, verdictSchema } from '../experiment/verdict.ts';
import type { Journal } from './journal.ts';
import { figuresOf } from './run-figures.ts';

/** What EventBridge knows the event by. */
export const verdictEvent = { source: 'steadfast', detailType: 'Verdict' } as const;

/**
 * The `detail` of the event that tells systems how a run ended, whatever the verdict. Fields may be added to it; none of these will
 * go or change its meaning without a new `schemaVersion`.
 */
export const verdictEventSchema = z.object({
  schemaVersion: z.literal(1).check(z.describe('The version of this format.')),
  runId: z.string().check(z.describe("The run's id, the same however often the event is delivered.")),
  experiment: z.string().check(z.describe('The id of the experiment.')),
  title: z.string().check(z.describe('Its title.')),
  hash: z.string().check(z.describe('SHA-256 of its definition in canonical JSON.')),
  environment: z.string().check(z.describe('The id of the environment.')),
  production: z.boolean().check(z.describe('Whether it is production.')),
  verdict: verdictSchema.check(z.describe('The worst of its findings, or `held`.')),
  rejection: z.optional(rejectionSchema).check(z.describe('For `rejected`: why the run never started.')),
  summary: z.string().check(z.describe('The verdict and its reason, in one sentence.')),
  findings: z.array(z.string()).check(z.describe('The codes of its findings, each once, the worst first.')),
  services: z.array(z.string()).check(z.describe('What its faults could touch, by logical name.')),
  faults: z.array(z.string()).check(z.describe('The actions of the stages that were begun, each once.')),
  start: z.iso.datetime().check(z.describe('When the run began.')),
  end: z.iso.datetime().check(z.describe('When it had concluded.')),
  exposureSeconds: z.number().check(z.describe('Seconds during which a fault was active.')),
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
  journal: z.string().check(z.describe("The key of its journal in the environment's bucket.")),
});

export type VerdictEvent = z.output<typeof verdictEventSchema>;

/** The event of a run that has concluded; `services` is what its lease was on. */
export function verdictEventOf(journal: Journal, services: readonly string[]): VerdictEvent {
  const { runId, experiment, environment, verdict, summary, findings, start, end, stages } = journal;
  const rejection = findings.find((finding) => finding.rejection !== undefined)?.rejection;
  return {
    schemaVersion: 1,
    runId,
    experiment: experiment.id,
    title: experiment.title,
    hash: experiment.hash,
    environment: environment.id,
    production: environment.production,
    verdict,
    ...(verdict === 'rejected' && rejection !== undefined ? { rejection } : {}),
    summary,
    findings: [...new Set(findings.map(({ code }) => code))],
    services: [...services],
    faults: [...new Set(stages.flatMap(({ faults }) => faults.map(({ action }) => action)))],
    start,
    end,
    ...figuresOf(journal),
    journal: `runs/${runId}/journal.json`,
  };
}
