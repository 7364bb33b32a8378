import type { PlanTarget } from '../../plan/plan-target.ts';
import type { ImportContext } from '../contract.ts';
import { membersOf, textOf } from './node.ts';
import { fieldOf, type Template } from './template.ts';

type Ground = Pick<ImportContext, 'project' | 'environment'>;

/**
 * The environment that a template is confined to: the one that is named, else the one whose tag its targets carry, else the only one
 * that is no production. Production is taken only by its name.
 */
export function placeOf(template: Template, ground: Ground): PlanTarget | undefined {
  const own = namedPlace(ground);
  if (own !== undefined || ground.environment !== undefined) return own;
  const others = ground.project.environments.filter(({ production }) => !production);
  const tagged = others.filter((environment) => isCarried(environment, template));
  const left = tagged.length > 0 ? tagged : others;
  return left.length === 1 ? left[0] : undefined;
}

/** The environment that is named, or that nobody need name: what is known before any template is read. */
export function namedPlace({ project, environment }: Ground): PlanTarget | undefined {
  if (environment !== undefined) return project.environments.find(({ id }) => id === environment);
  const others = project.environments.filter(({ production }) => !production);
  return others.length === 1 ? others[0] : undefined;
}

const isCarried = ({ tag }: PlanTarget, template: Template): boolean =>
  membersOf(fieldOf(template.node, 'targets', template)).some(([, target]) =>
    membersOf(fieldOf(target, 'resourceTags', template)).some(
      ([key, value]) => key === tag.key && textOf(value) === tag.value,
    ),
  );

/** What to do where no environment can be told. */
export function hintForPlace({ project }: Ground): string {
  const ids = project.environments.map(({ id }) => id);
  return ids.length === 0
    ? 'describe an environment first: steadfast init'
    : `say which with --env: ${ids.join(', ')}; then --fix adds its tag`;
}

/** The environment that a tag is of, other than the one that is meant. */
export function foreignTag(
  key: string,
  value: string | undefined,
  place: PlanTarget,
  { project }: Ground,
): string | undefined {
  if (key === place.tag.key && value !== place.tag.value) {
    const other = project.environments.find(({ tag }) => tag.key === key && tag.value === value);
    return other === undefined
      ? 'an environment that the project does not know'
      : `environment '${other.id}'`;
  }
  const other = project.environments.find(
    ({ id, tag }) => id !== place.id && tag.key === key && tag.value === value && key !== place.tag.key,
  );
  return other === undefined ? undefined : `environment '${other.id}'`;
}
