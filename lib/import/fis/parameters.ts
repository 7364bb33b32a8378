import { faultSchema } from '../../experiment/fault.ts';
import type { FisParameter } from '../../fis/action.ts';
import { parsePercentage } from '../../fis/quantity.ts';
import type { Node } from '../drafting/node.ts';
import type { Path } from '../field.ts';
import { secretsIn } from '../secret-values.ts';
import type { ReadAction } from './actions.ts';
import { declaredName } from './declared-names.ts';
import { durationText, msOfIso } from './duration.ts';
import { serviceOfHost } from './hosts.ts';
import { isMap, membersOf, textOf } from './node.ts';
import { withoutRole } from './runbook.ts';
import { fieldOf } from './template.ts';
import type { Work } from './work.ts';

/** What a value comes to in a definition, and what differs. */
interface Converted {
  readonly value: unknown;
  readonly differs?: string;
}

/**
 * The parameters of an action as those of a fault, quantities as definitions write them, resources by their logical names. Its duration
 * is left to the stages.
 *
 * @param fault the fault's name in the definition
 */
export function parametersOf(read: ReadAction, fault: string, work: Work): Readonly<Record<string, unknown>> {
  const { action, node } = read;
  const parameters: [string, unknown][] = [];
  const given = fieldOf(node, 'parameters', work.template);
  if (given !== undefined && !isMap(given)) work.unreadable(given, 'map of parameters');
  else if (given !== undefined && membersOf(given).length === 0)
    work.ledger.mapped(given.path, work.to(`faults.${fault}`));
  for (const [name, one] of membersOf(given)) {
    const own = Object.entries(action.fisParameters).find(([, parameter]) => parameter.name === name);
    if (name === action.durationParameter) duration(one, work);
    else if (own === undefined) elsewhere(name, one, read, work);
    else {
      const path = ['faults', fault, 'parameters', own[0]];
      const converted = parameter(one, own[1], path, work);
      if (converted === undefined) continue;
      if (!accepts(read, own[0], converted.value)) {
        refuse(one, `value that ${action.id} takes for ${name}`, work);
        continue;
      }
      parameters.push([own[0], converted.value]);
      const to = work.to(path.join('.'));
      if (converted.differs === undefined) work.ledger.mapped(one.path, to);
      else work.ledger.approximated(one.path, to, converted.differs);
    }
  }
  return withoutRole(Object.fromEntries(parameters), read, fault, work);
}

function duration(node: Node, work: Work): void {
  const ms = msOfIso(textOf(node) ?? '');
  if (ms === undefined || ms === 0 || durationText(ms) === undefined)
    refuse(node, 'duration such as PT5M', work);
  else work.ledger.mapped(node.path, work.to('stages.duration'));
}

function refuse(node: Node, what: string, work: Work): void {
  if (textOf(node) === undefined) {
    work.unreadable(node, what);
    return;
  }
  work.ledger.refused(node.path, `is no ${what}`);
  work.refuse(node.path, { code: 'parameter', message: `is no ${what}`, hint: 'write it as FIS takes it' });
}

/** What the plan writes by itself, and what FIS has no such parameter for. */
function elsewhere(name: string, node: Node, { action }: ReadAction, work: Work): void {
  const { podParameters = {}, launchTypeParameters } = action;
  if (Object.hasOwn(podParameters, name)) {
    work.ledger.approximated(
      node.path,
      'the environment: services.eks',
      'the service declares it for its pods, so that no experiment acts as anyone else',
    );
  } else if (Object.hasOwn(launchTypeParameters?.fargate ?? {}, name)) {
    const why = 'the plan writes it where the launch type of the service needs it';
    work.ledger.approximated(node.path, 'the environment: services.ecs.launchType', why);
  } else work.ledger.refused(node.path, `${action.id} has no such parameter`);
}

/** Whether the fault's own schema takes a value for a parameter, whatever stands beside it. */
function accepts({ action }: ReadAction, parameter: string, value: unknown): boolean {
  const parsed = faultSchema.safeParse({ action: action.id, parameters: { [parameter]: value } });
  return (
    parsed.success ||
    parsed.error.issues.every(
      ({ path, code }) =>
        path[0] !== 'parameters' || path[1] !== parameter || (code === 'custom' && path.length === 1),
    )
  );
}

function parameter(node: Node, { as, names }: FisParameter, path: Path, work: Work): Converted | undefined {
  const text = textOf(node);
  const value = text === undefined || text.length > longestValue ? undefined : quantity(text, as);
  if (text === undefined || value === undefined) {
    refuse(node, words[as], work);
    return undefined;
  }
  if (as === 'json') for (const secret of secretsIn(value)) work.secret(secret);
  if (as === 'hosts') return named(text, (host) => serviceOfHost(host, path, work), true);
  if (names === undefined) return { value };
  return named(text, (one) => declaredName(names, one, path, work), as === 'list');
}

/** Texts as the logical names of what they mean. */
function named(
  text: string,
  nameOf: (text: string) => { readonly name: string; readonly isDeclared: boolean },
  isList: boolean,
): Converted {
  const found = (isList ? listOf(text) : [text]).map(nameOf);
  const names = [...new Set(found.map(({ name }) => name))];
  const differs = found.every(({ isDeclared }) => isDeclared)
    ? 'it is called by its logical name, and the environment says what that means'
    : 'it is called by a logical name, which the environment has yet to declare';
  return { value: isList ? names : names[0], differs };
}

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

const words: Readonly<Record<FisParameter['as'], string>> = {
  milliseconds: 'whole number of milliseconds',
  seconds: 'whole number of seconds',
  isoDuration: 'duration such as PT5M',
  percent: 'percentage from 0 to 100',
  decimalPercent: 'percentage from 0 to 100',
  integer: 'whole number',
  boolean: 'true or false',
  capitalBoolean: 'True or False',
  text: 'text',
  list: 'list of texts, joined by commas',
  hosts: 'list of hosts, joined by commas',
  json: 'map as JSON',
};

/** A value as a definition writes it; undefined where the text is none of its kind. */
function quantity(text: string, as: FisParameter['as']): unknown {
  switch (as) {
    case 'milliseconds':
      return /^\d{1,12}$/.test(text) ? durationText(Number(text)) : undefined;
    case 'seconds':
      return /^\d{1,9}$/.test(text) ? durationText(Number(text) * 1_000) : undefined;
    case 'isoDuration':
      return durationText(msOfIso(text) ?? Number.NaN);
    case 'percent':
    case 'decimalPercent':
      return parsePercentage(`${text}%`)?.text;
    case 'integer':
      return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
    case 'boolean':
    case 'capitalBoolean':
      return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : undefined;
    case 'text':
      return text === '' ? undefined : text;
    case 'list':
    case 'hosts': {
      const items = listOf(text);
      return items.length === 0 ? undefined : items;
    }
    case 'json':
      return jsonMap(text);
  }
}

/** FIS takes no longer value of a parameter (API model). */
const longestValue = 1_024;

/** Deeper than any document's parameters, and readable when it is written as YAML. */
const deepest = 20;

const isDeep = (value: unknown, depth = 0): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (depth >= deepest || Object.values(value).some((item) => isDeep(item, depth + 1)));

function jsonMap(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    const isMapOfJson = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isMapOfJson && !isDeep(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
