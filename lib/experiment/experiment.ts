import * as z from 'zod';
import { fisLimits } from '../fis/limits.ts';
import { duration, percentage, positiveDuration } from '../fis/quantity.ts';
import { approvalSchema } from './approval.ts';
import { controlSchema } from './control.ts';
import { defaults } from './defaults.ts';
import { faultSchema, isLabFault, stageSchema } from './fault.ts';
import { id, logicalName, named, sentence } from './names.ts';
import { type Opened, opensSchema } from './opened.ts';
import { probesSchema } from './probe.ts';
import { readOpened, type Variant } from './read-opened.ts';
import { rollbackSchema } from './rollback.ts';
import { isTimeZone } from './time-zone.ts';
import { trafficSchema } from './traffic.ts';

const nonEmpty = <T extends z.ZodType>(
  record: z.ZodRecord<ReturnType<typeof logicalName>, T>,
  error: string,
) => record.refine((value) => Object.keys(value).length > 0, { error });

const recoverySchema = z.strictObject({
  within: percentage()
    .optional()
    .describe(`How close to the baseline counts as recovered (default ${defaults.recovery.within}).`),
  atLeast: z
    .strictObject({
      latency: duration()
        .optional()
        .describe(
          `Latency differences below this never count (default ${defaults.recovery.atLeast.latency}).`,
        ),
      rate: percentage()
        .optional()
        .describe(
          `Error-rate differences below this never count (default ${defaults.recovery.atLeast.rate}).`,
        ),
    })
    .optional()
    .describe('Floors, for where a share of the baseline would be noise.'),
  objective: positiveDuration().describe('How soon after the fault steady state must be back.'),
});

const scheduleExpression = z.string().regex(/^(cron|rate|at)\(.+\)$/, {
  error: "write an EventBridge Scheduler expression, such as 'cron(0 2 ? * WED *)'",
});

const deploymentSchema = z
  .strictObject({
    schedule: scheduleExpression.optional().describe('When it starts by itself.'),
    timeZone: z.string().optional().describe('An IANA time zone, such as Europe/Dublin.'),
    flexibleWindow: duration().optional().describe('How much later than scheduled it may start.'),
    approval: approvalSchema
      .optional()
      .describe(
        'Makes its runs wait for an approval where the environment asks for none; the shorter wait counts where it does.',
      ),
  })
  .superRefine((deployment, context) => {
    if (deployment.schedule?.startsWith('cron(') && deployment.timeZone === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['timeZone'],
        message: 'a cron schedule needs its time zone, such as Europe/Dublin or UTC',
      });
    }
    if (deployment.timeZone !== undefined && !isTimeZone(deployment.timeZone)) {
      context.addIssue({
        code: 'custom',
        path: ['timeZone'],
        message: `'${deployment.timeZone}' is no IANA time zone`,
      });
    }
  });

/** An experiment as it is once nothing in it is open any more. */
export const settledSchema = z
  .strictObject({
    id: id().describe('Names it everywhere: on the command line, in AWS, in its runs.'),
    title: sentence().describe('What is shown to be true, in a few words.'),
    description: z
      .string()
      .optional()
      .describe('What it teaches, for someone who meets it for the first time.'),
    owner: id().describe('The team that answers for it.'),
    hypothesis: sentence().describe('If this fails, that still holds.'),
    baseline: positiveDuration()
      .optional()
      .describe(
        `How long the probes look before any fault (default ${defaults.baseline}), and longer where the data of a metric is late.`,
      ),
    steadyState: nonEmpty(probesSchema, 'needs a probe: nothing could be judged').describe(
      'The probes, by name.',
    ),
    controls: named(controlSchema)
      .optional()
      .describe(
        'What the fault cannot touch, by name: another service, zone or replica group. A probe that names one as its `control` is judged against it.',
      ),
    proofs: probesSchema.optional().describe('Probes that only prove rollbacks.'),
    faults: nonEmpty(named(faultSchema), 'needs a fault').describe(
      'What goes wrong, by name; all of them at once in each stage.',
    ),
    stages: z
      .array(stageSchema)
      .min(1, { error: 'needs a stage' })
      .describe('The ramp; each stage is judged before the next.'),
    opens: opensSchema
      .optional()
      .describe(
        "What may be changed at the start: a name and the values it may have, the default first. A fault's parameter uses it as `{ opened: 'delay' }`.",
      ),
    guards: z
      .array(logicalName())
      .optional()
      .describe(
        'Guards that its environments and lab must have. Every fault stops on all guards of its environment, named here or not.',
      ),
    recovery: recoverySchema.describe('When steady state counts as back after the fault.'),
    rollbacks: named(rollbackSchema)
      .optional()
      .describe('Compensating actions, by name; carried out in this order once a fault has ended.'),
    traffic: trafficSchema
      .optional()
      .describe(
        'What makes load in an idle environment: started before the baseline, stopped on every path.',
      ),
    lab: id().optional().describe('The lab it is rehearsed in.'),
    environments: z
      .record(id(), deploymentSchema)
      .optional()
      .describe('Where it is deployed; naming one is the opt-in.'),
  })
  .superRefine((experiment, context) => {
    const total = experiment.stages.reduce((sum, stage) => sum + stage.duration.ms, 0);
    if (total > fisLimits.experimentMs) {
      context.addIssue({
        code: 'custom',
        path: ['stages'],
        message: 'the stages last longer than 12 hours together, which FIS does not allow',
      });
    }
    const last = experiment.stages.length - 1;
    if (experiment.stages[last]?.soak !== undefined) {
      context.addIssue({
        code: 'custom',
        path: ['stages', last, 'soak'],
        message: 'the last stage has no soak: what follows it is the recovery, which looks at the same',
      });
    }
    for (const [name, fault] of Object.entries(experiment.faults)) {
      if (experiment.environments === undefined || !isLabFault(fault)) continue;
      context.addIssue({
        code: 'custom',
        path: ['faults', name, 'action'],
        message: `${fault.action} is a fault of a lab, which FIS does not have, so the experiment can only be rehearsed: remove 'environments', or use an action of FIS`,
      });
    }
    const probes = [...Object.keys(experiment.steadyState), ...Object.keys(experiment.proofs ?? {})];
    for (const [name, rollback] of Object.entries(experiment.rollbacks ?? {})) {
      if (!probes.includes(rollback.provenBy)) {
        context.addIssue({
          code: 'custom',
          path: ['rollbacks', name, 'provenBy'],
          message: `no probe is called '${rollback.provenBy}'`,
          params: { code: 'unknown-name', candidates: probes },
        });
      }
    }
    const controls = Object.keys(experiment.controls ?? {});
    for (const [name, { control }] of Object.entries(experiment.steadyState)) {
      if (control !== undefined && !controls.includes(control)) {
        context.addIssue({
          code: 'custom',
          path: ['steadyState', name, 'control'],
          message: `no control is called '${control}'`,
          params: { code: 'unknown-name', candidates: controls },
        });
      }
    }
    for (const name of controls) {
      if (probes.includes(name)) {
        context.addIssue({
          code: 'custom',
          path: ['controls', name],
          message: `a probe is called '${name}' as well: their samples could not be told apart`,
        });
      }
    }
    if (experiment.lab === undefined && experiment.environments === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['lab'],
        message: 'runs nowhere: name a lab to rehearse in, or environments to deploy to',
      });
    }
  });

type Settled = z.output<typeof settledSchema>;
type Written = z.input<typeof settledSchema>;

/** Each parameter may be opened; which of them really can be is told by the schema. */
type OpenableParameters<P> = P extends object
  ? { [Key in keyof P]: [P[Key]] extends [never] ? never : P[Key] | Opened }
  : P;
type Openable<F> = F extends object
  ? { [Key in keyof F]: Key extends 'parameters' ? OpenableParameters<F[Key]> : F[Key] }
  : never;

/** What a team writes. */
export type ExperimentDefinition = {
  [Key in keyof Written]: Key extends 'faults'
    ? Record<string, Openable<Written['faults'][string]>>
    : Written[Key];
};

/** The same, read: durations and shares are numbers with their text, and what is open has its default. */
export interface Experiment extends Settled {
  /** Every way in which it can run, the defaults first; absent where nothing is opened. */
  readonly variants?: readonly Variant<Settled['faults']>[];
}

/** An issue that has its message already. */
const toldBefore = z.custom<z.core.$ZodRawIssue>();

/** An experiment's definition: plain data, the same in TypeScript, YAML and JSON. */
export const experimentSchema = z.custom<ExperimentDefinition>().transform((written, context): Experiment => {
  const result = readOpened(settledSchema, written);
  if ('read' in result)
    return result.variants.length === 0 ? result.read : { ...result.read, variants: result.variants };
  for (const issue of result.issues) context.issues.push(toldBefore.parse(issue));
  return z.NEVER;
});
