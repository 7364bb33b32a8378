import { AuthenticationMode, CfnAccessEntry, Cluster } from 'aws-cdk-lib/aws-eks';
import type { IConstruct } from 'constructs';
import type { EnvironmentTag } from '../environment-tag.ts';
import { tag } from './environment-tag.ts';
import { faultManifests, type Manifest } from './fault-manifests.ts';
import { refusal } from './refusal.ts';

/** A cluster of `aws-eks` or `aws-eks-v2`, made here or imported. */
export type EksCluster = IConstruct & { readonly clusterName: string };

/** How pods of a namespace are prepared. */
export interface EksFaultOptions {
  readonly environmentTag: EnvironmentTag;
  /** The namespace of the pods: what confines the faults, since IAM knows nothing of pods. */
  readonly namespace: string;
  /** The service account that FIS's own pod acts as; made by the manifests. An experiment names it. */
  readonly serviceAccount: string;
  /** The ARNs of the roles that FIS takes on for experiments on these pods, without a path. */
  readonly faultRoles: readonly string[];
}

/**
 * Prepares the pods of one namespace for faults: FIS's roles are mapped to a Kubernetes user, and manifests give that user the least it
 * needs, there alone. The manifests are data, so that they can be applied by whatever applies yours; the cluster's own construct does it
 * as here, if it has a layer with kubectl.
 *
 * @example
 * const manifests = FaultReady.eks(cluster, {
 *   environmentTag: { key: 'Env', value: 'staging' },
 *   namespace: 'shop',
 *   serviceAccount: 'fis',
 *   faultRoles: [role.roleArn],
 * });
 * cluster.addManifest('Faults', ...manifests);
 *
 * @throws {SteadfastError} `invalid` for a cluster that knows no access entries
 */
export function eks(cluster: EksCluster, options: EksFaultOptions): readonly Manifest[] {
  const { environmentTag, namespace, serviceAccount, faultRoles } = options;
  if (cluster instanceof Cluster && !knowsEntries(cluster.authenticationMode)) {
    throw refusal(
      cluster,
      'its authentication mode is CONFIG_MAP, which knows no access entries, so FIS cannot be let in',
      'set authenticationMode to AuthenticationMode.API_AND_CONFIG_MAP, or API',
    );
  }
  // Everything of an environment carries its tag, also what FIS finds by a declaration.
  tag(cluster, environmentTag);
  const username = `steadfast-fis-${namespace}`;
  for (const [index, principalArn] of faultRoles.entries()) {
    new CfnAccessEntry(cluster, `FaultRole-${namespace}-${index}`, {
      clusterName: cluster.clusterName,
      principalArn,
      username,
      type: 'STANDARD',
    });
  }
  return faultManifests({ namespace, serviceAccount, username });
}

const knowsEntries = (mode: AuthenticationMode | undefined): boolean =>
  mode === AuthenticationMode.API || mode === AuthenticationMode.API_AND_CONFIG_MAP;
