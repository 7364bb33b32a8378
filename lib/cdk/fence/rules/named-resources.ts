import { isResourceType, type ResourceTypeFacts, resourceTypeFacts } from '../../../fis/resource-types.ts';
import type { Breach, Judged, Rule } from '../breach.ts';
import { isAmong } from '../declared.ts';
import type { FisTargetProperties } from '../fis-properties.ts';
import { shown } from '../holes.ts';
import { textOf } from '../intrinsics.ts';
import { isDeclaredCluster, isDeclaredNamespace } from '../namespaces.ts';
import { listOf } from './values.ts';

/** No tag confines what is named by ARN, nor pods, which FIS finds by cluster and namespace. */
export const namedResources: Rule = {
  id: 'named-resources',
  asks: 'a target names only resources that are declared, and only where FIS cannot tell them by tag',
  breaches: (judged) =>
    Object.entries(judged.properties.Targets).flatMap(([name, target]) => {
      const location = `Properties.Targets.${name}`;
      return findingsOf(target, judged).map(({ message, fix }) => ({
        location,
        message: `target '${name}' ${message}`,
        fix,
      }));
    }),
};

type Finding = Omit<Breach, 'location'>;

function findingsOf(target: FisTargetProperties, judged: Judged): Finding[] {
  const type = textOf(target.ResourceType, judged.template);
  // An unknown type is another rule's finding.
  const facts: ResourceTypeFacts = isResourceType(type)
    ? resourceTypeFacts(type)
    : { byTag: true, byArn: true, cfnTypes: [], taggingTypes: [] };
  const arns = listOf(target.ResourceArns);
  return [
    ...mixtures(type, facts, target),
    ...(facts.byArn
      ? arns.flatMap((arn) => undeclared(arn, type, facts, judged))
      : arns.map(() => noArns(type))),
    ...(!facts.byTag && facts.byArn && arns.length === 0 ? [nothingNamed(type)] : []),
    ...(type === 'aws:eks:pod' ? foreignPods(target, judged) : []),
  ];
}

/** What FIS refuses because it takes resources in one way only. */
function mixtures(type: string, { byTag }: ResourceTypeFacts, target: FisTargetProperties): Finding[] {
  const hasTags = target.ResourceTags !== undefined;
  if (!byTag && hasTags) {
    return [{ message: `selects ${type} by tags, which FIS cannot`, fix: 'remove its resourceTags' }];
  }
  if (listOf(target.ResourceArns).length === 0 || (!hasTags && listOf(target.Filters).length === 0))
    return [];
  return [
    {
      message: 'has ARNs together with tags or filters, and FIS takes only one of them',
      fix: 'remove the ARNs, so that the environment tag selects',
    },
  ];
}

function undeclared(
  arn: unknown,
  type: string,
  { byTag }: ResourceTypeFacts,
  { template, fence }: Judged,
): Finding[] {
  if (isAmong(fence.declared, arn, template)) return [];
  if (type === 'aws:eks:cluster' && isDeclaredCluster(arn, template, fence)) return [];
  const text = shown(textOf(arn, template));
  return [
    {
      message: `names ${text === '…' ? 'an ARN that cannot be read before it is deployed' : text}, which is not declared`,
      fix: byTag
        ? `select by the tag ${fence.tag.key}=${fence.tag.value} instead, or add the ARN to the fence's 'declared'`
        : "add the ARN to the fence's 'declared', if the fault may hit it",
    },
  ];
}

const noArns = (type: string): Finding => ({
  message: `names ARNs, and FIS takes none for ${type}`,
  fix: 'remove its resourceArns',
});

const nothingNamed = (type: string): Finding => ({
  message: `names no ARN, and FIS cannot select ${type} by tag`,
  fix: "name the resource by its ARN, and add that to the fence's 'declared'",
});

function foreignPods({ Parameters = {} }: FisTargetProperties, { template, fence }: Judged): Finding[] {
  const { clusterIdentifier, namespace } = Parameters;
  if (isDeclaredNamespace(clusterIdentifier, namespace, template, fence)) return [];
  const [cluster, name] = [clusterIdentifier, namespace].map((value) => shown(textOf(value, template)));
  return [
    {
      message: `hits pods of namespace '${name}' in cluster '${cluster}', which is not declared`,
      fix: "add { cluster, namespace } to the fence's 'namespaces', if the fault may hit them",
    },
  ];
}
