import { partitionOf } from '../../plan/aws-names.ts';
import type { PlanTarget } from '../../plan/plan-target.ts';
import type { Node } from '../drafting/node.ts';
import { markNotLiteral } from '../source/python-value.ts';
import { memberOf, membersOf, textOf } from './node.ts';

/** What references in a template of CloudFormation mean, as far as it is known before it is deployed. */
export type Meanings = (reference: string) => string | undefined;

const pseudo = (reference: string, place: PlanTarget | undefined): string | undefined => {
  if (place?.region === undefined) return undefined;
  if (reference === 'AWS::Region') return place.region;
  if (reference === 'AWS::AccountId') return place.account;
  return reference === 'AWS::Partition' ? partitionOf(place.region) : undefined;
};

/**
 * The meaning of `Ref` and `Fn::GetAtt` in a template: parameters by their defaults, the account and Region of the environment,
 * and the names and ARNs of alarms that are named.
 */
export function meaningsIn(root: Node, place: PlanTarget | undefined): Meanings {
  const parameters = memberOf(root, 'Parameters');
  const resources = memberOf(root, 'Resources');
  return (reference) => {
    const own = pseudo(reference, place);
    if (own !== undefined) return own;
    const parameter = memberOf(parameters, reference);
    if (parameter !== undefined) return defaultOf(parameter);
    const [id = '', attribute] = reference.split('.');
    const resource = memberOf(resources, id);
    if (textOf(memberOf(resource, 'Type')) !== 'AWS::CloudWatch::Alarm') return undefined;
    const name = textOf(memberOf(memberOf(resource, 'Properties'), 'AlarmName'));
    if (name === undefined || attribute === undefined) return name;
    if (attribute !== 'Arn' || place?.region === undefined || place.account === undefined) return undefined;
    return `arn:${partitionOf(place.region)}:cloudwatch:${place.region}:${place.account}:alarm:${name}`;
  };
}

/** What a parameter is where nobody says otherwise; one that is read from elsewhere, or secret, is not known. */
function defaultOf(parameter: Node): string | undefined {
  const isElsewhere = textOf(memberOf(parameter, 'Type'))?.startsWith('AWS::SSM::') === true;
  return isElsewhere || isSecret(parameter) ? undefined : textOf(memberOf(parameter, 'Default'));
}

const isSecret = (parameter: Node): boolean => textOf(memberOf(parameter, 'NoEcho')) === 'true';

/** The values of parameters that CloudFormation shows nobody. */
export const secretDefaultsIn = (root: Node): readonly string[] =>
  membersOf(memberOf(root, 'Parameters')).flatMap(([, parameter]) =>
    isSecret(parameter) ? (textOf(memberOf(parameter, 'Default')) ?? []) : [],
  );

/** A value with its intrinsic functions as what they come to; what nobody knows before the deployment is marked so. */
export function resolved(value: unknown, meanings: Meanings): unknown {
  if (Array.isArray(value)) return value.map((item) => resolved(item, meanings));
  const node = { value, path: [] };
  const members = membersOf(node);
  const [first] = members;
  if (first === undefined) return value;
  const [key, argument] = first;
  if (members.length === 1 && (key === 'Ref' || key.startsWith('Fn::')))
    return meaningOf(key, argument, meanings) ?? markNotLiteral(`what ${key} comes to once it is deployed`);
  return Object.fromEntries(members.map(([name, member]) => [name, resolved(member.value, meanings)]));
}

function meaningOf(key: string, argument: Node, meanings: Meanings): string | undefined {
  const parts = Array.isArray(argument.value) ? argument.value : undefined;
  switch (key) {
    case 'Ref':
      return meanings(textOf(argument) ?? '');
    case 'Fn::GetAtt':
      return meanings(parts?.join('.') ?? textOf(argument) ?? '');
    case 'Fn::Sub':
      return substituted(parts?.[0] ?? argument.value, parts?.[1], meanings);
    case 'Fn::Join':
      return joined(parts, meanings);
    default:
      return undefined;
  }
}

/** `${Name}` as what it means; `${!Name}` as it is written. */
function substituted(text: unknown, own: unknown, meanings: Meanings): string | undefined {
  if (typeof text !== 'string') return undefined;
  let isWhole = true;
  const names = new Map(membersOf({ value: own, path: [] }));
  const whole = text.replaceAll(/\$\{([^{}]*)\}/g, (written, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    const given = names.get(name);
    const meaning =
      given === undefined ? meanings(name) : textOf({ value: resolved(given.value, meanings), path: [] });
    if (meaning === undefined) isWhole = false;
    return meaning ?? written;
  });
  return isWhole ? whole : undefined;
}

function joined(parts: readonly unknown[] | undefined, meanings: Meanings): string | undefined {
  const [separator, items] = parts ?? [];
  if (typeof separator !== 'string' || !Array.isArray(items)) return undefined;
  const texts = items.map((item) => textOf({ value: resolved(item, meanings), path: [] }));
  return texts.every((text) => text !== undefined) ? texts.join(separator) : undefined;
}
