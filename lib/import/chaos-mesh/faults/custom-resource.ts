import { durationFromMs } from '../../../fis/quantity.ts';
import { has, type Injection, pathOf, recordAt, textAt } from '../injection.ts';
import type { Length } from '../length.ts';
import type { Place } from '../place.ts';
import type { Selection } from '../selection.ts';
import type { KnownAction } from './action-facts.ts';
import type { Peers } from './peers.ts';

/** Everything that a manifest inside a definition is made from. */
interface Parts {
  readonly injection: Injection;
  readonly does: KnownAction;
  readonly place: Place;
  readonly selection: Selection;
  readonly peers: Peers;
  readonly length: Length;
}

/** The manifest as FIS hands it to the cluster: in 2.x's words, in the declared namespace, with an end of its own. */
export function customResource(parts: Parts): Record<string, unknown> {
  return {
    apiVersion: 'chaos-mesh.org/v1alpha1',
    kind: parts.injection.kind,
    spec: specOf(parts),
  };
}

/** What stands in a spec and means nothing within a manifest of 2.x. */
const left = [
  'scheduler',
  'remoteCluster',
  'nextStart',
  'nextRecover',
  'containerName',
  'layer',
  'addr',
  'configName',
  'scope',
];

function specOf(parts: Parts): Record<string, unknown> {
  const { injection, does, selection, peers } = parts;
  const { duration: _, ...rest } = injection.spec;
  const kept = Object.fromEntries(Object.entries(rest).filter(([key]) => !left.includes(key)));
  const container = textAt(injection, 'containerName');
  const length = durationIn(parts);
  return {
    ...kept,
    ...(has(injection, 'action') ? { action: does.action } : {}),
    mode: selection.mode,
    ...(selection.value === undefined ? {} : { value: String(selection.value) }),
    selector: selectorOf(parts),
    ...(container === undefined || has(injection, 'containerNames') ? {} : { containerNames: [container] }),
    ...(has(injection, 'target', 'selector')
      ? {
          target: {
            ...recordAt(injection, 'target'),
            mode: textAt(injection, 'target', 'mode') ?? 'all',
            selector: within(recordAt(injection, 'target', 'selector'), peers.namespace),
          },
        }
      : {}),
    ...(length === undefined ? {} : { duration: length }),
  };
}

const within = (
  selector: Record<string, unknown>,
  namespace: string | undefined,
): Record<string, unknown> => ({
  ...selector,
  ...(namespace === undefined ? {} : { namespaces: [namespace] }),
});

/** The declared labels take the place of others that only go by the same name. */
function selectorOf({ injection, place }: Parts): Record<string, unknown> {
  const selector = within(recordAt(injection, 'selector'), place.pods.namespace);
  const declared = declaredLabels(place);
  return declared === undefined ? selector : { ...selector, labelSelectors: declared };
}

/** The labels that an environment declares, where the source's are others. */
function declaredLabels({ match, pods }: Place): Record<string, string> | undefined {
  if (match !== 'named' || pods.selectorType !== 'labelSelector') return undefined;
  return Object.fromEntries(
    pods.selectorValue
      .split(',')
      .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
}

/** Chaos Mesh ends it by itself, never later than the stage; what is over at once has no end. */
function durationIn({ does, length }: Parts): string | undefined {
  if (does.isOneShot === true) return undefined;
  const ms = Math.min(length.sourceMs ?? length.stageMs, length.stageMs);
  return Number.isInteger(ms) ? durationFromMs(ms).text : `${ms}ms`;
}

/** Says where each field of a manifest went. */
export function sayCustom(parts: Parts, to: (parameter: string) => string): void {
  const { injection, place } = parts;
  const { account } = injection;
  sayOlder(injection);
  if (declaredLabels(place) !== undefined) {
    for (const key of ['labelSelectors', 'expressionSelectors'])
      account.approximated(
        pathOf(injection, 'selector', key),
        to('spec.selector.labelSelectors'),
        `the labels are those that '${place.environment.id}' declares for '${place.service}'`,
      );
  }
  account.mapped(pathOf(injection, 'containerName'), to('spec.containerNames'));
  account.rest(injection.at, (path) =>
    account.mapped(path, to(['spec', ...path.slice(injection.at.length)].join('.'))),
  );
}

/** What only 1.x had. */
function sayOlder(injection: Injection): void {
  const { account } = injection;
  for (const key of ['nextStart', 'nextRecover', 'layer', 'addr', 'configName'])
    account.refused(pathOf(injection, key), 'Chaos Mesh 2 has it no more');
  const scope = textAt(injection, 'scope');
  const path = pathOf(injection, 'scope');
  if (scope === undefined) return;
  if (scope === 'all' || has(injection, 'patterns')) {
    account.refused(path, 'Chaos Mesh 2 has it no more: patterns say which names are meant');
    return;
  }
  account.refuse(
    'no-scope',
    path,
    'limits the names that fail in a way that Chaos Mesh 2 has no more, where all of them would fail',
    "write the names as 'patterns'",
  );
}
