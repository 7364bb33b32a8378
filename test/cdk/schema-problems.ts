import {
  type PropertySpecs,
  type PropertyType,
  propertiesOfReference,
  resourceSpec,
} from './service-spec.ts';
import type { CloudFormation } from './synthesis.ts';

/**
 * What CloudFormation's own schemas say against the resources of a template: unknown types and properties, missing ones, values
 * of the wrong kind or not among those that are allowed. Intrinsic functions pass: what they become is known later.
 */
export const schemaProblems = ({ Resources }: CloudFormation): string[] =>
  Object.entries(Resources).flatMap(([logicalId, { Type, Properties }]) => {
    // A custom resource has whatever properties its function reads; CloudFormation needs to know the function.
    if (Type.startsWith('Custom::'))
      return Properties['ServiceToken'] === undefined ? [`${logicalId}: lacks ServiceToken`] : [];
    const spec = resourceSpec(Type);
    return spec === undefined
      ? [`${logicalId}: no type is called ${Type}`]
      : problemsOfProperties(Properties, spec.properties, logicalId);
  });

function problemsOfProperties(value: unknown, specs: PropertySpecs, path: string): string[] {
  if (!isRecord(value)) return [`${path}: is no object`];
  const missing = Object.entries(specs).filter(
    ([name, { required }]) => required === true && !(name in value),
  );
  return [
    ...missing.map(([name]) => `${path}: lacks ${name}`),
    ...Object.entries(value).flatMap(([name, given]) => {
      const spec = specs[name];
      return spec === undefined
        ? [`${path}: knows no ${name}`]
        : problemsOfValue(given, spec.type, `${path}.${name}`);
    }),
  ];
}

function problemsOfValue(value: unknown, type: PropertyType, path: string): string[] {
  if (isIntrinsic(value)) return [];
  switch (type.type) {
    case 'string':
    case 'integer':
      return isPrimitive(value, type.type)
        ? problemsOfChoice(value, type.allowedValues, path)
        : [no(type, path)];
    case 'number':
    case 'boolean':
    case 'date-time':
      return isPrimitive(value, type.type) ? [] : [no(type, path)];
    case 'json':
      return isRecord(value) || typeof value === 'string' ? [] : [no(type, path)];
    case 'null':
      return value === null ? [] : [no(type, path)];
    case 'tag':
      return problemsOfProperties(value, tag, path);
    case 'array':
      return Array.isArray(value)
        ? value.flatMap((one: unknown, index) => problemsOfValue(one, type.element, `${path}.${index}`))
        : [no(type, path)];
    case 'map':
      return isRecord(value)
        ? Object.entries(value).flatMap(([key, one]) => problemsOfValue(one, type.element, `${path}.${key}`))
        : [no(type, path)];
    case 'ref':
      return problemsOfProperties(value, propertiesOfReference(type), path);
    case 'union':
      return type.types
        .map((one) => problemsOfValue(value, one, path))
        .reduce((fewest, problems) => (problems.length < fewest.length ? problems : fewest));
  }
}

const tag: PropertySpecs = {
  Key: { type: { type: 'string' }, required: true },
  Value: { type: { type: 'string' }, required: true },
};

function isPrimitive(
  value: unknown,
  type: 'string' | 'integer' | 'number' | 'boolean' | 'date-time',
): boolean {
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === (type === 'date-time' ? 'string' : type);
}

const problemsOfChoice = (value: unknown, allowed: readonly unknown[] | undefined, path: string) =>
  allowed === undefined || allowed.includes(value)
    ? []
    : [`${path}: is ${JSON.stringify(value)}, none of ${allowed.join(', ')}`];

const no = ({ type }: PropertyType, path: string) => `${path}: is no ${type}`;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `{ Ref }` or `{ 'Fn::...' }`, alone in an object. */
function isIntrinsic(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const [key = '', ...others] = Object.keys(value);
  return others.length === 0 && (key === 'Ref' || key.startsWith('Fn::'));
}
