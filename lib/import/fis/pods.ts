import type { PlanPods } from '../../plan/plan-target.ts';
import { targetName } from '../../plan/plan-target.ts';
import type { Node } from '../drafting/node.ts';
import { quoted } from './names.ts';
import { membersOf, textOf } from './node.ts';
import { mappedTo, partOf, type Selecting, servicesOf, toSelector } from './selecting.ts';
import { newService } from './service.ts';

/** What a target says of its pods. */
interface Pods {
  readonly cluster: string;
  readonly namespace: string;
  readonly selectorType: string;
  readonly selectorValue: string;
}

const named = ['clusterIdentifier', 'namespace', 'selectorType', 'selectorValue'] as const;

/** Names of namespaces that are of production, whatever the project calls it. */
const productionNames = /^prod(uction)?$/i;

/** Reads a target of pods: the service that declares them, since FIS knows pods by their cluster and namespace only. */
export function readPods(selecting: Selecting): void {
  const { work, type } = selecting;
  if (type !== 'aws:eks:pod') return;
  const nodes = new Map(
    membersOf(partOf(selecting, 'parameters')).filter(([name]) => named.some((one) => one === name)),
  );
  const pods = podsOf(selecting, nodes);
  if (pods === undefined) return;
  const own = servicesOf(selecting).find(([, service]) => isSame(service.pods, pods))?.[0];
  const value = pods.selectorValue.split('=').at(-1) ?? '';
  const mapped = selecting.service ?? mappedTo(selecting, pods.selectorValue, value);
  if (mapped === undefined && own === undefined && isForeign(selecting, nodes, pods)) return;
  selecting.service =
    mapped ??
    own ??
    newService(
      selecting,
      value,
      `eks: { cluster: ${quoted(pods.cluster)}, namespace: ${quoted(pods.namespace)}, pods: { ${kindOf(pods)}: ${quoted(pods.selectorValue)} }, serviceAccount: ACCOUNT }`,
    );
  const to = toSelector(selecting, 'service');
  for (const node of nodes.values()) {
    if (selecting.service === own) work.ledger.mapped(node.path, to);
    else work.ledger.approximated(node.path, to, 'what the service declares in the environment counts');
  }
}

function podsOf(selecting: Selecting, nodes: ReadonlyMap<string, Node>): Pods | undefined {
  const { work } = selecting;
  const [cluster, namespace, selectorType, selectorValue] = named.map((name) => textOf(nodes.get(name)));
  if (
    cluster !== undefined &&
    namespace !== undefined &&
    selectorType !== undefined &&
    selectorValue !== undefined
  )
    return { cluster, namespace, selectorType, selectorValue };
  if (selecting.service !== undefined) {
    const to = toSelector(selecting, 'service');
    const differs = 'what the service declares in the environment counts';
    for (const node of nodes.values()) work.ledger.approximated(node.path, to, differs);
    return undefined;
  }
  for (const node of nodes.values()) work.ledger.refused(node.path, 'the pods are not told by it alone');
  work.refuse(selecting.node.path, {
    code: 'selects-everything',
    message: `does not say all that FIS needs to find pods: ${named.join(', ')}`,
    hint: `say which service declares them: --map ${selecting.name}=SERVICE`,
  });
  return undefined;
}

const kindOf = ({ selectorType }: Pods): string =>
  selectorType === 'deploymentName' ? 'deployment' : selectorType === 'podName' ? 'pod' : 'label';

const isSameCluster = (declared: string, cluster: string): boolean =>
  declared === cluster || declared.endsWith(`/${cluster}`);

const isSame = (declared: PlanPods | undefined, pods: Pods): boolean =>
  declared !== undefined &&
  isSameCluster(declared.cluster, pods.cluster) &&
  declared.namespace === pods.namespace &&
  declared.selectorType === pods.selectorType &&
  declared.selectorValue === pods.selectorValue;

/** Whether they are of another environment: one that declares the namespace, or of which the namespace has the name. */
function isForeign(selecting: Selecting, nodes: ReadonlyMap<string, Node>, pods: Pods): boolean {
  const { work } = selecting;
  const { place, context } = work;
  const others = context.project.environments.filter(({ id }) => id !== place?.id);
  const other = others.find(
    ({ id, services }) =>
      id === pods.namespace ||
      Object.values(services).some(
        (service) =>
          service.pods !== undefined &&
          isSameCluster(service.pods.cluster, pods.cluster) &&
          service.pods.namespace === pods.namespace,
      ),
  );
  const isProduction = place?.production !== true && productionNames.test(pods.namespace);
  if (other === undefined && !isProduction) return false;
  for (const node of nodes.values()) work.ledger.refused(node.path, 'it is of another environment');
  work.refuse(nodes.get('namespace')?.path ?? selecting.node.path, {
    code: 'foreign-environment',
    message: `names a namespace of ${other === undefined ? 'production' : targetName(other)}`,
    hint: `import it for that environment, or say which service is meant: --map ${selecting.name}=SERVICE`,
  });
  return true;
}
