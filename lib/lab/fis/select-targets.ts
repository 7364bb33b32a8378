import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { FisTarget, FisTemplate, TaggedTarget } from '../../plan/fis-template.ts';
import type { Random } from '../../run/ports.ts';
import type { Replica } from '../running-lab.ts';

/** A lab's replicas play ECS tasks, and nothing else. */
const playedResourceType = 'aws:ecs:task';

/** How many of `found` a selection mode takes, as FIS reads it (user guide, "Selection mode"). */
function howMany(selectionMode: string, found: number): number {
  const [, mode, number] = /^(ALL|COUNT|PERCENT)(?:\((\d+(?:\.\d+)?)\))?$/.exec(selectionMode) ?? [];
  if (mode === 'ALL' && number === undefined) return found;
  if (mode === 'COUNT' && number !== undefined) return Math.min(Number(number), found);
  if (mode === 'PERCENT' && number !== undefined) return Math.floor((found * Number(number)) / 100);
  throw new SteadfastError('invalid', `'${selectionMode}' is no selection mode of FIS`, {
    hint: 'write ALL, COUNT(1) or PERCENT(50)',
  });
}

/** Draws `count` of the items without putting any back. */
function sample<Item>(items: readonly Item[], count: number, random: Random): readonly Item[] {
  const left = [...items];
  return Array.from({ length: count }, () => left.splice(Math.floor(random.next() * left.length), 1)).flat();
}

/** A replica's attributes are its tags: a filter's path names one of them. */
function matches(replica: Replica, { resourceTags, filters = [] }: TaggedTarget): boolean {
  return (
    replica.alive &&
    Object.entries(resourceTags).every(([key, value]) => replica.tags[key] === value) &&
    filters.every(({ path, values }) => values.includes(replica.tags[path] ?? ''))
  );
}

function select(
  name: string,
  target: FisTarget,
  replicas: readonly Replica[],
  random: Random,
): readonly Replica[] {
  if (target.resourceType !== playedResourceType || !('resourceTags' in target)) {
    throw new SteadfastError(
      'invalid',
      `target '${name}': a lab has no resources of type ${target.resourceType}`,
    );
  }
  const tags = Object.entries(target.resourceTags).map(([key, value]) => `${key}=${value}`);
  const found = replicas.filter((replica) => matches(replica, target));
  if (found.length === 0) {
    throw new SteadfastError(
      'invalid',
      `target '${name}' resolved to an empty set: no running replica carries ${tags.join(', ')}`,
    );
  }
  const count = howMany(target.selectionMode, found.length);
  if (count === 0) {
    throw new SteadfastError(
      'invalid',
      `target '${name}': ${target.selectionMode} of ${found.length} is less than one`,
    );
  }
  return sample(found, count, random);
}

/**
 * Resolves a template's targets as FIS does: once, by tags that must all match, then a random sample.
 *
 * @throws SteadfastError `invalid` when a target resolves to nothing
 */
export const selectTargets = (
  template: FisTemplate,
  replicas: readonly Replica[],
  random: Random,
): ReadonlyMap<string, readonly Replica[]> =>
  new Map(
    Object.entries(template.targets).map(([name, target]) => [name, select(name, target, replicas, random)]),
  );
