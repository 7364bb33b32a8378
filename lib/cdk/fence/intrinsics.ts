import * as z from 'zod';
import { attributeHole, hole } from './holes.ts';
import { arnIn, partitionIn, readableTypes } from './resource-arns.ts';
import type { WrittenResource, WrittenTemplate } from './written-template.ts';

const objectSchema = z.record(z.string(), z.unknown());
const joinSchema = z.tuple([z.string(), z.array(z.unknown())]);
const getAttSchema = z.union([
  z.tuple([z.string(), z.string()]),
  z
    .string()
    .regex(/^[^.]+\..+$/)
    .transform((text): [string, string] => [text.split('.')[0] ?? '', text.slice(text.indexOf('.') + 1)]),
]);
const subSchema = z.union([
  z.tuple([z.string(), objectSchema]),
  z.string().transform((text): [string, Record<string, unknown>] => [text, {}]),
]);

/** Whether an object is made by CloudFormation when it is deployed, in whole or in part. */
export const isIntrinsic = (value: unknown): boolean => {
  const { data } = objectSchema.safeParse(value);
  if (data === undefined) return false;
  const keys = Object.keys(data);
  return keys.some((key) => key.startsWith('Fn::')) || (keys.length === 1 && keys[0] === 'Ref');
};

interface Intrinsic {
  readonly name: string;
  readonly argument: unknown;
}

function intrinsicOf(value: unknown): Intrinsic | undefined {
  const [entry, ...others] = Object.entries(objectSchema.safeParse(value).data ?? {});
  if (entry === undefined || others.length > 0) return undefined;
  const [name, argument] = entry;
  return name === 'Ref' || name.startsWith('Fn::') ? { name, argument } : undefined;
}

/** A value, and the template whose names it is written in. */
interface Placed {
  readonly value: unknown;
  readonly template: WrittenTemplate;
}

/**
 * Where a value comes from: through the parameters and outputs of nested stacks, and through exports of stacks of the same app, as CDK
 * writes references between stacks.
 */
function followed(value: unknown, template: WrittenTemplate): Placed {
  const further = nextOf(intrinsicOf(value), template);
  return further === undefined ? { value, template } : followed(further.value, further.template);
}

function nextOf(intrinsic: Intrinsic | undefined, template: WrittenTemplate): Placed | undefined {
  if (intrinsic?.name === 'Ref' && typeof intrinsic.argument === 'string') {
    const given = objectSchema.safeParse(template.within?.parameters).data?.[intrinsic.argument];
    return given === undefined || template.within === undefined
      ? undefined
      : { value: given, template: template.within.template };
  }
  if (intrinsic?.name === 'Fn::GetAtt') {
    const [id = '', attribute = ''] = getAttSchema.safeParse(intrinsic.argument).data ?? [];
    const nested = template.nested.get(id);
    const output = nested?.outputs[attribute.replace(/^Outputs\./, '')];
    return nested === undefined || output === undefined
      ? undefined
      : { value: output.Value, template: nested };
  }
  if (intrinsic?.name === 'Fn::ImportValue') return exported(textOf(intrinsic.argument, template), template);
  return undefined;
}

/** What a stack of the same account and Region exports under a name. */
function exported(name: string, { all, place }: WrittenTemplate): Placed | undefined {
  for (const template of all()) {
    if (template.place.account !== place.account || template.place.region !== place.region) continue;
    for (const { Value, Export } of Object.values(template.outputs)) {
      const exportedAs = objectSchema.safeParse(Export).data?.['Name'];
      if (exportedAs !== undefined && textOf(exportedAs, template) === name)
        return { value: Value, template };
    }
  }
  return undefined;
}

interface PlacedResource extends WrittenResource {
  readonly template: WrittenTemplate;
  readonly id: string;
  readonly attribute: string;
}

/** The resource of a template that a value is an attribute of. */
export function resourceOf(value: unknown, within: WrittenTemplate): PlacedResource | undefined {
  const { value: source, template } = followed(value, within);
  const intrinsic = intrinsicOf(source);
  if (intrinsic?.name !== 'Fn::GetAtt') return undefined;
  const [id = '', attribute = ''] = getAttSchema.safeParse(intrinsic.argument).data ?? [];
  const resource = template.resources.get(id);
  return resource === undefined ? undefined : { template, id, attribute, ...resource };
}

/**
 * A value of a template as the text it becomes. What is known only once it is deployed is left as a hole, so that the rest can still be
 * judged: an ARN whose name CloudFormation makes up still says its account and Region.
 */
export function textOf(given: unknown, within: WrittenTemplate): string {
  if (typeof given === 'string') return literal(given);
  const { value, template } = followed(given, within);
  if (typeof value === 'string') return literal(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const intrinsic = intrinsicOf(value);
  switch (intrinsic?.name) {
    case 'Ref':
      return typeof intrinsic.argument === 'string' ? refText(intrinsic.argument, template) : hole;
    case 'Fn::GetAtt': {
      const resource = resourceOf(value, template);
      return resource === undefined ? hole : attributeText(resource);
    }
    case 'Fn::Join': {
      const [separator = '', parts] = joinSchema.safeParse(intrinsic.argument).data ?? [];
      return parts === undefined ? hole : parts.map((part) => textOf(part, template)).join(separator);
    }
    case 'Fn::Sub': {
      const [text = hole, variables = {}] = subSchema.safeParse(intrinsic.argument).data ?? [];
      return literal(text).replaceAll(/\$\{([^}]+)\}/g, (_, name: string) =>
        subText(name, variables, template),
      );
    }
    default:
      return hole;
  }
}

/** A dynamic reference is read from elsewhere when it is deployed. */
const literal = (text: string) => (text.includes('{{resolve:') ? hole : text);

function subText(
  name: string,
  variables: Readonly<Record<string, unknown>>,
  template: WrittenTemplate,
): string {
  if (name.startsWith('!')) return `\${${name.slice(1)}}`;
  if (Object.hasOwn(variables, name)) return textOf(variables[name], template);
  return textOf(name.includes('.') ? { 'Fn::GetAtt': name } : { Ref: name }, template);
}

function refText(name: string, template: WrittenTemplate): string {
  const { account, region } = template.place;
  switch (name) {
    case 'AWS::AccountId':
      return account;
    case 'AWS::Region':
      return region;
    case 'AWS::Partition':
      return partitionIn(region);
    default: {
      const resource = template.resources.get(name);
      return resource === undefined ? hole : nameText({ ...resource, id: name, template });
    }
  }
}

/** The name that a resource is given; a hole where CloudFormation makes one up. */
function nameText({ template, id, type, properties }: Omit<PlacedResource, 'attribute'>): string {
  const named = readableTypes[type]?.named;
  const name = named === undefined ? undefined : objectSchema.safeParse(properties).data?.[named];
  return name === undefined ? attributeHole(id, 'Ref', template) : textOf(name, template);
}

function attributeText(resource: PlacedResource): string {
  const { template, id, attribute, type, properties } = resource;
  const kind = readableTypes[type];
  if (kind === undefined || attribute !== 'Arn') return attributeHole(id, attribute, template);
  const path = objectSchema.safeParse(properties).data?.['Path'];
  const folder = path === undefined ? '' : textOf(path, template).slice(1);
  return arnIn(template.place, kind.service, `${kind.before}${folder}${nameText(resource)}`);
}
