import * as z from 'zod';
import type { FisAction, FisParameter } from './action.ts';
import { type ResourceType, resourceTypeFacts } from './resource-types.ts';

/** What there is to know of one parameter, in words. */
export interface ParameterFacts {
  /** Its name in a definition. */
  readonly name: string;
  readonly isRequired: boolean;
  /** What is written: `a duration`. */
  readonly kind: string;
  /** What it is, with its range and default. */
  readonly description: string;
  /** Its name in FIS. */
  readonly fisName: string;
}

const kinds: Readonly<Record<FisParameter['as'], string>> = {
  milliseconds: 'a duration',
  seconds: 'a duration',
  isoDuration: 'a duration',
  percent: 'a whole percentage',
  decimalPercent: 'a percentage',
  integer: 'a whole number',
  boolean: 'true or false',
  capitalBoolean: 'true or false',
  text: 'a text',
  list: 'a list of texts',
  hosts: 'a list of services',
  json: 'a map',
};

function kindOf({ as, names }: FisParameter): string {
  if (names === undefined) return kinds[as];
  return as === 'list' ? 'a list of names' : 'a name';
}

const parametersSchema = z.looseObject({
  properties: z.record(z.string(), z.looseObject({ description: z.string().default('') })).default({}),
  required: z.array(z.string()).default([]),
});

/** The parameters of an action, in the order in which its schema has them. */
export function parameterFactsOf({ parameters, fisParameters }: FisAction): ParameterFacts[] {
  const { properties, required } = parametersSchema.parse(
    z.toJSONSchema(parameters, { io: 'input', unrepresentable: 'any' }),
  );
  return Object.entries(properties).flatMap(([name, { description }]) => {
    const parameter = fisParameters[name];
    if (parameter === undefined) return [];
    return {
      name,
      isRequired: required.includes(name),
      kind: kindOf(parameter),
      description,
      fisName: parameter.name,
    };
  });
}

/** A fault of an action as a definition would write it, on a service called `shop`. */
export function exampleFault({ id, target, example }: FisAction): Readonly<Record<string, unknown>> {
  const isEmpty = typeof example === 'object' && example !== null && Object.keys(example).length === 0;
  return {
    action: id,
    ...(target === undefined ? {} : { selector: { service: 'shop', ...zoneOf(target.resourceType) } }),
    ...(isEmpty ? {} : { parameters: example }),
  };
}

/** Some types of targets must name their zone. */
function zoneOf(resourceType: ResourceType): { availabilityZone?: string } {
  const { zone } = resourceTypeFacts(resourceType);
  return zone !== undefined && 'isRequired' in zone ? { availabilityZone: 'eu-west-1a' } : {};
}
