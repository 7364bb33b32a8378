import { durationFromMs } from '../../../fis/quantity.ts';
import type { Path } from '../../field.ts';
import { has, type Injection, pathOf, recordAt, textAt } from '../injection.ts';
import type { Length } from '../length.ts';
import type { Place } from '../place.ts';
import type { Selection } from '../selection.ts';
import { declaredLabels, relabelled } from '../wanted-pods.ts';
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
  const { injection, does, place, selection, peers } = parts;
  const labels = declaredLabels(place.match, place.pods);
  const { duration: _, ...rest } = injection.spec;
  const kept = Object.fromEntries(Object.entries(rest).filter(([key]) => !left.includes(key)));
  const container = textAt(injection, 'containerName');
  const length = durationIn(parts);
  return {
    ...kept,
    ...(has(injection, 'action') ? { action: does.action } : {}),
    mode: selection.mode,
    ...(selection.value === undefined ? {} : { value: String(selection.value) }),
    selector: within(relabelled(recordAt(injection, 'selector'), labels), place.pods.namespace),
    ...(container === undefined || has(injection, 'containerNames') ? {} : { containerNames: [container] }),
    ...(has(injection, 'target', 'selector')
      ? {
          target: {
            ...recordAt(injection, 'target'),
            mode: textAt(injection, 'target', 'mode') ?? 'all',
            selector: within(
              relabelled(recordAt(injection, 'target', 'selector'), peers.labels),
              peers.namespace,
            ),
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

/** Chaos Mesh ends it by itself, never later than the stage; what is over at once has no end. */
function durationIn({ does, length }: Parts): string | undefined {
  if (does.isOneShot === true) return undefined;
  const ms = Math.min(length.sourceMs ?? length.stageMs, length.stageMs);
  return Number.isInteger(ms) ? durationFromMs(ms).text : `${ms}ms`;
}

/** Says where each field of a manifest went. */
export function sayCustom(parts: Parts, to: (parameter: string) => string): void {
  const { injection, place, peers } = parts;
  const { account } = injection;
  sayOlder(injection);
  const { id } = place.environment;
  if (declaredLabels(place.match, place.pods) !== undefined)
    sayLabels(
      injection,
      ['selector'],
      to,
      `the labels are those that '${id}' declares for '${place.service}'`,
    );
  if (peers.labels !== undefined) {
    const whose = `the labels are those that '${id}' declares for '${peers.services.join()}'`;
    sayLabels(injection, ['target', 'selector'], to, whose);
  }
  account.mapped(pathOf(injection, 'containerName'), to('spec.containerNames'));
  account.rest(injection.at, (path) =>
    account.mapped(path, to(['spec', ...path.slice(injection.at.length)].join('.'))),
  );
}

function sayLabels(
  injection: Injection,
  selector: Path,
  to: (parameter: string) => string,
  why: string,
): void {
  const place = to(['spec', ...selector, 'labelSelectors'].join('.'));
  for (const key of ['labelSelectors', 'expressionSelectors'])
    injection.account.approximated(pathOf(injection, ...selector, key), place, why);
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
