import * as z from 'zod/mini';
import type { Experiment } from '../experiment/experiment.ts';
import type { FisAction } from '../fis/action.ts';
import type { FisWord, Look } from '../fis/evidence.ts';
import { functionPrerequisites, type Prerequisite, taskPrerequisites } from '../fis/prerequisite.ts';

/**
 * What a run needs to know of an action. The plan takes it from the catalogue and hands it on, so that what carries runs out holds
 * no catalogue: a runner knows the actions of its own run.
 */
export const actionFactsSchema = z.strictObject({
  /** Absent where the action hits nothing of its own. */
  target: z.optional(z.strictObject({ maximum: z.optional(z.int()) })),
  prerequisites: z.array(z.enum([...taskPrerequisites, ...functionPrerequisites])),
  evidence: z.strictObject({
    effect: z.string(),
    word: z.enum([
      'call',
      'agent',
      'pod',
      'runbook',
      'look',
      'configuration',
      'calls',
      'controller',
      'lab',
    ] satisfies FisWord[]),
    look: z.optional(z.enum(['instances-stopped', 'instances-terminated', 'tasks-stopped'] satisfies Look[])),
  }),
});

export type ActionFacts = z.output<typeof actionFactsSchema>;

/** What a run needs to know of an action, of all that is known. */
export const factsOf = ({ target, prerequisites = [], evidence }: FisAction): ActionFacts => ({
  ...(target === undefined
    ? {}
    : { target: target.maximum === undefined ? {} : { maximum: target.maximum } }),
  prerequisites: [...prerequisites] satisfies Prerequisite[],
  evidence: { ...evidence },
});

const something = z.looseObject({});

/** What every experiment has once it is read; the plan has looked at the rest, as it was written. */
const readExperiment = z.looseObject({
  id: z.string(),
  title: z.string(),
  steadyState: z.record(z.string(), something),
  faults: z.record(z.string(), z.looseObject({ action: z.string() })),
  stages: z.array(z.looseObject({ duration: z.looseObject({ ms: z.number() }) })).check(z.minLength(1)),
  recovery: z.looseObject({ objective: z.looseObject({ ms: z.number() }) }),
});

/**
 * An experiment as the plan has read it: durations and shares are numbers with their text, defaults are filled in. Only a plan writes
 * it, and a run does not read the language again.
 */
export const experimentSchemaOfRuns = z.custom<Experiment>(
  (value) => readExperiment.safeParse(value).success,
  {
    error: 'is no experiment that a plan has read',
  },
);
