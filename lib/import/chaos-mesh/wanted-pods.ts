import type { PlanPods, PlanTarget } from '../../plan/plan-target.ts';
import { isData } from '../drafting/node.ts';
import { textIn } from './fields/field-tree.ts';

/** The pods that a selector of Chaos Mesh asks for. */
export interface WantedPods {
  /** Every label that they must have: those of `labelSelectors`, and expressions that leave one value. */
  readonly labels: Readonly<Record<string, string>>;
  /** The names of single pods. */
  readonly pods: readonly string[];
  /** Whether anything beside labels and names narrows them further: expressions, annotations, fields, nodes, phases. */
  readonly narrowed: boolean;
  /** Whether nothing but namespaces is said, so that all their pods are meant. */
  readonly everything: boolean;
}

/** How the pods that a service declares compare with those that are wanted. */
export type Match =
  /** They are the same. */
  | 'same'
  /** Those that are wanted are among them. */
  | 'within'
  /** They go by the same name, or a person said so. */
  | 'named';

export interface MatchedService {
  readonly service: string;
  readonly match: Match;
}

/** Labels whose values are names of what runs (Kubernetes' recommended labels, and those that were usual before). */
const namingLabels = [
  'app',
  'app.kubernetes.io/name',
  'app.kubernetes.io/instance',
  'app.kubernetes.io/component',
  'k8s-app',
  'component',
  'name',
  'run',
  'service',
];

export function wantedPods(selector: Readonly<Record<string, unknown>>): WantedPods {
  const expressions = listOf(selector['expressionSelectors']);
  const single = expressions.flatMap((expression) => singleValueOf(expression) ?? []);
  const labels = Object.fromEntries([
    ...entriesOf(selector['labelSelectors']),
    ...single.map(({ label }) => label),
  ]);
  const pods = entriesOf(selector['pods']).flatMap(([, names]) => names.split(','));
  const others = ['annotationSelectors', 'fieldSelectors', 'nodes', 'nodeSelectors', 'podPhaseSelectors'];
  const narrowed = single.length < expressions.length || others.some((key) => selector[key] !== undefined);
  return { labels, pods, narrowed, everything: !narrowed && pods.length + Object.keys(labels).length === 0 };
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const entriesOf = (value: unknown): [key: string, text: string][] =>
  isData(value) ? Object.entries(value).map(([key, item]) => [key, [item].flat().map(String).join(',')]) : [];

/** An expression that asks a label for one value, which is what a plain label does. */
function singleValueOf(expression: unknown): { label: [string, string] } | undefined {
  if (!isData(expression) || expression['operator'] !== 'In') return undefined;
  const { key, values } = expression;
  const [value, ...others] = listOf(values);
  if (typeof key !== 'string' || value === undefined || others.length > 0) return undefined;
  return { label: [key, textIn(value)] };
}

/** What a person may call these pods when saying which service they are: `--map shop=storefront`, `--map app=shop=storefront`. */
export const namesOf = ({ labels, pods }: WantedPods, resource: string): readonly string[] => [
  ...Object.entries(labels).flatMap(([key, value]) => [`${key}=${value}`, value]),
  ...pods,
  ...(resource === '' ? [] : [resource]),
];

/** The service that a person said it is; undefined where nothing was said. */
export const mappedTo = (
  names: readonly string[],
  map: Readonly<Record<string, string>>,
): string | undefined =>
  names
    .flatMap((name) => (Object.hasOwn(map, name) ? [map[name]] : []))
    .find((service) => service !== undefined);

/** The services of an environment whose pods are wanted, the closest only; more than one where nothing tells them apart. */
export function servicesFor(
  wanted: WantedPods,
  target: PlanTarget,
  mapped: string | undefined,
  needsPods: boolean,
): readonly MatchedService[] {
  const found = Object.keys(target.services)
    .filter((service) => mapped === undefined || service === mapped)
    .flatMap((service): MatchedService[] => {
      if (needsPods && target.services[service]?.pods === undefined) return [];
      const match = matchOf(wanted, service, target) ?? (mapped === service ? 'named' : undefined);
      return match === undefined ? [] : [{ service, match }];
    });
  for (const match of ['same', 'within', 'named'] as const) {
    const closest = found.filter((one) => one.match === match);
    if (closest.length > 0) return closest;
  }
  return [];
}

/** The labels that an environment declares, where the source's are others that only go by the same name. */
export function declaredLabels(
  match: Match | undefined,
  pods: PlanPods | undefined,
): Record<string, string> | undefined {
  if (match !== 'named' || pods?.selectorType !== 'labelSelector') return undefined;
  return Object.fromEntries(
    pods.selectorValue
      .split(',')
      .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
}

/**
 * Whether nothing would keep a manifest to the pods of a service: it goes by labels, the environment declares none, and the source
 * has none and names no pods.
 */
export const isUnconfined = (wanted: WantedPods, match: Match, pods: PlanPods): boolean =>
  match === 'named' &&
  pods.selectorType !== 'labelSelector' &&
  wanted.pods.length + Object.keys(wanted.labels).length === 0;

/** A selector with other labels, which take the place of those of the source in whatever form. */
export function relabelled(
  selector: Readonly<Record<string, unknown>>,
  labels: Readonly<Record<string, string>> | undefined,
): Record<string, unknown> {
  if (labels === undefined) return { ...selector };
  const { expressionSelectors, ...rest } = selector;
  const others = listOf(expressionSelectors).filter((one) => singleValueOf(one) === undefined);
  return { ...rest, labelSelectors: labels, ...(others.length === 0 ? {} : { expressionSelectors: others }) };
}

function matchOf(wanted: WantedPods, service: string, target: PlanTarget): Match | undefined {
  const { labels, pods, narrowed } = wanted;
  const declared = target.services[service]?.pods;
  if (declared?.selectorType === 'labelSelector') {
    const pairs = declared.selectorValue.split(',');
    const has = pairs.every(
      (pair) => labels[pair.slice(0, pair.indexOf('='))] === pair.slice(pair.indexOf('=') + 1),
    );
    const isAll = !narrowed && pods.length === 0 && pairs.length === Object.keys(labels).length;
    if (has) return isAll ? 'same' : 'within';
  }
  if (declared?.selectorType === 'podName' && pods.length === 1 && pods[0] === declared.selectorValue)
    return !narrowed && Object.keys(labels).length === 0 ? 'same' : 'within';
  const names = namingLabels.flatMap((key) => labels[key] ?? []);
  const isNamed =
    names.includes(service) || (declared !== undefined && names.includes(declared.selectorValue));
  return isNamed ? 'named' : undefined;
}
