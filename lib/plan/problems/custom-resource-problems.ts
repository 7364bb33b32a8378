import type { Fault } from '../../experiment/fault.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { kindsOutsideNamespaces } from '../../fis/eks.ts';
import { declarationsOf, podsOf } from '../declared.ts';
import { type PlanPods, type PlanTarget, targetName } from '../plan-target.ts';
import { leavesOf, type Member, membersOf } from './json-leaves.ts';

/** Keys of Chaos Mesh and Litmus that name namespaces, in whatever case: `namespaces`, `secretNamespace`, `appns`, `TARGET_NAMESPACE`. */
const namesNamespaces = /(namespaces?|^appns)$/i;

/**
 * A custom resource of Chaos Mesh or Litmus must stay within the namespaces that the environment declares, and be carried out as the
 * declared service account: Kubernetes confines it no closer, and IAM knows nothing of it.
 */
export function customResourceProblemsOf(name: string, fault: Fault, target: PlanTarget): Problem[] {
  if (fault.action !== 'aws:eks:inject-kubernetes-custom-resource') return [];
  const pods = podsOf(fault, target);
  if (pods === undefined) return [];
  const path = ['faults', name, 'parameters'];
  const { kind, spec } = fault.parameters;
  const members = membersOf(spec, [...path, 'spec']);
  const outside = target.isolated
    ? []
    : [
        ...kindProblems([{ path: [...path, 'kind'], text: kind }], target),
        // A schedule or a workflow holds other kinds.
        ...kindProblems(leavesOf(spec, [...path, 'spec']), target),
        ...members.flatMap((member) => clusterProblems(member, target)),
      ];
  return [
    ...outside,
    ...members.flatMap((member) => namespaceProblems(member, pods, target)),
    ...members.flatMap((member) => serviceAccountProblems(member, pods, target)),
  ];
}

function kindProblems(
  texts: readonly { path: Problem['path']; text: string }[],
  target: PlanTarget,
): Problem[] {
  return texts.flatMap(({ path, text }): Problem[] => {
    const kind = kindsOutsideNamespaces.find((one) => one.toLowerCase() === text.toLowerCase());
    if (kind === undefined) return [];
    return [
      {
        code: 'reaches-outside',
        path,
        message: `${kind} reaches outside its namespace, and nothing would keep it within ${targetName(target)}`,
        hint: 'use a kind that hits pods, or run it in an isolated account',
      },
    ];
  });
}

function clusterProblems({ key, path }: Member, target: PlanTarget): Problem[] {
  if (key.toLowerCase() !== 'remotecluster') return [];
  return [
    {
      code: 'reaches-outside',
      path,
      message: `names another cluster, and nothing would keep it within ${targetName(target)}`,
      hint: 'remove it',
    },
  ];
}

function namespaceProblems(member: Member, pods: PlanPods, target: PlanTarget): Problem[] {
  const declared = declarationsOf(target)
    .namespaces.filter(({ cluster }) => cluster === pods.cluster)
    .map(({ namespace }) => namespace);
  return namespacesIn(member)
    .filter((namespace) => !declared.includes(namespace))
    .map((namespace) => ({
      code: 'not-declared',
      path: member.path,
      message: `names the namespace '${namespace}', which no service of ${targetName(target)} declares for this cluster`,
      hint: `name ${declared.map((one) => `'${one}'`).join(' or ')}, or declare it by a service of its own`,
      candidates: declared,
    }));
}

/** The namespaces that a member names, in the ways of Chaos Mesh (selectors, `pods` by namespace) and Litmus (`appns`, environment). */
function namespacesIn({ key, value }: Member): readonly string[] {
  if (namesNamespaces.test(key)) return [value].flat().map(textOf);
  if (key.toLowerCase() === 'pods' && typeof value === 'object' && value !== null && !Array.isArray(value))
    return Object.keys(value);
  if (key === 'env' && Array.isArray(value)) return value.flatMap(namespaceOfVariable);
  return [];
}

function namespaceOfVariable(variable: unknown): readonly string[] {
  if (typeof variable !== 'object' || variable === null || !('name' in variable) || !('value' in variable))
    return [];
  return namesNamespaces.test(textOf(variable.name)) ? textOf(variable.value).split(',') : [];
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function serviceAccountProblems({ key, value, path }: Member, pods: PlanPods, target: PlanTarget): Problem[] {
  if (key.toLowerCase() !== 'chaosserviceaccount' || value === pods.serviceAccount) return [];
  return [
    {
      code: 'not-declared',
      path,
      message: `acts as '${textOf(value)}', and ${targetName(target)} declares the service account '${pods.serviceAccount}'`,
      hint: `write '${pods.serviceAccount}'`,
      candidates: [pods.serviceAccount],
    },
  ];
}
