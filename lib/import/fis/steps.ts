import { isAssertion, isWait, type ReadAction } from './actions.ts';
import { freeName, nameFrom } from './names.ts';
import { memberOf, membersOf } from './node.ts';
import { fieldOf, type Template } from './template.ts';
import { type Step, stepsOf, timesOf } from './timeline.ts';
import type { Work } from './work.ts';

/** How the actions of a template become experiments. */
export interface Course {
  /** Experiments, each with its stages: one experiment, unless steps of different faults follow each other. */
  readonly experiments: readonly (readonly Step<ReadAction>[])[];
  /** The name of the fault that each action is, by the action's name. */
  readonly faults: ReadonlyMap<string, string>;
  /** How long nothing happens before the first fault. */
  readonly beforeMs: number;
}

/** FIS takes no more actions in a template (user guide, quotas). */
const mostActions = 20;

/** The course of a template; undefined where it has none, which is refused. */
export function courseOf(actions: readonly ReadAction[], work: Work): Course | undefined {
  const { template } = work;
  const node = fieldOf(template.node, 'actions', template);
  const path = node?.path ?? template.node.path;
  if (actions.length > mostActions) {
    const hint = 'split it';
    work.refuse(path, {
      code: 'too-many-actions',
      message: `holds more than the ${mostActions} actions that FIS takes`,
      hint,
    });
    return undefined;
  }
  const known = new Set(membersOf(node).map(([name]) => name));
  if (actions.length < known.size || actions.length === 0) return undefined;
  const stray = actions.find(({ startAfter }) => startAfter.some((name) => !known.has(name)));
  if (stray !== undefined || timesOf(actions) === undefined) {
    work.refuse(stray?.node.path ?? path, {
      code: 'broken',
      message:
        stray === undefined
          ? 'actions wait for each other in a circle, so that none starts'
          : 'starts after an action that the template does not have',
      hint: 'mend startAfter',
    });
    return undefined;
  }
  const isFault = faultsAmong(actions);
  const { steps, beforeMs } = stepsOf(actions, isFault);
  if (steps.length === 0) {
    work.refuse(path, {
      code: 'no-action',
      message: 'only waits, so that nothing would go wrong',
      hint: 'add an action, such as aws:ecs:stop-task',
    });
    return undefined;
  }
  const isRamp = steps.every((step) => isSameStep(step, steps[0], template));
  const faults = isRamp ? rampedFaults(steps, template) : namedFaults(steps);
  return { experiments: isRamp ? [steps] : steps.map((step) => [step]), faults, beforeMs };
}

/** Waits are none; looking at alarms is one only where nothing else is. */
function faultsAmong(actions: readonly ReadAction[]): (action: ReadAction) => boolean {
  const hasOthers = actions.some((action) => !isWait(action) && !isAssertion(action));
  return (action) => !isWait(action) && !(hasOthers && isAssertion(action));
}

/** What an action does and to what, whatever its duration and share. */
function signatureOf({ action, node, target }: ReadAction, template: Template): string {
  const parameters = membersOf(fieldOf(node, 'parameters', template))
    .filter(([name]) => name !== action.durationParameter)
    .map(([name, { value }]): [string, unknown] => [name, value]);
  const hit = memberOf(fieldOf(template.node, 'targets', template), target?.name ?? '');
  const mode = fieldOf(hit, 'selectionMode', template)?.path.at(-1);
  const selection = membersOf(hit)
    .filter(([name]) => name !== mode)
    .map(([name, { value }]): [string, unknown] => [name, value]);
  return JSON.stringify([action.id, parameters.toSorted(byName), selection.toSorted(byName)]);
}

const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1);

const signaturesOf = (step: Step<ReadAction> | undefined, template: Template): string[] =>
  (step?.actions ?? []).map((action) => signatureOf(action, template)).toSorted();

const isSameStep = (
  one: Step<ReadAction>,
  other: Step<ReadAction> | undefined,
  template: Template,
): boolean => signaturesOf(one, template).join('\n') === signaturesOf(other, template).join('\n');

/** Every action a fault of its own. */
function namedFaults(steps: readonly Step<ReadAction>[]): Map<string, string> {
  const names = new Set<string>();
  const faults = new Map<string, string>();
  for (const { name } of steps.flatMap(({ actions }) => actions)) {
    const fault = freeName(nameFrom(name) ?? 'fault', names);
    names.add(fault);
    faults.set(name, fault);
  }
  return faults;
}

/** What does the same in later steps is the same fault. */
function rampedFaults(steps: readonly Step<ReadAction>[], template: Template): Map<string, string> {
  const [first] = steps;
  const faults = first === undefined ? new Map<string, string>() : namedFaults([first]);
  for (const step of steps.slice(1)) {
    const left = [...(first?.actions ?? [])];
    for (const action of step.actions) {
      const at = left.findIndex((one) => signatureOf(one, template) === signatureOf(action, template));
      const [same] = left.splice(at, 1);
      faults.set(action.name, faults.get(same?.name ?? '') ?? 'fault');
    }
  }
  return faults;
}
