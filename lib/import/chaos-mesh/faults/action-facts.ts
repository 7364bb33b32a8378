import type { Path } from '../../field.ts';
import type { ChaosKind } from '../fields/chaos-fields.ts';
import { has, type Injection, pathOf, recordAt, textAt } from '../injection.ts';

/** One thing that a kind of Chaos Mesh can do. */
interface ActionFacts {
  /** What a service that meets it is said to bear. */
  readonly bears: string;
  /** What a fault of it is called. */
  readonly fault: string;
  /** Fields without which Chaos Mesh refuses it; of several in a list one is enough. */
  readonly needs?: readonly (readonly Path[])[];
  /** Whether it is over at once, however long it is said to last. */
  readonly isOneShot?: true;
}

/** What each kind can do: the values of `action`, or what its fields come down to where it has none. */
const facts: Readonly<Record<ChaosKind, Readonly<Record<string, ActionFacts>>>> = {
  PodChaos: {
    'pod-kill': { bears: 'deleted pods', fault: 'delete', isOneShot: true },
    'pod-failure': { bears: 'failing pods', fault: 'fail' },
    'container-kill': {
      bears: 'killed containers',
      fault: 'kill',
      needs: [[['containerNames'], ['containerName']]],
      isOneShot: true,
    },
  },
  NetworkChaos: {
    delay: { bears: 'a slow network', fault: 'delay', needs: [[['delay', 'latency']]] },
    loss: { bears: 'lost packets', fault: 'loss', needs: [[['loss', 'loss']]] },
    duplicate: { bears: 'doubled packets', fault: 'duplicate', needs: [[['duplicate', 'duplicate']]] },
    corrupt: { bears: 'damaged packets', fault: 'corrupt', needs: [[['corrupt', 'corrupt']]] },
    partition: { bears: 'a cut network', fault: 'partition' },
    bandwidth: { bears: 'a narrow network', fault: 'bandwidth', needs: [[['bandwidth', 'rate']]] },
    netem: {
      bears: 'a disturbed network',
      fault: 'disturb',
      needs: [[['delay'], ['loss'], ['duplicate'], ['corrupt'], ['rate']]],
    },
  },
  StressChaos: {
    stress: {
      bears: 'busy machines',
      fault: 'stress',
      needs: [[['stressors', 'cpu'], ['stressors', 'memory'], ['stressngStressors']]],
    },
  },
  IOChaos: {
    latency: { bears: 'slow files', fault: 'slow', needs: [[['delay']], [['volumePath']]] },
    fault: { bears: 'failing files', fault: 'fail', needs: [[['errno']], [['volumePath']]] },
    attrOverride: {
      bears: 'wrong attributes of files',
      fault: 'override',
      needs: [[['attr']], [['volumePath']]],
    },
    mistake: { bears: 'damaged files', fault: 'damage', needs: [[['mistake']], [['volumePath']]] },
  },
  HTTPChaos: {
    http: {
      bears: 'disturbed HTTP',
      fault: 'disturb',
      needs: [[['target']], [['port']], [['abort'], ['delay'], ['replace'], ['patch']]],
    },
  },
  DNSChaos: {
    error: { bears: 'names that are not found', fault: 'fail' },
    random: { bears: 'names that lead elsewhere', fault: 'mislead' },
  },
  TimeChaos: { skew: { bears: 'a wrong clock', fault: 'skew', needs: [[['timeOffset']]] } },
};

/** What 1.0 called the actions on files that 2.x calls otherwise. */
const olderActions: Readonly<Record<string, string>> = { delay: 'latency', errno: 'fault' };

export interface KnownAction extends ActionFacts {
  /** As 2.x calls it. */
  readonly action: string;
}

/** What an injection does, with all that it needs to do so; says what is wrong where there is none. */
export function knownAction(injection: Injection): KnownAction | undefined {
  const { account, kind } = injection;
  const ofKind = facts[kind];
  const written = textAt(injection, 'action');
  const [only, ...more] = Object.keys(ofKind);
  const action =
    more.length === 0 ? only : kind === 'IOChaos' ? (olderActions[written ?? ''] ?? written) : written;
  const found = action !== undefined && Object.hasOwn(ofKind, action) ? ofKind[action] : undefined;
  if (action === undefined || found === undefined) {
    account.refuse(
      'unknown-action',
      pathOf(injection, 'action'),
      written === undefined ? `does not say what ${kind} is to do` : `is nothing that ${kind} does`,
      `write one of ${Object.keys(ofKind).join(', ')}`,
    );
    return undefined;
  }
  const lacking = found.needs?.find((any) => !any.some((path) => isGiven(injection, path)));
  if (lacking === undefined) return { ...found, action };
  account.refuse(
    'incomplete',
    injection.at,
    `${kind} needs ${lacking.map((path) => path.join('.')).join(' or ')} here`,
    'complete it: Chaos Mesh would refuse it as well',
  );
  return undefined;
}

const isGiven = (injection: Injection, path: Path): boolean =>
  path.length > 0 && (has(injection, ...path) || Object.keys(recordAt(injection, ...path)).length > 0);
