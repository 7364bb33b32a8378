import type { Fault } from '../experiment/fault.ts';
import { findLabFault } from '../experiment/lab-faults/lab-faults.ts';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import type { DeclaredName, FisAction, FisParameter } from '../fis/action.ts';
import { findAction } from '../fis/catalogue.ts';
import { isoDuration, type Percentage, percentOf } from '../fis/quantity.ts';
import { canonicalJson } from './canonical-json.ts';
import { meaningOf } from './named-resources.ts';
import type { PlanTarget } from './plan-target.ts';
import { withRunbookRole } from './runbook-role.ts';

/** A fault's parameter as a definition gives it: quantities are maps with `ms` or `ratio` and their text. */
export type ParameterValue = string | number | boolean | readonly string[] | object;

/** What the catalogue knows of a fault's action, or the lab of a fault of its own. */
export function actionOf(fault: Fault): FisAction {
  const action = findAction(fault.action) ?? findLabFault(fault.action);
  if (action === undefined) throw new SteadfastError('internal', `${fault.action} is not in the catalogue`);
  return action;
}

/** A fault's parameters by their name in the definition; those left out are not there. */
export const parametersOf = (fault: Fault): readonly (readonly [name: string, value: ParameterValue])[] =>
  Object.entries<ParameterValue | undefined>(fault.parameters ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );

/** The services that a fault's parameters name, with where they stand. */
export const servicesNamedBy = (fault: Fault) =>
  parametersOf(fault).flatMap(([parameter, value]) =>
    isNames(value) && actionOf(fault).fisParameters[parameter]?.as === 'hosts'
      ? value.map((service, index) => ({ service, path: ['parameters', parameter, index] }))
      : [],
  );

/** A logical name that a fault's parameter holds, and where. */
interface NamedResource {
  readonly kind: DeclaredName;
  readonly name: string;
  readonly path: readonly (string | number)[];
}

/** What a fault's parameters name by logical names, besides services. */
export const namesIn = (fault: Fault): readonly NamedResource[] =>
  parametersOf(fault).flatMap(([parameter, value]): NamedResource[] => {
    const kind = actionOf(fault).fisParameters[parameter]?.names;
    if (kind === undefined) return [];
    if (typeof value === 'string') return [{ kind, name: value, path: ['parameters', parameter] }];
    return isNames(value)
      ? value.map((name, index) => ({ kind, name, path: ['parameters', parameter, index] }))
      : [];
  });

/** What the names in a fault's parameters mean. */
export interface Meanings {
  /** The host of a service. */
  readonly host: (service: string) => string;
  /** What else is named, as FIS takes it. */
  readonly named: (kind: DeclaredName, name: string) => string;
  /** What times of the run are multiplied by. */
  readonly pace?: number;
}

/** A fault's parameters as FIS takes them, where every value is a string. */
export const fisParametersOf = (fault: Fault, target: PlanTarget): Record<string, string> =>
  writtenParameters(withRunbookRole(fault, target), {
    host: (service) => target.services[service]?.host ?? service,
    named: (kind, name) => meaningOf(kind, name, target) ?? name,
    pace: target.pace,
  });

/** The same, whatever says what names mean. */
export function writtenParameters(fault: Fault, meanings: Meanings): Record<string, string> {
  const { fisParameters } = actionOf(fault);
  return Object.fromEntries(
    parametersOf(fault).map(([name, value]) => {
      const parameter = fisParameters[name];
      const written = parameter && waysOf(value, parameter, meanings)[parameter.as]?.();
      if (parameter === undefined || written === undefined)
        throw new SteadfastError(
          'internal',
          `the catalogue does not say how FIS takes the parameter '${name}' of ${fault.action}`,
        );
      return [parameter.name, written];
    }),
  );
}

type Ways = Readonly<Partial<Record<FisAction['fisParameters'][string]['as'], () => string>>>;

/** The ways in which FIS could take a value. */
function waysOf(
  value: ParameterValue,
  { names, isPaced = false }: FisParameter,
  { host, named, pace = 1 }: Meanings,
): Ways {
  const meant = (text: string) => (names === undefined ? text : named(names, text));
  if (typeof value === 'string') return { text: () => meant(value) };
  if (typeof value === 'number') return { integer: () => String(value) };
  if (typeof value === 'boolean')
    return { boolean: () => String(value), capitalBoolean: () => (value ? 'True' : 'False') };
  const json = () => canonicalJson(value);
  if (isNames(value))
    return { json, list: () => value.map(meant).join(','), hosts: () => value.map(host).join(',') };
  if (isDuration(value)) {
    const { ms } = value;
    return {
      json,
      milliseconds: () => String(Math.round(ms)),
      seconds: () => String(Math.round(ms / 1_000)),
      isoDuration: () => isoDuration(isPaced ? ms * pace : ms),
    };
  }
  if (isPercentage(value)) {
    const percent = () => String(percentOf(value));
    return { json, percent, decimalPercent: percent };
  }
  return { json };
}

const isNames = (value: ParameterValue): value is readonly string[] => Array.isArray(value);

/** Whether a parameter's value is a duration. */
export const isDuration = (value: ParameterValue): value is { readonly ms: number; readonly text: string } =>
  typeof value === 'object' && 'ms' in value && typeof value.ms === 'number';

/** Whether a parameter's value is a percentage. */
export const isPercentage = (value: ParameterValue): value is Percentage =>
  typeof value === 'object' && 'ratio' in value && typeof value.ratio === 'number';
