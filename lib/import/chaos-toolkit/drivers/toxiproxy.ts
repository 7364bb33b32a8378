import { type Data, isData, under } from '../../drafting/node.ts';
import { approximated, mapped, refused } from '../../drafting/work.ts';
import {
  argument,
  argumentApproximated,
  argumentMapped,
  argumentRefused,
  type Call,
  numberArgument,
  textArgument,
} from '../call.ts';
import { type Driver, type Made, refusedAs } from './driver.ts';
import { type Link, latencyFault, linkTo, networkAction } from './network.ts';

/** The link that a proxy stands in, by its name such as `postgres_proxy`; otherwise why there is none. */
function linkOf(call: Call, argumentName: string): Link | string {
  const proxy = textArgument(call, argumentName);
  const link = proxy === undefined ? undefined : linkTo(call, proxy);
  if (link === undefined)
    return 'no service here is called like the proxy, or is of that kind: say which one it leads to with --map PROXY=SERVICE';
  const to = `faults.${call.name}.parameters.to`;
  if (link.found.by === 'map') argumentMapped(call, argumentName, to);
  else
    argumentApproximated(
      call,
      argumentName,
      to,
      `the proxy is taken for the link to '${link.found.service}': a lab has one in every link`,
    );
  argumentApproximated(
    call,
    'toxic_name',
    `faults.${call.name}`,
    'the activity names the fault, which ends by itself',
  );
  return link;
}

/** A share of the connections, as a share of the flows; undefined for all of them. */
function flowsOf(call: Call): `${number}%` | undefined {
  const toxicity = numberArgument(call, 'toxicity');
  if (toxicity === undefined || toxicity >= 1 || Math.round(toxicity * 100) < 1) {
    argumentMapped(call, 'toxicity', `faults.${call.name}: all of the flows`);
    return undefined;
  }
  argumentApproximated(
    call,
    'toxicity',
    `faults.${call.name}.parameters.flows`,
    'it is a share of flows, where Toxiproxy draws for each connection',
  );
  return `${Math.round(toxicity * 100)}%`;
}

function latency(call: Call, attributes: Data): Made {
  const link = linkOf(call, 'for_proxy');
  if (typeof link === 'string') return refusedAs(link);
  const delayMs = Number(attributes['latency'] ?? Number.NaN);
  const jitterMs = Number(attributes['jitter'] ?? 0);
  const flows = flowsOf(call);
  const fault = latencyFault(call.work, link, {
    delayMs,
    jitterMs,
    ...(flows === undefined ? {} : { flows }),
  });
  if (fault === undefined)
    return refusedAs(
      'its latency is no number of milliseconds: write aws:ecs:task-network-latency with parameters: { delay }',
    );
  argumentApproximated(
    call,
    'stream',
    `faults.${call.name}`,
    'what goes to the service is late, and not what comes back: a request takes as much longer',
  );
  return { kind: 'fault', fault, family: 'toxic' };
}

/** Ports by which services are known where they are deployed. */
const ports: readonly (readonly [RegExp, number])[] = [
  [/postgres|pg|database|db/i, 5432],
  [/mysql|mariadb/i, 3306],
  [/redis|valkey|cache/i, 6379],
  [/memcached/i, 11_211],
  [/mongo/i, 27_017],
  [/kafka/i, 9092],
  [/rabbit|amqp/i, 5672],
];

/** Nothing comes through: what is sent to the port is dropped. */
function cut(call: Call, proxyArgument: string): Made {
  const link = linkOf(call, proxyArgument);
  if (typeof link === 'string') return refusedAs(link);
  const name = `${textArgument(call, proxyArgument) ?? ''} ${link.found.service}`;
  const [, port] = ports.find(([like]) => like.test(name)) ?? [];
  if (port === undefined)
    return refusedAs(
      'the port of the service is not known: write aws:ecs:task-network-blackhole-port with parameters: { port, direction: egress }',
    );
  return {
    kind: 'fault',
    fault: {
      action: networkAction(call.work, link, 'blackhole-port'),
      selector: { service: link.from },
      parameters: { port, direction: 'egress', protocol: 'tcp' },
    },
    family: 'toxic',
  };
}

const noStandIn = (type: string): string =>
  `FIS has no action like the toxic ${type}: write aws:ecs:task-network-latency or aws:ecs:task-network-packet-loss, or add the toxic by hand in a lab, whose proxy speaks Toxiproxy's API`;

function ofType(call: Call, type: string | undefined, attributes: Data): Made {
  switch (type) {
    case 'latency':
      return latency(call, attributes);
    case 'timeout':
    case 'reset_peer':
      return cut(call, 'for_proxy');
    default:
      return refusedAs(noStandIn(type ?? 'of no type'));
  }
}

function anyToxic(call: Call): Made {
  const type = textArgument(call, 'toxic_type');
  const node = under(call.arguments, 'attributes');
  const attributes = argument(call, 'attributes')?.value;
  const made = ofType(call, type, isData(attributes) ? attributes : {});
  if (made.kind !== 'fault') return made;
  argumentMapped(call, 'toxic_type', `faults.${call.name}.action`);
  const parameters = `faults.${call.name}.parameters`;
  refused(call.work, node, 'nothing takes its place');
  mapped(call.work, under(node, 'latency'), `${parameters}.delay`);
  mapped(call.work, under(node, 'jitter'), `${parameters}.jitter`);
  approximated(
    call.work,
    under(node, 'timeout'),
    parameters,
    'nothing comes through for as long as the stage lasts, and the connection is not closed',
  );
  argumentApproximated(call, 'stream', `faults.${call.name}`, 'what goes to the service is hit');
  if (type !== 'latency') argumentRefused(call, 'toxicity', 'all connections are hit');
  return made;
}

function latencyToxic(call: Call): Made {
  const made = latency(call, {
    latency: argument(call, 'latency')?.value,
    jitter: argument(call, 'jitter')?.value ?? 0,
  });
  argumentMapped(call, 'latency', `faults.${call.name}.parameters.delay`);
  argumentMapped(call, 'jitter', `faults.${call.name}.parameters.jitter`);
  return made;
}

function timeoutToxic(call: Call): Made {
  argumentApproximated(
    call,
    'timeout',
    `faults.${call.name}.parameters`,
    'nothing comes through for as long as the stage lasts, and the connection is not closed',
  );
  return cut(call, 'for_proxy');
}

function undo(call: Call): Made {
  for (const name of ['for_proxy', 'toxic_name', 'proxy_name'])
    argumentMapped(call, name, 'the end of each stage, when the fault is taken away');
  return { kind: 'undo', family: 'toxic' };
}

const needless = (call: Call): Made => {
  for (const name of [
    'proxy_name',
    'upstream_host',
    'upstream_port',
    'listen_host',
    'listen_port',
    'enabled',
  ])
    argumentRefused(call, name, 'a lab has a proxy in every link, at an address of its own');
  return { kind: 'needless', why: 'nothing: a lab has a proxy in every link' };
};

export const toxiproxy: readonly Driver[] = [
  {
    modules: ['chaostoxi.toxic.actions', 'toxiproxy.toxic.actions'],
    functions: {
      create_toxic: anyToxic,
      create_latency_toxic: latencyToxic,
      create_timeout_toxic: timeoutToxic,
      create_bandwith_degradation_toxic: () => refusedAs(noStandIn('bandwidth')),
      create_slow_connection_close_toxic: () => refusedAs(noStandIn('slow_close')),
      create_slicer_toxic: () => refusedAs(noStandIn('slicer')),
      create_limiter_toxic: () => refusedAs(noStandIn('limit_data')),
      delete_toxic: undo,
    },
    otherwise: 'write aws:ecs:task-network-latency or aws:ecs:task-network-packet-loss',
  },
  {
    modules: ['chaostoxi.proxy.actions', 'toxiproxy.proxy.actions'],
    functions: {
      disable_proxy: (call) => cut(call, 'proxy_name'),
      enable_proxy: undo,
      create_proxy: needless,
      delete_proxy: needless,
      reset: undo,
    },
    otherwise: 'a lab has a proxy in every link: write the fault that is put on it',
  },
];
