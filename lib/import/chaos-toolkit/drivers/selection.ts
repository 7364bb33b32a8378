import { isResourceType } from '../../../fis/resource-types.ts';
import { servicesOf } from '../../drafting/ground.ts';
import { isData } from '../../drafting/node.ts';
import { type Found, serviceOfTarget } from '../../drafting/place.ts';
import { decide } from '../../drafting/work.ts';
import {
  argument,
  argumentApproximated,
  argumentMapped,
  type Call,
  numberArgument,
  textArgument,
} from '../call.ts';
import type { Share } from './driver.ts';

/** Arguments that are known for what they say of the targets. */
export interface Naming {
  /** Names, ids or filters that tell which service it is, the most telling first. */
  readonly by: readonly string[];
  /** What only the environment says here: the cluster, the namespace, a token of a call. */
  readonly declared?: readonly string[];
  /** What the resources are that the action can hit. */
  readonly type: string;
}

/**
 * The selector of what an action of AWS or Kubernetes hits; otherwise why there is none. Ids and names of resources are never taken
 * over: a selector is a service, whose resources carry the environment tag.
 */
export function selectorOf(call: Call, { by, declared = [], type }: Naming): Record<string, string> | string {
  const to = `faults.${call.name}.selector`;
  const named = by.flatMap((name) => textsIn(argument(call, name)?.value));
  const found = firstFound(call, named) ?? onlyOne(call, type);
  if (found === undefined)
    return `no service here is known by its names, or has anything of type ${type}: say which service it is with --map NAME=SERVICE`;
  for (const name of by) {
    if (found.by === 'guessed' || found.by === 'kind')
      argumentApproximated(
        call,
        name,
        `${to}.service`,
        `it is taken for '${found.service}', the service with resources of this type`,
      );
    else argumentMapped(call, name, `${to}.service`);
  }
  if (found.by === 'guessed') {
    decide(
      call.work,
      ['faults', call.name, 'selector', 'service'],
      `which service is hit: the names of the source are not known here, and '${found.service}' is one with resources of this type (--map NAME=SERVICE says so)`,
    );
  }
  for (const name of declared)
    argumentApproximated(
      call,
      name,
      to,
      'the environment says it of the service, and nothing outside of it is ever hit',
    );
  const zone = ['az', 'availability_zone'].find((name) => textArgument(call, name) !== undefined);
  if (zone === undefined) return { service: found.service };
  argumentMapped(call, zone, `${to}.availabilityZone`);
  return { service: found.service, availabilityZone: textArgument(call, zone) ?? '' };
}

/** As many names of targets are looked up: no list of labels or ids is longer. */
const mostNames = 100;

const firstFound = (call: Call, names: readonly string[]): Found | undefined =>
  names
    .slice(0, mostNames)
    .map((name) => serviceOfTarget(call.work, name))
    .find((found) => found !== undefined);

/** A service that is said to have resources of a type. */
function onlyOne({ work }: Call, type: string): Found | undefined {
  if (!isResourceType(type)) return undefined;
  const having = [...servicesOf(work.ground)].filter(([, known]) =>
    known.some(({ declaredTypes }) => declaredTypes.includes(type)),
  );
  const able = [...servicesOf(work.ground)].filter(([, known]) =>
    known.some(({ resourceTypes }) => resourceTypes.includes(type)),
  );
  const [first] = having.length > 0 ? having : able;
  return first === undefined ? undefined : { service: first[0], by: 'guessed' };
}

/** The texts of an argument: its own, those of a list, the values of labels such as `app=shop` and of filters by tags. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string')
    return [value, ...value.split(',').flatMap((part) => part.split(/==?/).slice(1))].map((text) =>
      text.trim(),
    );
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (!isData(value)) return [];
  const filtered = ['Values', 'Value'].flatMap((key) => textsIn(value[key]));
  return filtered.length > 0 ? filtered : Object.values(value).flatMap(textsIn);
}

/** How much is hit: a percentage, all, or one where it is a number of them. */
export function shareOf(
  call: Call,
  { percent, count }: { readonly percent?: string; readonly count?: string },
): Share {
  const ofAll = percent === undefined ? undefined : numberArgument(call, percent);
  if (percent !== undefined && ofAll !== undefined && ofAll >= 1 && ofAll <= 100) {
    if (Number.isInteger(ofAll)) argumentMapped(call, percent, 'stages[0].share');
    else argumentApproximated(call, percent, 'stages[0].share', 'FIS takes whole percentages');
    return `${Math.floor(ofAll)}%`;
  }
  const number = count === undefined ? undefined : numberArgument(call, count);
  if (count !== undefined && number !== undefined) {
    if (number === 1) argumentMapped(call, count, 'stages[0].share');
    else
      argumentApproximated(
        call,
        count,
        'stages[0].share',
        'a stage hits one, or a percentage: write the percentage for more',
      );
    if (number !== 1)
      decide(
        call.work,
        ['stages', 0, 'share'],
        `how much is hit: the source names a number of targets, and a stage says 'one' or a percentage`,
      );
  }
  return 'one';
}
