import * as z from 'zod/mini';
import { verdictSchema } from '../../experiment/verdict.ts';
import { count, maybe, text, told } from '../described.ts';
import { countsSchema } from '../over-time/counts-schema.ts';
import { heldShiftSchema, recoveryShiftSchema } from '../over-time/shift-schema.ts';
import { unreadableSchema } from '../over-time/unreadable.ts';

const lastSchema = z.strictObject({
  runId: text("The run's id."),
  verdict: told('Its verdict.', verdictSchema),
  at: text('When it ended.'),
  ageDays: count('Whole days since then.'),
  summary: text('The verdict and its reason, in one sentence.'),
});

const experimentSchema = z.strictObject({
  id: text('Its id.'),
  title: maybe('Its title, where it is known.', z.string()),
  runs: told('Its runs in this time.', countsSchema),
  last: maybe('Its last run that says something about the system; absent where there is none.', lastSchema),
  history: told(
    'Verdicts of its runs that say something, the newest last; no more than the newest ten.',
    z.array(verdictSchema),
  ),
  trend: told(
    'The last run held against the one before it, inconclusive ones apart.',
    z.enum(['better', 'worse', 'steady', 'unknown']),
  ),
  definitions: count(
    'How many definitions these runs are of, where that is known; more than one: it was changed.',
  ),
  isOutdated: told('The last run was of another definition than the project has now.', z.boolean()),
});

const periodSchema = z.strictObject({
  from: text('When it begins.'),
  to: text('When it ends; a run of that instant is in the next.'),
  runs: told('The runs that began in it.', countsSchema),
});

const runSchema = z.strictObject({
  runId: text("The run's id."),
  experiment: text('Its experiment.'),
  environment: text('Where it ran.'),
  verdict: told('Its verdict.', verdictSchema),
  summary: text('The verdict and its reason, in one sentence.'),
  start: text('When it began.'),
  end: text('When it had concluded.'),
  recoverySeconds: maybe('Seconds until steady state was back; absent where that was not seen.', z.number()),
});

/** What `steadfast report service --json` prints. */
export const serviceReportSchema = z.strictObject({
  schemaVersion: told('The version of this format.', z.literal(1)),
  report: told('What this is.', z.literal('service')),
  service: text('The service, by its logical name.'),
  environment: maybe('The environment whose runs these are; absent for those on a machine.', z.string()),
  from: text('Runs that began from then on.'),
  to: text('When the report was made.'),
  verdict: maybe(
    'The worst of the last verdicts of its experiments; absent where nothing was run.',
    verdictSchema,
  ),
  summary: text('How the service fared, as sentences.'),
  counts: told('All runs of this time.', countsSchema),
  held: told('The later half of this time held against the earlier one.', heldShiftSchema),
  recovery: told('The same of the time to recover.', recoveryShiftSchema),
  experiments: told('The experiments on this service.', z.array(experimentSchema)),
  periods: told('This time in equal parts, the oldest first.', z.array(periodSchema)),
  runs: told('Every run of this time, the newest first.', z.array(runSchema)),
  untested: maybe(
    'What could be broken and no experiment tests; absent where nobody can tell.',
    z.array(z.string()),
  ),
  notes: told('What makes these runs less alike than they look, as sentences.', z.array(z.string())),
  unreadable: told('What could not be read, and counts for nothing.', z.array(unreadableSchema)),
});

export type ServiceReport = z.output<typeof serviceReportSchema>;
export type ServicePeriod = z.output<typeof periodSchema>;
export type ServiceExperiment = z.output<typeof experimentSchema>;
