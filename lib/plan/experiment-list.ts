/**
 * How an environment's stacks list the experiments that they deploy, in parameters that admission reads: ids, parted by commas. Behind
 * an id stands `=` and the mark of its plan. A reader that is older takes a mark for one more id, which no experiment can have, and finds
 * every id where it looks for it.
 */

/** A list, in the order of ids. */
export const experimentList = (plans: ReadonlyMap<string, string>): string =>
  [...plans]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, plan]) => `${id},=${plan}`)
    .join(',');

/** The plan that a list names of an experiment, which an older one does not name; undefined where it does not list it. */
export function planMarkIn(list: string, experiment: string): { readonly plan?: string } | undefined {
  const items = list.split(',');
  const index = items.indexOf(experiment);
  if (index < 0 || experiment.startsWith('=')) return undefined;
  const mark = items[index + 1];
  return mark?.startsWith('=') === true ? { plan: mark.slice(1) } : {};
}

/** Every experiment that a list names, with its plan where it says one. */
export function experimentsIn(list: string): ReadonlyMap<string, string | undefined> {
  const ids = list.split(',').filter((item) => item !== '' && !item.startsWith('='));
  return new Map(ids.map((id) => [id, planMarkIn(list, id)?.plan]));
}
