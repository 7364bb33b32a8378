import type { Experiment } from '../experiment/experiment.ts';
import { type Fault, isLabFault, type Stage } from '../experiment/fault.ts';
import { stageLabel } from '../experiment/fault-parts.ts';
import type { FisAction } from '../fis/action.ts';
import { isoDuration, percentOf } from '../fis/quantity.ts';
import { podsOf } from './declared.ts';
import { actionOf, fisParametersOf } from './fis-parameters.ts';
import type { FisTemplate, FisTemplateAction } from './fis-template.ts';
import type { PlanPods, PlanTarget } from './plan-target.ts';
import { fisTargetOf, launchTypeOf } from './selection.ts';

/** FIS's shortest wait: in production the resolved targets are checked while it lasts, before any fault. */
export const settleMs = 60_000;

/** FIS takes descriptions of at most 512 characters (API model). */
const longestDescription = 512;

/** How long a stage's fault lasts in this target, in whole milliseconds. */
export const pacedMs = (stage: Stage, target: PlanTarget) => Math.round(stage.duration.ms * target.pace);

/** Whether nothing in a stage lasts by itself, so that a wait must hold it open for the stop conditions to watch. */
export const needsHold = (experiment: Experiment) =>
  Object.values(experiment.faults).every((fault) => actionOf(fault).durationParameter === undefined);

/** A lab's fault that is put in place at once, and stays: what else goes wrong in the stage finds it there. */
const isPlaced = (fault: Fault) => isLabFault(fault) && actionOf(fault).durationParameter === undefined;

/** The guards that every template of a target stops on: all it has but those that the runner polls. */
const stopOn = (target: PlanTarget): string[] =>
  Object.entries(target.guards).flatMap(([name, guard]) => (guard.readBy === undefined ? name : []));

/** The FIS template of one stage. */
export function stageTemplateOf(experiment: Experiment, stage: Stage, target: PlanTarget): FisTemplate {
  const faults = Object.entries(experiment.faults);
  const taken = new Set(faults.map(([name]) => name));
  const settle = target.production ? freeName('steadfast-settle', taken) : undefined;
  const after = settle === undefined ? {} : { startAfter: [settle] };
  const placed = faults.flatMap(([name, fault]) => (isPlaced(fault) ? [name] : []));
  const lastsMs = pacedMs(stage, target);
  return {
    description: `${experiment.title}, stage ${stageLabel(stage)}`.slice(0, longestDescription),
    targets: Object.fromEntries(
      faults.flatMap(([name, fault]) => {
        const hit = fisTargetOf(fault, stage, target);
        return hit === undefined ? [] : [[name, hit]];
      }),
    ),
    actions: {
      ...(settle === undefined ? {} : { [settle]: wait(settleMs) }),
      ...Object.fromEntries(
        faults.map(([name, fault]) => [
          name,
          {
            ...actionFor(name, fault, stage, target),
            ...(placed.length === 0 || isPlaced(fault) ? after : { startAfter: placed }),
          },
        ]),
      ),
      ...(needsHold(experiment)
        ? { [freeName('steadfast-hold', taken)]: { ...wait(lastsMs), ...after } }
        : {}),
    },
    stopOn: stopOn(target),
    durationMs: lastsMs + (settle === undefined ? 0 : settleMs),
  };
}

/** The parameters of one fault in one stage, as FIS is given them. */
export function stageParametersOf(fault: Fault, stage: Stage, target: PlanTarget): Record<string, string> {
  const action = actionOf(fault);
  const launchType = launchTypeOf(fault, target);
  const share = typeof stage.share === 'object' && 'of' in stage.share ? stage.share.share : undefined;
  return {
    ...(launchType === undefined ? {} : action.launchTypeParameters?.[launchType]),
    ...ofPods(action, podsOf(fault, target)),
    ...action.assumedParameters,
    ...fisParametersOf(fault, target),
    ...(share === undefined || action.trafficShareParameter === undefined
      ? {}
      : { [action.trafficShareParameter]: String(percentOf(share)) }),
    ...(action.durationParameter === undefined
      ? {}
      : { [action.durationParameter]: isoDuration(pacedMs(stage, target)) }),
  };
}

/** What a service declares of its pods that the action takes as parameters. */
const ofPods = ({ podParameters = {} }: FisAction, pods: PlanPods | undefined): Record<string, string> =>
  pods === undefined
    ? {}
    : Object.fromEntries(Object.entries(podParameters).map(([name, key]) => [name, pods[key]]));

function actionFor(name: string, fault: Fault, stage: Stage, target: PlanTarget): FisTemplateAction {
  const hit = actionOf(fault).target;
  return {
    actionId: fault.action,
    parameters: stageParametersOf(fault, stage, target),
    ...(hit === undefined ? {} : { targets: { [hit.key]: name } }),
  };
}

const wait = (ms: number): FisTemplateAction => ({
  actionId: 'aws:fis:wait',
  parameters: { duration: isoDuration(ms) },
});

/** A name that no fault has taken. */
const freeName = (name: string, taken: ReadonlySet<string>): string =>
  taken.has(name) ? freeName(`${name}-`, taken) : name;
