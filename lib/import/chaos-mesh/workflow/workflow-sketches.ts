import { durationFromMs } from '../../../fis/quantity.ts';
import type { ImportContext } from '../../contract.ts';
import { type FaultPlan, planFault } from '../faults/fault-plan.ts';
import { isNative } from '../faults/native.ts';
import type { Injection } from '../injection.ts';
import { longestSoakMs, type Sketch, type SketchedStage } from '../sketch.ts';
import { type Step, stepsOf, type Workflow } from './steps.ts';

/** Experiments of a workflow: those that ramp the same fault up are the stages of one. */
interface Run {
  readonly name: string;
  stages: [SketchedStage, ...SketchedStage[]];
}

/** A length of time in which nothing happens, and what comes before it. */
type Pause = Extract<Step, { pauseMs: number }>;

/**
 * The experiments that a workflow comes to.
 *
 * @param idOf an id that nobody has, like the text
 */
export function workflowSketches(
  workflow: Workflow,
  name: string,
  context: ImportContext,
  idOf: (text: string) => string,
): readonly Sketch[] {
  const steps = stepsOf(workflow);
  const runs: Run[] = [];
  const pauses: { readonly pause: Pause; readonly after: Run | undefined; readonly stage: number }[] = [];
  let waited = 0;
  for (const step of steps) {
    if ('pauseMs' in step) {
      const after = runs.at(-1);
      pauses.push({ pause: step, after, stage: (after?.stages.length ?? 0) - 1 });
      waited += step.pauseMs;
    } else if ('faults' in step) {
      append(runs, step, plansOf(step.faults, context), waited);
      waited = 0;
    }
  }
  const checks = steps.flatMap((step) => ('check' in step ? [step.check] : []));
  const sketches = runs.map((run): Sketch => {
    const id = idOf(runs.length === 1 ? name : `${name}-${run.name}`);
    for (const { pause, stage } of pauses.filter(({ after }) => after === run))
      sayPause(workflow, pause, id, run, stage);
    return { id, stages: run.stages, checks };
  });
  for (const { pause, after } of pauses)
    if (after === undefined)
      workflow.account.approximated(
        pause.path,
        'baseline',
        'every run looks at the steady state before its fault',
      );
  return sketches;
}

function plansOf(
  injections: readonly Injection[],
  context: ImportContext,
): Record<string, FaultPlan> | undefined {
  const plans: Record<string, FaultPlan> = {};
  for (const injection of injections) {
    const plan = planFault(injection, context);
    if (plan === undefined) return undefined;
    const { fault } = plan.does;
    const name = injections.length === 1 ? fault : `${fault}${Object.keys(plans).length + 1}`;
    plans[name] = plan;
  }
  return plans;
}

/** A stage of the experiment before, where it is the same fault again; else an experiment of its own. */
function append(
  runs: Run[],
  step: { name: string },
  faults: Record<string, FaultPlan> | undefined,
  waited: number,
): void {
  if (faults === undefined) return;
  const run = runs.at(-1);
  const before = run?.stages.at(-1);
  if (run === undefined || before === undefined || !isSame(before.faults, faults)) {
    runs.push({ name: step.name, stages: [{ faults }] });
    return;
  }
  const [first, ...others] = run.stages;
  const soaked = waited === 0 ? before : { ...before, soakMs: waited };
  run.stages =
    others.length === 0 ? [soaked, { faults }] : [first, ...others.slice(0, -1), soaked, { faults }];
}

/** Whether FIS does the same to the same service, so that only how much of it is hit and for how long may differ. */
function isSame(
  before: Readonly<Record<string, FaultPlan>>,
  after: Readonly<Record<string, FaultPlan>>,
): boolean {
  const [one, other] = [Object.values(before), Object.values(after)];
  const [first, second] = [one[0], other[0]];
  if (one.length !== 1 || other.length !== 1 || first === undefined || second === undefined) return false;
  return coreOf(first) !== undefined && coreOf(first) === coreOf(second);
}

function coreOf({ decided, place }: FaultPlan): string | undefined {
  if (!isNative(decided)) return undefined;
  return JSON.stringify([place.environment.id, place.service, decided.action, decided.parameters]);
}

function sayPause({ account }: Workflow, { path }: Pause, id: string, { stages }: Run, stage: number): void {
  const soakMs = stages[stage]?.soakMs;
  const to = `${id}: stages[${stage}].soak`;
  if (soakMs !== undefined && soakMs <= longestSoakMs) account.mapped(path, to);
  else if (soakMs !== undefined)
    account.approximated(path, to, `no soak is longer than ${durationFromMs(longestSoakMs).text}`);
  else
    account.approximated(
      path,
      `${id}: recovery`,
      'recovery is measured after every run, and nothing waits between one experiment and the next',
    );
}
