import * as z from 'zod';
import { kindsOutsideNamespaces } from '../../../fis/eks.ts';
import { leavesOf, type Member, membersOf } from '../../../plan/problems/json-leaves.ts';
import type { Breach, Judged } from '../breach.ts';
import { isReadable, shown } from '../holes.ts';
import { textOf } from '../intrinsics.ts';
import { isDeclaredNamespace } from '../namespaces.ts';
import { arnFindings } from './arns-in-json.ts';
import { jsonSchema } from './values.ts';

const specSchema = jsonSchema.pipe(z.record(z.string(), z.unknown()));

type Finding = Omit<Breach, 'location'>;

/** What a custom resource of Chaos Mesh or Litmus would hit outside the namespaces that are declared. */
export function customResourceFindings(
  { kubernetesKind, kubernetesSpec }: Readonly<Record<string, unknown>>,
  clusters: readonly unknown[],
  judged: Judged,
): Finding[] {
  if (kubernetesSpec === undefined) return [];
  const { template, fence } = judged;
  const spec = textOf(kubernetesSpec, template);
  const { success, data } = specSchema.safeParse(spec);
  if (!success || !isReadable(spec))
    return [
      {
        message: 'has a kubernetesSpec that cannot be read, so nobody can tell what it selects',
        fix: 'write it as a text of JSON, without values that are known only when it is deployed',
      },
    ];
  const members = membersOf(data, []);
  return [
    ...(fence.isolated
      ? []
      : outside([textOf(kubernetesKind, template), ...leavesOf(data, []).map(({ text }) => text)])),
    ...arnFindings(data, judged),
    ...members
      .flatMap(namespacesIn)
      .filter((name) => !clusters.every((cluster) => isDeclaredNamespace(cluster, name, template, fence)))
      .map((name) => ({
        message: `selects in the namespace '${shown(name)}', which is not declared for its cluster`,
        fix: "add { cluster, namespace } to the fence's 'namespaces', if the fault may touch it",
      })),
  ];
}

/** Kinds that act on more than the pods of a namespace, also those that a schedule holds, and Chaos Mesh's way to other clusters. */
function outside(texts: readonly string[]): Finding[] {
  const reaching = [...kindsOutsideNamespaces, 'remoteCluster'].filter((kind) =>
    texts.some((text) => text.toLowerCase() === kind.toLowerCase()),
  );
  return reaching.map((kind) => ({
    message: `has ${kind}, which acts outside the namespaces of the cluster, where nothing confines it`,
    fix: "use one of FIS's own actions for it, or say that the account is isolated",
  }));
}

/** Where Chaos Mesh and Litmus are told namespaces, variables of Litmus's experiments included (their references, November 2026). */
const namesNamespaces = /(namespaces?|^appns)$/i;

function namespacesIn({ key, value }: Member): readonly string[] {
  if (namesNamespaces.test(key)) return [value].flat().map(String);
  // Chaos Mesh lists pods by namespace.
  if (key === 'pods' && typeof value === 'object' && value !== null && !Array.isArray(value))
    return Object.keys(value);
  return key === 'env' && Array.isArray(value) ? value.flatMap(namespaceOfVariable) : [];
}

function namespaceOfVariable(variable: unknown): readonly string[] {
  if (typeof variable !== 'object' || variable === null || !('name' in variable) || !('value' in variable))
    return [];
  return namesNamespaces.test(String(variable.name)) ? [String(variable.value)] : [];
}
