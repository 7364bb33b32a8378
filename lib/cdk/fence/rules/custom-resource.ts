import * as z from 'zod';
import type { Breach, Judged } from '../breach.ts';
import { isReadable, shown } from '../holes.ts';
import { textOf } from '../intrinsics.ts';
import { isDeclaredNamespace } from '../namespaces.ts';
import { jsonSchema } from './values.ts';

/** Kinds of Chaos Mesh that act on a cloud or a machine by its API, where no namespace confines them. */
const outsideTheCluster: readonly string[] = ['AWSChaos', 'GCPChaos', 'PhysicalMachineChaos'];

/** Where Chaos Mesh and Litmus are told namespaces other than their own (their references of custom resources, 2026). */
const namespaceKeys: readonly string[] = ['namespaces', 'namespace', 'appns'];

const specSchema = jsonSchema.pipe(z.record(z.string(), z.unknown()));

/** What a custom resource of Chaos Mesh or Litmus would hit outside the namespaces that are declared. */
export function customResourceFindings(
  { kubernetesKind, kubernetesSpec }: Readonly<Record<string, unknown>>,
  clusters: readonly unknown[],
  { template, fence }: Judged,
): Omit<Breach, 'location'>[] {
  if (kubernetesSpec === undefined) return [];
  const spec = textOf(kubernetesSpec, template);
  const { success, data } = specSchema.safeParse(spec);
  if (!success || !isReadable(spec))
    return [
      {
        message: 'has a kubernetesSpec that cannot be read, so nobody can tell what it selects',
        fix: 'write it as a text of JSON, without values that are known only when it is deployed',
      },
    ];
  const kind = textOf(kubernetesKind, template);
  const made = kind === 'Schedule' ? String(data['type']) : kind;
  if (outsideTheCluster.includes(made)) {
    return [
      {
        message: `makes a ${made}, which acts outside the cluster, where nothing confines it`,
        fix: "use one of FIS's own actions for it",
      },
    ];
  }
  return namespacesIn(data)
    .filter((name) => !clusters.every((cluster) => isDeclaredNamespace(cluster, name, template, fence)))
    .map((name) => ({
      message: `selects in the namespace '${shown(name)}', which is not declared for its cluster`,
      fix: "add { cluster, namespace } to the fence's 'namespaces', if the fault may touch it",
    }));
}

function namespacesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    if (namespaceKeys.includes(key)) return [inner].flat().map(String);
    // Chaos Mesh lists pods by namespace.
    if (key === 'pods' && typeof inner === 'object' && inner !== null) return Object.keys(inner);
    return namespacesIn(inner);
  });
}
