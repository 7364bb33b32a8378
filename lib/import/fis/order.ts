import { itemsOf } from '../drafting/node.ts';
import { isWait, type ReadAction } from './actions.ts';
import { msOfIso } from './duration.ts';
import { membersOf, textOf } from './node.ts';
import type { Course } from './steps.ts';
import { fieldOf, pathOf } from './template.ts';
import type { Work } from './work.ts';

/** Accounts for the order of actions, for waits, and for looks at alarms: stages, the baseline and admission stand for them. */
export function readOrder(actions: readonly ReadAction[], course: Course | undefined, work: Work): void {
  const { template, ledger } = work;
  for (const read of actions) {
    const list = fieldOf(read.node, 'startAfter', template);
    if (list !== undefined) {
      if (itemsOf(list).length === 0 || itemsOf(list).some((item) => textOf(item) === undefined)) {
        if (Array.isArray(list.value) && list.value.length === 0) ledger.mapped(list.path, work.to('stages'));
        else work.unreadable(list, 'list of actions');
      } else {
        const differs = orderOf(course);
        if (differs === undefined) ledger.mapped(list.path, work.to('stages'));
        else ledger.approximated(list.path, work.to('stages'), differs);
      }
    }
    ledger.mapped(pathOf(read.node, 'description', template), work.to('description'));
    if (course !== undefined && !course.faults.has(read.name)) besideFaults(read, work);
  }
}

/** What differs from the template's order; undefined where nothing does. */
function orderOf(course: Course | undefined): string | undefined {
  if (course === undefined) return 'all faults of a stage start at once';
  const [first] = course.experiments;
  if (course.experiments.length > 1) return 'steps of different faults are experiments of their own';
  return (first?.length ?? 0) > 1 ? undefined : 'all faults of a stage start at once, after the baseline';
}

/** A wait, or a look at alarms beside faults. */
function besideFaults(read: ReadAction, work: Work): void {
  const { template, ledger } = work;
  const { node, action } = read;
  const [to, differs] = isWait(read)
    ? ([work.to('baseline, stages'), 'stages, what lies between them and the baseline last as long'] as const)
    : (['admission', 'every guard must be OK immediately before a fault starts'] as const);
  ledger.approximated(pathOf(node, 'actionId', template), to, differs);
  const parameters = fieldOf(node, 'parameters', template);
  if (parameters !== undefined && membersOf(parameters).length === 0)
    ledger.approximated(parameters.path, to, differs);
  for (const [name, one] of membersOf(parameters)) {
    const isKnown =
      name === action.durationParameter ||
      Object.values(action.fisParameters).some((parameter) => parameter.name === name);
    if (isKnown) ledger.approximated(one.path, to, differs);
    else ledger.refused(one.path, `${action.id} has no such parameter`);
    if (name === 'duration' && isWait(read) && msOfIso(textOf(one) ?? '') === undefined)
      work.unreadable(one, 'duration such as PT5M');
  }
}
