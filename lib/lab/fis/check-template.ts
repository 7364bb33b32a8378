import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { FisTemplate } from '../../plan/fis-template.ts';
import { actionHandlers } from './action-handlers.ts';

function* problemsOf(template: FisTemplate, guards: readonly string[]): Generator<string> {
  for (const guard of template.stopOn) {
    if (!guards.includes(guard)) yield `it stops on '${guard}', which is no guard of the lab`;
  }
  for (const [name, { actionId, targets = {}, startAfter = [] }] of Object.entries(template.actions)) {
    if (!actionHandlers.has(actionId)) yield `action '${name}': ${actionId} cannot be rehearsed`;
    for (const target of Object.values(targets)) {
      if (template.targets[target] === undefined)
        yield `action '${name}' names the target '${target}', which is not there`;
    }
    for (const before of startAfter) {
      if (template.actions[before] === undefined)
        yield `action '${name}' starts after '${before}', which is not there`;
    }
  }
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
