import { isDeepStrictEqual } from 'node:util';
import {
  type PropertySpecs,
  propertiesOfReference,
  type ResourceSpec,
  resourceSpec,
} from './service-spec.ts';
import type { CloudFormation } from './synthesis.ts';

type Resource = CloudFormation['Resources'][string];

/**
 * What an upgrade would do to resources that hold data, in words; nothing where it keeps them all. Which resources hold data,
 * and which changes CloudFormation answers with a new and empty one, is what AWS publishes of each type.
 *
 * @param given up: types whose data may go, each for a reason
 */
export function upgradeProblems(
  { previous, next }: { readonly previous: CloudFormation; readonly next: CloudFormation },
  givenUp: readonly string[] = [],
): string[] {
  return Object.entries(previous.Resources).flatMap(([logicalId, before]) => {
    const spec = resourceSpec(before.Type);
    if (spec?.isStateful !== true || givenUp.includes(before.Type)) return [];
    return problemsOf(spec, before, next.Resources[logicalId]).map((problem) => `${logicalId}: ${problem}`);
  });
}

function problemsOf(spec: ResourceSpec, before: Resource, after: Resource | undefined): string[] {
  if (after?.Type !== before.Type) return [`is no longer there as ${before.Type}`];
  return [
    ...replacingPaths(spec.properties)
      .filter((path) => !isDeepStrictEqual(valueAt(before, path), valueAt(after, path)))
      .map((path) => `${path.join('.')} changes, which replaces it`),
    ...policies
      .filter((policy) => !keeps(after[policy]))
      .map((policy) => `its ${policy} is ${JSON.stringify(after[policy])}, which deletes it`),
  ];
}

const policies = ['DeletionPolicy', 'UpdateReplacePolicy'] as const;

/** `RetainExceptOnCreate` keeps too, but for what the very operation that fails has made. */
const keeps = (policy: unknown) => policy === 'Retain' || policy === 'RetainExceptOnCreate';

/** Properties, nested ones too, whose change makes CloudFormation replace the resource, always or sometimes. */
const replacingPaths = (properties: PropertySpecs): string[][] =>
  Object.entries(properties).flatMap(([name, { causesReplacement = 'no', type }]) => {
    if (causesReplacement !== 'no') return [[name]];
    return type.type === 'ref'
      ? replacingPaths(propertiesOfReference(type)).map((path) => [name, ...path])
      : [];
  });

const valueAt = ({ Properties }: Resource, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).find(([key]) => key === name)?.[1]
        : undefined,
    Properties,
  );
