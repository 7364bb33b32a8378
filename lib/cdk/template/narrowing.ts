import type { Problem } from '../../experiment/steadfast-error.ts';
import { type ResourceType, resourceTypeFacts } from '../../fis/resource-types.ts';
import { inZone } from '../../plan/selection.ts';
import type { Path, TargetBody } from './bound-target.ts';

interface Narrowing {
  readonly availabilityZone?: string;
  readonly filters?: Readonly<Record<string, string | readonly string[]>>;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** FIS takes paths of at most so many characters, and values of filters and parameters (API model). */
const longest = { filterPath: 256, filterValue: 128, parameter: 1_024 } as const;

/** What narrows a selection, in FIS's words, and what FIS would refuse of it. */
export function narrowingOf(
  { availabilityZone, filters = {}, parameters = {} }: Narrowing,
  resourceType: ResourceType,
  path: Path,
): { readonly body: Pick<TargetBody, 'filters' | 'parameters'>; readonly problems: readonly Problem[] } {
  const byZone = inZone(resourceType, availabilityZone);
  const allParameters = { ...parameters, ...byZone.parameters };
  const allFilters = [
    ...Object.entries(filters).map(([filter, values]) => ({
      path: filter,
      values: typeof values === 'string' ? [values] : [...values],
    })),
    ...(byZone.filters ?? []),
  ];
  return {
    body: {
      ...(allFilters.length === 0 ? {} : { filters: allFilters }),
      ...(Object.keys(allParameters).length === 0 ? {} : { parameters: allParameters }),
    },
    problems: [
      ...zoneProblems(resourceType, availabilityZone, path),
      ...filterProblems(resourceType, filters, path),
      ...parameterProblems(resourceType, allParameters, path),
    ],
  };
}

function zoneProblems(resourceType: ResourceType, zone: string | undefined, path: Path): Problem[] {
  if (zone === undefined || resourceTypeFacts(resourceType).zone !== undefined) return [];
  return [
    {
      code: 'zone',
      path: [...path, 'availabilityZone'],
      message: `FIS cannot limit ${resourceType} to an Availability Zone`,
      hint: 'remove it, or select by a tag that tells the zones apart',
    },
  ];
}

function filterProblems(
  resourceType: ResourceType,
  filters: NonNullable<Narrowing['filters']>,
  path: Path,
): Problem[] {
  const entries = Object.entries(filters);
  if (entries.length > 0 && resourceTypeFacts(resourceType).filters === undefined) {
    return [
      {
        code: 'filters',
        path: [...path, 'filters'],
        message: `FIS takes no filters for ${resourceType}`,
        hint: 'remove them',
      },
    ];
  }
  return entries.flatMap(([filter, values]): Problem[] => {
    const at = [...path, 'filters', filter];
    const list = typeof values === 'string' ? [values] : values;
    if (list.length === 0)
      return [{ code: 'filters', path: at, message: 'has no value', hint: 'say what may stand there' }];
    if (filter.length > longest.filterPath || list.some((value) => value.length > longest.filterValue)) {
      return [
        {
          code: 'too-long',
          path: at,
          message: `is too long: FIS takes ${longest.filterPath} characters of a path and ${longest.filterValue} of a value`,
        },
      ];
    }
    return [];
  });
}

function parameterProblems(
  resourceType: ResourceType,
  parameters: Readonly<Record<string, string>>,
  path: Path,
): Problem[] {
  const { parameters: known = [], requiredParameters = [], zone } = resourceTypeFacts(resourceType);
  const unknown = Object.keys(parameters)
    .filter((name) => !known.includes(name))
    .map(
      (name): Problem => ({
        code: 'unknown-key',
        path: [...path, 'parameters', name],
        message: `is no parameter of targets of ${resourceType}`,
        ...(known.length === 0 ? { hint: 'FIS takes none for them: remove it' } : { candidates: known }),
      }),
    );
  const missing = requiredParameters
    .filter((name) => parameters[name] === undefined)
    .map((name): Problem => {
      const isZone = zone !== undefined && 'parameter' in zone && zone.parameter === name;
      return {
        code: 'missing',
        path: isZone ? [...path, 'availabilityZone'] : [...path, 'parameters', name],
        message: `is missing: FIS needs it to find ${resourceType}`,
        ...(isZone ? { hint: "write a zone, such as 'eu-west-1a'" } : {}),
      };
    });
  const long = Object.entries(parameters)
    .filter(([, value]) => value.length > longest.parameter)
    .map(
      ([name]): Problem => ({
        code: 'too-long',
        path: [...path, 'parameters', name],
        message: `is longer than the ${longest.parameter} characters that FIS takes`,
      }),
    );
  return [...unknown, ...missing, ...long];
}
