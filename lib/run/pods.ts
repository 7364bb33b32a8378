/** Pods as admission knows them: those of one namespace of one cluster. */
export interface PodScope {
  /** The ARN of the EKS cluster. */
  readonly cluster: string;
  readonly namespace: string;
}

/** The id of a pod, which has no ARN of its own: its cluster's, its namespace and its name. */
export const podId = ({ cluster, namespace }: PodScope, name: string) =>
  `${cluster}/pod/${namespace}/${name}`;

/** Whether an id is that of a pod of a namespace. Names of clusters, namespaces and pods hold no slash. */
export function isPodOf(id: string, scope: PodScope): boolean {
  const beginning = podId(scope, '');
  return id.startsWith(beginning) && /^[^/]+$/.test(id.slice(beginning.length));
}
