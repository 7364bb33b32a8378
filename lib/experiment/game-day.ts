import * as z from 'zod';
import { duration, positiveDuration, show } from '../fis/quantity.ts';
import { defaults } from './defaults.ts';
import { id, logicalName, named, sentence } from './names.ts';
import { roleNames } from './role-names.ts';
import { isTimeZone } from './time-zone.ts';

const role = () => z.enum(roleNames);

/** Any one of them may approve; whoever proposed it may not. */
const approvers = () => z.array(role()).min(1, { error: 'name a role that may approve' });

const predictionSchema = z.union([
  sentence().describe('What will be seen; a person says whether it was.'),
  z.strictObject({
    says: sentence().describe('What will be seen.'),
    shownBy: z
      .string()
      .regex(/^[a-zA-Z][\w-]*\.[a-zA-Z]\w*$/, {
        error: "write a probe and one of its tolerances, such as 'orders.errorRate'",
      })
      .describe('A tolerance of the experiment that shows it, such as `orders.errorRate`.'),
    is: z
      .enum(['met', 'missed'])
      .default('met')
      .describe('How the tolerance is judged where the prediction is right.'),
  }),
]);

const alertSchema = z.strictObject({
  alarm: sentence().describe(
    "An alarm or guard of the environment or lab by its logical name, or the name or ARN of an alarm of the environment's account and Region.",
  ),
  within: positiveDuration().describe('How soon after the fault began it must fire.'),
  clearsWithin: positiveDuration()
    .optional()
    .describe('How soon after the fault ended it must be clear again.'),
});

const noStage = 'is no stage: the first is 1';

const stageSchema = z.strictObject({
  title: sentence()
    .optional()
    .describe("What people call it; the experiment's title and its stage where absent."),
  experiment: id().describe('The experiment that runs.'),
  stage: z
    .number()
    .int({ error: noStage })
    .positive({ error: noStage })
    .optional()
    .describe('Which one of its stages, the first is 1; all of them, one after the other, where absent.'),
  set: z.record(logicalName(), z.string()).optional().describe('What is set of what the experiment opens.'),
  predictions: named(predictionSchema)
    .optional()
    .describe(
      'What people expect to see, by name: a sentence, or one that a tolerance of the experiment shows.',
    ),
  alerts: named(alertSchema).optional().describe('The alerts expected to fire, by name.'),
});

/** Who may act: a role or user by its ARN. Roles of single sign-on end in characters that nobody knows beforehand: so a name may be a pattern. */
const principal = () =>
  z
    .string()
    .regex(/^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@/*?-]+$/, {
      abort: true,
      error: (issue) =>
        `${show(issue.input)} is no IAM role or user: write its ARN, such as arn:aws:iam::111111111111:role/on-call`,
    })
    .refine((arn) => /\w/.test(arn.split('/').at(-1) ?? ''), {
      error: (issue) => `${show(issue.input)} may be anybody: write a name, in which * stands for a part`,
    });

/** Where a game day takes place. */
const placeSchema = z.strictObject({
  roles: z
    .partialRecord(role(), z.array(principal()).min(1, { error: 'name somebody, or leave the role out' }))
    .describe(
      'ARNs of the IAM roles and users that may act in each role; `*` and `?` may stand for parts of a name.',
    ),
});

export const gameDaySchema = z
  .strictObject({
    id: id().describe('Names it on the command line and in AWS.'),
    title: sentence().describe('What is practised, in a few words.'),
    description: z
      .string()
      .optional()
      .describe('What it teaches, for someone who meets it for the first time.'),
    owner: id().describe('The team that answers for it.'),
    hypothesis: sentence().describe('If this fails, that still holds.'),
    blastRadius: sentence().describe('What may be harmed, as people agreed, in a sentence.'),
    preBrief: named(sentence())
      .optional()
      .describe(
        'What must be seen to before go or no-go is asked, by name; what every game day needs is added.',
      ),
    stages: z
      .array(stageSchema)
      .min(1, { error: 'needs a stage' })
      .describe('The ramp: each stage is offered only when the one before held.'),
    guards: z
      .array(logicalName())
      .optional()
      .describe('Guards that the environment or lab must have, beside those of the experiments.'),
    approvals: z
      .strictObject({
        go: approvers().optional().describe('Who may approve that the experiment begins.'),
        stages: approvers().optional().describe('Who may approve a stage.'),
        extend: approvers().optional().describe('Who may approve that it lasts longer.'),
        within: positiveDuration()
          .optional()
          .describe(`How long an approval is waited for (default ${defaults.gameDay.approval}).`),
      })
      .optional()
      .describe('Who must approve what; the observer or whoever is on call where nothing is said.'),
    times: z
      .strictObject({
        preBrief: duration()
          .optional()
          .describe(`How long the pre-brief is planned (default ${defaults.gameDay.preBrief}).`),
        experiment: positiveDuration()
          .optional()
          .describe(
            `How long the experiment may last; it ends then unless it is extended (default ${defaults.gameDay.experiment}).`,
          ),
        retrospective: duration()
          .optional()
          .describe(`How long the retrospective is planned (default ${defaults.gameDay.retrospective}).`),
      })
      .optional()
      .describe('How long each part lasts.'),
    timeZone: z
      .string()
      .refine(isTimeZone, { error: (issue) => `'${String(issue.input)}' is no IANA time zone` })
      .describe("The people's IANA time zone, such as Europe/Dublin: times are shown in it."),
    cadence: z
      .enum(['monthly', 'quarterly'])
      .optional()
      .describe('How often it takes place; people are reminded when it is overdue.'),
    lab: id().optional().describe('The lab it is rehearsed in.'),
    environments: z
      .record(id(), placeSchema)
      .optional()
      .describe('Where it is deployed, and who may act there.'),
  })
  .refine(({ lab, environments }) => lab !== undefined || environments !== undefined, {
    path: ['lab'],
    error: 'takes place nowhere: name a lab to rehearse in, or environments to deploy to',
  });

export type GameDayDefinition = z.input<typeof gameDaySchema>;
export type GameDay = z.output<typeof gameDaySchema>;
