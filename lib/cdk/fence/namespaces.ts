import { fits } from '../../fis/arn.ts';
import { isAmong } from './declared.ts';
import type { Fence } from './fence-options.ts';
import { textOf } from './intrinsics.ts';
import type { WrittenTemplate } from './written-template.ts';

/** Whether pods of a namespace may be hit. A cluster is given by name or ARN, on both sides. */
export const isDeclaredNamespace = (
  cluster: unknown,
  namespace: unknown,
  template: WrittenTemplate,
  { namespaces }: Fence,
): boolean =>
  namespaces.some(
    (declared) =>
      isAmong([declared.namespace], namespace, template) && isCluster(declared.cluster, cluster, template),
  );

/** Whether something in a cluster may be hit. */
export const isDeclaredCluster = (
  cluster: unknown,
  template: WrittenTemplate,
  { namespaces }: Fence,
): boolean => namespaces.some((declared) => isCluster(declared.cluster, cluster, template));

/** Whether a cluster is the one declared; of a name and an ARN, that of the template's own account and Region. */
function isCluster(declared: string, cluster: unknown, template: WrittenTemplate): boolean {
  if (isAmong([declared], cluster, template)) return true;
  return fits(nameHere(declared, template), nameHere(textOf(cluster, template), template));
}

/** The name of a cluster by its ARN, where it lies in the template's own account and Region; anything else as it is. */
function nameHere(cluster: string, { place }: WrittenTemplate): string {
  const [, , service, region, account, resource = ''] = cluster.split(':');
  const isHere = service === 'eks' && region === place.region && account === place.account;
  return isHere ? resource.replace(/^cluster\//, '') : cluster;
}
