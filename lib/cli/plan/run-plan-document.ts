import * as z from 'zod';
import { rejectionSchema } from '../../experiment/verdict.ts';

const text = (words: string) => z.string().describe(words);
const seconds = (words: string) => z.number().nonnegative().describe(words);
const usd = (words: string) => z.number().nonnegative().describe(words);

const costLineSchema = z.strictObject({
  what: text('What is paid for.'),
  price: text('Its name among the prices, by which `--prices` overrides it.'),
  amount: z.number().describe('How many.'),
  usd: usd('What they cost, in USD.'),
  unitUsd: usd('The price of `per` of them, in USD.'),
  per: z.number().describe('How many units that is the price of.'),
  source: text('Where the price is from.'),
  asOf: text('When it was last compared with what AWS publishes; absent where it is overridden.').optional(),
});

const checkSchema = z.strictObject({
  check: text('Its name, as in journals.'),
  passed: z
    .boolean()
    .optional()
    .describe('Whether it holds now; absent where nobody could tell, which is never fine.'),
  evidence: text('What shows it, or why nobody could tell.'),
  rejection: z
    .optional(rejectionSchema)
    .describe('What a run would be rejected for; absent where it passed.'),
  hints: z.array(z.string()).describe('How to mend what is wrong.'),
});

const targetSchema = z.strictObject({
  id: text('Its ARN.'),
  refused: text('Why it may not be hit, whatever its tags say; absent where it may.').optional(),
});

const faultSchema = z.strictObject({
  fault: text('Its name in the definition.'),
  action: text("FIS's id of the action."),
  resourceType: text('What it hits, as FIS names it; absent where it hits nothing of its own.').optional(),
  selects: text('How its targets are found, in words.'),
  found: z
    .number()
    .int()
    .optional()
    .describe('How many resources it can hit now; absent where nobody has counted, as of pods.'),
  limit: z.number().int().describe('The most that the environment allows.'),
  maximum: z
    .number()
    .int()
    .optional()
    .describe('The most that FIS takes for the action, where it names one.'),
  targets: z.array(targetSchema).describe('Every resource that it can hit now, not the share of a stage.'),
});

const stageSchema = z.strictObject({
  label: text('The share as it was written.'),
  faultSeconds: seconds('How long its fault lasts.'),
  seconds: seconds('How long its FIS experiment lasts, its waits included.'),
  draws: z
    .array(
      z.strictObject({
        fault: text('Its name in the definition.'),
        count: z
          .number()
          .int()
          .optional()
          .describe('How many resources it hits; absent where nobody has counted.'),
      }),
    )
    .describe('What it hits of each fault.'),
  share: z.number().min(0).max(1).describe('The share of the requests that meet the fault, from 0 to 1.'),
  isAtMost: z.boolean().describe('Whether that share is only known not to be larger.'),
});

const exposureSchema = z.strictObject({
  service: text('By its logical name.'),
  requestsPerSecond: z
    .number()
    .nonnegative()
    .optional()
    .describe('What its users send; absent where unknown.'),
  rateFrom: text('How that is known, or how to make it known.'),
  probesPerSecond: z
    .number()
    .nonnegative()
    .optional()
    .describe('What its probes alone send: no measure of users.'),
  requestsIfHalted: z
    .number()
    .int()
    .optional()
    .describe('Requests that fail at worst where the watch sees the harm and ends the fault.'),
  requestsIfBorne: z
    .number()
    .int()
    .optional()
    .describe('The same where nothing sees it, and every stage runs to its end.'),
  objective: z
    .strictObject({
      availability: text('As it was written.'),
      over: text('As it was written.'),
    })
    .optional()
    .describe('What its users are promised; absent where the environment names none.'),
  budgetIfHalted: z
    .number()
    .optional()
    .describe('The share of the error budget that `requestsIfHalted` spend: 1 is all of it.'),
  budgetIfBorne: z.number().optional().describe('The same of `requestsIfBorne`.'),
});

const haltSchema = z.strictObject({
  by: z.enum(['watch', 'blind', 'guard']).describe('What ends the fault.'),
  name: text('The probe with its tolerance, or the guard.'),
  seconds: seconds('From the first harm until the fault is gone, at worst; absent where unknown.').optional(),
  because: text('What that is made of.'),
});

const permissionSchema = z.strictObject({
  who: text('The role or person that needs it.'),
  action: text('As IAM names it.'),
  resource: text('As IAM names it.'),
  allowed: z.boolean().optional().describe('Whether IAM allows it; absent where nobody could tell.'),
  why: text('By what it is refused, or why nobody could tell.').optional(),
});

/** What is known of a run before it starts: what `steadfast plan --json` prints. */
export const runPlanSchema = z.strictObject({
  schemaVersion: z.literal(1).describe('The version of this format.'),
  at: z.iso.datetime().describe('When it was asked.'),
  experiment: z
    .strictObject({
      id: text('Its id.'),
      title: text('Its title.'),
      hash: text('SHA-256 of the definition in canonical JSON.'),
    })
    .describe('The experiment.'),
  environment: z
    .strictObject({
      id: text('Its id.'),
      account: text('The AWS account.'),
      region: text('The AWS Region.'),
      production: z.boolean().describe('Whether customers are there.'),
    })
    .describe('Where it would run.'),
  from: z
    .enum(['project', 'deployed'])
    .describe('`project`: the definitions here were planned. `deployed`: what the launcher holds.'),
  deployed: z
    .enum(['same', 'other', 'absent'])
    .optional()
    .describe('Whether what is planned is what a run would start now; absent where AWS was not asked.'),
  admitted: z
    .boolean()
    .optional()
    .describe('Whether a run would be admitted now; absent where AWS was not asked.'),
  rejection: z.optional(rejectionSchema).describe('The first reason for which it would be rejected.'),
  lasts: z
    .strictObject({
      baselineSeconds: seconds('Before any fault.'),
      stagesSeconds: seconds('All stages, with their waits.'),
      recoverySeconds: seconds('At most, where all goes well.'),
    })
    .describe('How long it takes.'),
  checks: z.array(checkSchema).describe('The conditions of admission, as they are now.'),
  touches: z.array(z.string()).describe('The services that it holds while it runs.'),
  faults: z.array(faultSchema).describe('What goes wrong, and what it can hit.'),
  stages: z.array(stageSchema).describe('The ramp.'),
  halts: z.array(haltSchema).describe('What would end a fault, and how fast.'),
  exposure: z.array(exposureSchema).describe('What services stand to lose at worst.'),
  cost: z
    .strictObject({
      currency: z.literal('USD').describe('Of all amounts.'),
      runUsd: usd('A run that goes through all its stages.'),
      fis: z.array(costLineSchema).describe('What FIS charges of it, for each action of each stage.'),
      own: z.array(costLineSchema).describe("What Steadfast's own services cost of it."),
      monthUsd: usd('The environment in a month in which nothing runs, without what it stores.'),
      standing: z.array(costLineSchema).describe('What that is made of.'),
      notes: z.array(z.string()).describe('What these numbers do not say.'),
    })
    .describe('What it costs.'),
  permissions: z.array(permissionSchema).describe('What IAM says of what the run needs.'),
  notAsked: z.array(z.string()).describe('What could not be asked, and why.'),
});

export type RunPlanDocument = z.output<typeof runPlanSchema>;
export type PlannedCheck = z.output<typeof checkSchema>;
export type PlannedPermission = z.output<typeof permissionSchema>;
