/** An object of Kubernetes, as `kubectl apply` and `cluster.addManifest` take it. */
export type Manifest = Readonly<Record<string, unknown>>;

/**
 * The least that FIS needs in a namespace for its actions on pods (FIS user guide, "Use the aws:eks:pod actions"; the catalogue lists
 * the same with each action).
 */
export const podFaultRules = [
  { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'create', 'patch', 'delete'] },
  { apiGroups: [''], resources: ['pods'], verbs: ['create', 'list', 'get', 'delete', 'deletecollection'] },
  { apiGroups: [''], resources: ['pods/ephemeralcontainers'], verbs: ['update'] },
  { apiGroups: [''], resources: ['pods/exec'], verbs: ['create'] },
  { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get'] },
] as const;

const rbac = 'rbac.authorization.k8s.io';
const name = 'steadfast-faults';

/** A service account that FIS's pod acts as, and what it and FIS itself may do in one namespace. */
export function faultManifests(options: {
  readonly namespace: string;
  readonly serviceAccount: string;
  /** The Kubernetes user that FIS's role is mapped to. */
  readonly username: string;
}): readonly Manifest[] {
  const { namespace, serviceAccount, username } = options;
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace, name: serviceAccount } },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'Role',
      metadata: { namespace, name },
      rules: podFaultRules,
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata: { namespace, name },
      subjects: [
        { kind: 'ServiceAccount', name: serviceAccount, namespace },
        { kind: 'User', name: username, apiGroup: rbac },
      ],
      roleRef: { kind: 'Role', name, apiGroup: rbac },
    },
  ];
}
