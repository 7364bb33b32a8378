import { messageOf, SteadfastError } from '../../experiment/steadfast-error.ts';
import { fisLimits } from '../../fis/limits.ts';
import type { FisTemplate } from '../../plan/fis-template.ts';
import { actionHandlers } from './action-handlers.ts';

/** What FIS itself would not take of a template's size (user guide, "Quotas and limitations"). */
function* quotaProblems({ actions, targets, stopOn }: FisTemplate): Generator<string> {
  const { actionsPerTemplate, parallelActions, stopConditions, arnsPerTarget } = fisLimits;
  const names = Object.keys(actions);
  if (names.length > actionsPerTemplate)
    yield `it has ${names.length} actions, and FIS takes ${actionsPerTemplate} of a template`;
  const atOnce = Object.values(actions).filter(({ startAfter = [] }) => startAfter.length === 0).length;
  if (atOnce > parallelActions)
    yield `${atOnce} actions start at once, and FIS runs ${parallelActions} side by side`;
  if (stopOn.length > stopConditions)
    yield `it stops on ${stopOn.length} guards, and FIS takes ${stopConditions}`;
  for (const [name, target] of Object.entries(targets)) {
    if ('resourceArns' in target && target.resourceArns.length > arnsPerTarget)
      yield `target '${name}' names ${target.resourceArns.length} resources, and FIS takes ${arnsPerTarget}`;
  }
}

function* actionProblems({ actions, targets }: FisTemplate): Generator<string> {
  for (const [name, { actionId, parameters, targets: hit = {}, startAfter = [] }] of Object.entries(
    actions,
  )) {
    const handler = actionHandlers.get(actionId);
    if (handler === undefined) yield `action '${name}': ${actionId} cannot be rehearsed`;
    else {
      try {
        handler.check?.(parameters);
      } catch (thrown) {
        yield `action '${name}': ${messageOf(thrown)}`;
      }
    }
    for (const target of Object.values(hit)) {
      if (targets[target] === undefined)
        yield `action '${name}' names the target '${target}', which is not there`;
    }
    for (const before of startAfter) {
      if (actions[before] === undefined)
        yield `action '${name}' starts after '${before}', which is not there`;
    }
  }
}

function* problemsOf(template: FisTemplate, guards: readonly string[]): Generator<string> {
  for (const guard of template.stopOn) {
    if (!guards.includes(guard)) yield `it stops on '${guard}', which is no guard of the lab`;
  }
  yield* quotaProblems(template);
  yield* actionProblems(template);
  const circle = waitingForThemselves(template);
  if (circle.length > 0) yield `actions wait for each other in a circle: ${circle.join(', ')}`;
}

/** The actions that could never start: what is left when those are taken away, again and again, that wait for none left. */
function waitingForThemselves({ actions }: FisTemplate): readonly string[] {
  let left = Object.keys(actions);
  for (;;) {
    const next = left.filter((name) =>
      (actions[name]?.startAfter ?? []).some((before) => left.includes(before)),
    );
    if (next.length === left.length) return left;
    left = next;
  }
}

/** @throws SteadfastError `invalid` for a template that the stand-in FIS cannot run */
export function checkTemplate(template: FisTemplate, guards: readonly string[]): void {
  const problems = [...problemsOf(template, guards)];
  if (problems.length > 0) {
    throw new SteadfastError(
      'invalid',
      `the template '${template.description}' cannot be rehearsed: ${problems.join('; ')}`,
    );
  }
}
