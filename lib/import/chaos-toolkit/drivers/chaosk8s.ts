import { servicesOf } from '../../drafting/ground.ts';
import { refuse } from '../../drafting/work.ts';
import {
  argument,
  argumentApproximated,
  argumentMapped,
  argumentRefused,
  type Call,
  numberArgument,
  textArgument,
} from '../call.ts';
import { durationText, msOf } from '../seconds.ts';
import { type Driver, type Made, refusedAs, type Share } from './driver.ts';
import { type Link, latencyFault, lossFault } from './network.ts';
import { selectorOf, shareOf } from './selection.ts';

/** The selector of pods; pods of another namespace than the environment declares are never hit. */
function podsOf(
  call: Call,
  by: readonly string[],
  namespaces: readonly string[],
): Record<string, string> | string {
  const selector = selectorOf(call, { by, type: 'aws:eks:pod' });
  if (typeof selector === 'string') return selector;
  const declared = (servicesOf(call.work.ground).get(selector['service'] ?? '') ?? []).flatMap(
    ({ pods }) => pods ?? [],
  );
  const isOfLabOnly = call.work.ground.environment === undefined;
  for (const name of namespaces) {
    const namespace = textArgument(call, name);
    if (namespace === undefined) continue;
    if (isOfLabOnly || declared.some((pods) => pods.namespace === namespace)) {
      argumentApproximated(
        call,
        name,
        `faults.${call.name}.selector.service`,
        'the environment declares the namespace with the service',
      );
      continue;
    }
    const why = 'it is not the namespace that the environment declares for the service';
    argumentRefused(call, name, why);
    refuse(call.work, [...(call.arguments?.path ?? []), name], {
      code: 'namespace',
      message: `${why}, and no fault reaches another`,
      hint: `declare it in the environment, services.${selector['service']}.eks.namespace, if its pods are the environment's own`,
    });
  }
  return selector;
}

function deletePods(call: Call): Made {
  const selector = podsOf(call, ['label_selector', 'name_pattern', 'name', 'service_name'], ['ns']);
  if (typeof selector === 'string') return refusedAs(selector);
  for (const name of ['rand', 'order'])
    argumentApproximated(call, name, `faults.${call.name}.selector`, 'which pods are hit is drawn by chance');
  const graceSeconds = numberArgument(call, 'grace_period');
  const grace =
    graceSeconds === undefined || graceSeconds < 0
      ? undefined
      : durationText(Math.round(graceSeconds) * 1_000);
  if (grace === undefined) argumentMapped(call, 'grace_period', `faults.${call.name}: the pod's own`);
  else argumentMapped(call, 'grace_period', `faults.${call.name}.parameters.grace`);
  return {
    kind: 'fault',
    fault: {
      action: 'aws:eks:pod-delete',
      selector,
      ...(grace === undefined ? {} : { parameters: { grace } }),
    },
    share: podShare(call),
    family: 'pods',
  };
}

function podShare(call: Call): Share {
  if (argument(call, 'all')?.value === true) {
    argumentMapped(call, 'all', 'stages[0].share');
    argumentRefused(call, 'qty', 'all pods are hit');
    argumentRefused(call, 'mode', 'all pods are hit');
    return '100%';
  }
  argumentMapped(call, 'all', 'stages[0].share');
  argumentMapped(call, 'mode', 'stages[0].share');
  return textArgument(call, 'mode') === 'percentage'
    ? shareOf(call, { percent: 'qty' })
    : shareOf(call, { count: 'qty' });
}

/** What pods send, wherever it goes. */
const linkOfPods = (from: string): Link => ({ from, found: { service: from, by: 'name' }, isOfPods: true });

const selectors = ['label_selectors', 'label_selector', 'name_pattern'];
const spaces = ['ns', 'namespaces_selectors'];

/** What NetworkChaos says beside the delay or the loss. */
function sayMesh(call: Call): void {
  argumentApproximated(call, 'name', `faults.${call.name}`, 'the activity names the fault');
  for (const name of [
    'correlation',
    'annotations_selectors',
    'external_targets',
    'target_mode',
    'target_mode_value',
    'target_namespaces_selectors',
    'target_label_selectors',
    'target_annotations_selectors',
  ])
    argumentRefused(
      call,
      name,
      'nothing takes its place: parameters.to names the services whose traffic is hit',
    );
  argumentApproximated(call, 'direction', `faults.${call.name}`, 'what pods send is hit');
}

function meshShare(call: Call): Share {
  const mode = textArgument(call, 'mode') ?? 'one';
  if (mode === 'all') {
    argumentMapped(call, 'mode', 'stages[0].share');
    argumentRefused(call, 'mode_value', 'all pods are hit');
    return '100%';
  }
  argumentMapped(call, 'mode', 'stages[0].share');
  return mode.endsWith('percent')
    ? shareOf(call, { percent: 'mode_value' })
    : shareOf(call, { count: 'mode_value' });
}

function meshLatency(call: Call): Made {
  const selector = podsOf(call, selectors, spaces);
  if (typeof selector === 'string') return refusedAs(selector);
  const delayMs = msOf(argument(call, 'latency')?.value);
  const jitterMs = msOf(argument(call, 'jitter')?.value ?? 0);
  const from = selector['service'] ?? '';
  const fault =
    delayMs === undefined || jitterMs === undefined
      ? undefined
      : latencyFault(call.work, linkOfPods(from), { delayMs, jitterMs });
  if (fault === undefined)
    return refusedAs(
      'its latency is no length of time: write aws:eks:pod-network-latency with parameters: { delay }',
    );
  argumentMapped(call, 'latency', `faults.${call.name}.parameters.delay`);
  argumentMapped(call, 'jitter', `faults.${call.name}.parameters.jitter`);
  sayMesh(call);
  return { kind: 'fault', fault, share: meshShare(call), family: 'network' };
}

function meshLoss(call: Call): Made {
  const selector = podsOf(call, selectors, spaces);
  if (typeof selector === 'string') return refusedAs(selector);
  const percent = numberArgument(call, 'loss') ?? Number.NaN;
  if (!(percent >= 1 && percent <= 100))
    return refusedAs(
      'it loses no share from 1 to 100 %: write aws:eks:pod-network-packet-loss with parameters: { loss }',
    );
  const from = selector['service'] ?? '';
  argumentMapped(call, 'loss', `faults.${call.name}.parameters.loss`);
  sayMesh(call);
  return {
    kind: 'fault',
    fault: lossFault(call.work, linkOfPods(from), percent),
    share: meshShare(call),
    family: 'network',
  };
}

function undoMesh(call: Call): Made {
  for (const name of ['name', 'ns'])
    argumentMapped(call, name, 'the end of each stage, when the fault is taken away');
  return { kind: 'undo', family: 'network' };
}

const pods = { terminate_pods: deletePods, delete_pods: deletePods };

export const chaosk8s: readonly Driver[] = [
  {
    modules: ['chaosk8s.pod.actions'],
    functions: pods,
    otherwise:
      'write aws:eks:pod-delete, aws:eks:pod-cpu-stress, aws:eks:pod-memory-stress or aws:eks:pod-io-stress',
  },
  {
    modules: ['chaosk8s.actions'],
    functions: { ...pods, kill_microservice: deletePods },
    otherwise: 'write aws:eks:pod-delete with a share of the pods',
  },
  {
    modules: ['chaosk8s.chaosmesh.network.actions'],
    functions: { add_latency: meshLatency, set_loss: meshLoss, delete_network_fault: undoMesh },
    otherwise:
      'write aws:eks:pod-network-latency or aws:eks:pod-network-packet-loss, or aws:eks:inject-kubernetes-custom-resource with the manifest of Chaos Mesh',
  },
  {
    modules: ['chaosk8s.chaosmesh.stress.actions'],
    functions: {},
    otherwise: 'write aws:eks:pod-cpu-stress or aws:eks:pod-memory-stress',
  },
  {
    modules: ['chaosk8s.deployment.actions', 'chaosk8s.statefulset.actions', 'chaosk8s.replicaset.actions'],
    functions: {},
    otherwise: 'nothing is scaled or deleted for good: write aws:eks:pod-delete with a share of the pods',
  },
  {
    modules: ['chaosk8s.node.actions'],
    functions: {},
    otherwise: 'write aws:eks:terminate-nodegroup-instances',
  },
  {
    modules: ['chaosk8s.networking.actions', 'chaosk8s.service.actions'],
    functions: {},
    otherwise: 'write aws:eks:pod-network-blackhole-port',
  },
];
