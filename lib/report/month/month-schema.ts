import * as z from 'zod/mini';
import { verdictSchema } from '../../experiment/verdict.ts';
import { count, maybe, text, told } from '../described.ts';
import { countsSchema } from '../over-time/counts-schema.ts';
import { heldShiftSchema, recoveryShiftSchema } from '../over-time/shift-schema.ts';
import { unreadableSchema } from '../over-time/unreadable.ts';

const experiment = {
  experiment: text('Its id.'),
  title: text('Its title, or its id where no title is known.'),
};

/** An experiment and what its runs of the month came to. */
const outcomeSchema = z.strictObject({
  ...experiment,
  times: count('In how many runs it was so.'),
  of: count('Of how many runs in the month.'),
  runId: text('The last run in which it was so.'),
  at: text('When that began.'),
  verdict: told('Its verdict.', verdictSchema),
  summary: text('Its verdict and the reason, in one sentence.'),
  standing: told(
    'Whether it is still so, by the last run of the month that says how the system fares.',
    z.enum(['still', 'over']),
  ),
  hint: maybe('How to mend it, where that is known.', z.string()),
  blind: maybe('The probes that saw nothing of it.', z.array(z.string())),
});

const changeSchema = z.strictObject({
  ...experiment,
  change: told('How it stands, held against the month before.', z.enum(['better', 'worse', 'new', 'gone'])),
  before: maybe('The last verdict of the month before that says how the system fared.', verdictSchema),
  after: maybe('The last one of this month.', verdictSchema),
  edited: maybe('The two are of different definitions.', z.literal(true)),
});

const actionSchema = z.strictObject({
  what: text('What is to be done.'),
  owner: maybe('Who does it; absent where nobody has said.', z.string()),
  due: maybe('The day by which; absent where nobody has said.', z.string()),
  isOverdue: told('That day was over when the report was made.', z.boolean()),
  gameDay: text('The game day that it comes from.'),
  edition: text('The edition whose retrospective says so.'),
});

const gameDaySchema = z.strictObject({
  gameDay: text('Its id.'),
  held: told('The editions that were held in the month.', z.array(z.string())),
  nextBy: maybe('The day by which the next edition is due.', z.string()),
  isOverdue: told('That day is over, or one is asked for and none was ever held.', z.boolean()),
});

const stepSchema = z.strictObject({
  text: text('What to do, as a sentence.'),
  command: maybe('What to type for it.', z.string()),
});

/** What `steadfast report month --json` prints. */
export const monthReportSchema = z.strictObject({
  schemaVersion: told('The version of this format.', z.literal(1)),
  report: told('What this is.', z.literal('month')),
  environment: text('The environment, or the lab.'),
  isRehearsal: told('It is a lab on a machine.', z.boolean()),
  month: text('The month: `2026-11`.'),
  timeZone: text('By whose clocks it begins and ends.'),
  from: text('Its first instant.'),
  to: text('The first instant of the next month.'),
  madeAt: text('When the report was made.'),
  isOver: told('Whether the month was over by then.', z.boolean()),
  headline: text('The month in a few words.'),
  summary: told('The month in a few sentences.', z.array(z.string())),
  counts: told('Its runs.', countsSchema),
  countsBefore: told('The runs of the month before.', countsSchema),
  held: told('This month held against the one before.', heldShiftSchema),
  recovery: told('The same of the time to recover.', recoveryShiftSchema),
  broke: told('What did not hold, the worst first.', z.array(outcomeSchema)),
  withstood: told('What was shown to hold.', z.array(outcomeSchema)),
  open: told('What runs could not tell.', z.array(outcomeSchema)),
  notRun: told('What never got as far as a fault.', z.array(outcomeSchema)),
  changes: told('What is better or worse than in the month before, new or gone.', z.array(changeSchema)),
  untested: maybe(
    'What could be broken and no experiment tests, by service; absent where nobody can tell.',
    z.array(
      z.strictObject({
        service: text('The service.'),
        what: told('What could be broken.', z.array(z.string())),
      }),
    ),
  ),
  idle: maybe(
    'Experiments of this environment of which no run began in the month; absent where nobody can tell.',
    z.array(z.strictObject(experiment)),
  ),
  gameDays: maybe('The game days of this environment; absent where nobody can tell.', z.array(gameDaySchema)),
  actions: maybe('What game days have left to do, of all editions.', z.array(actionSchema)),
  nextSteps: told('What to do next, the most pressing first.', z.array(stepSchema)),
  unknown: told('What this report does not know, as sentences.', z.array(z.string())),
  unreadable: told('What could not be read, and counts for nothing.', z.array(unreadableSchema)),
});

export type MonthReport = z.output<typeof monthReportSchema>;
export type MonthOutcome = z.output<typeof outcomeSchema>;
export type MonthChange = z.output<typeof changeSchema>;
export type MonthStep = z.output<typeof stepSchema>;
export type MonthAction = z.output<typeof actionSchema>;
export type MonthGameDay = z.output<typeof gameDaySchema>;
