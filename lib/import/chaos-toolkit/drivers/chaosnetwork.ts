import {
  argument,
  argumentApproximated,
  argumentMapped,
  argumentRefused,
  type Call,
  numberArgument,
  textArgument,
} from '../call.ts';
import { msOf } from '../seconds.ts';
import { type Driver, type Made, refusedAs } from './driver.ts';
import { type Link, latencyFault, linkTo, lossFault } from './network.ts';

/** The link of the argument `target`; otherwise why there is none. */
function targetOf(call: Call): Link | string {
  const target = textArgument(call, 'target');
  if (target === undefined)
    return 'it says no target: write the fault by hand, with the service whose link is hit as parameters.to';
  const link = linkTo(call, target);
  if (link === undefined)
    return 'nothing here is called so or of that kind: say which service it is with --map TARGET=SERVICE';
  const to = `faults.${call.name}.${link.to === undefined ? 'selector.service' : 'parameters.to'}`;
  if (link.found.by === 'kind')
    argumentApproximated(
      call,
      'target',
      to,
      `it is taken for '${link.found.service}', which is of that kind`,
    );
  else argumentMapped(call, 'target', to);
  return link;
}

function addLatency(call: Call): Made {
  const delayMs = msOf(argument(call, 'delay')?.value);
  const jitterMs = msOf(argument(call, 'jitter')?.value ?? 0);
  if (delayMs === undefined || jitterMs === undefined)
    return refusedAs(
      'its delay is no length of time: write aws:ecs:task-network-latency with parameters: { delay }',
    );
  const link = targetOf(call);
  if (typeof link === 'string') return refusedAs(link);
  const fault = latencyFault(call.work, link, { delayMs, jitterMs });
  if (fault === undefined) return refusedAs('its delay is nothing, or longer than a year');
  for (const name of ['delay', 'jitter']) {
    const to = `faults.${call.name}.parameters.${name}`;
    if (typeof argument(call, name)?.value === 'number')
      argumentApproximated(call, name, to, 'a number without a unit is read as milliseconds');
    else argumentMapped(call, name, to);
  }
  return { kind: 'fault', fault, family: 'network' };
}

function addLoss(call: Call): Made {
  const name =
    ['loss', 'percent', 'percentage', 'ratio'].find((one) => argument(call, one) !== undefined) ?? 'loss';
  const given = argument(call, name)?.value;
  const percent =
    numberArgument(call, name) ?? (typeof given === 'string' ? Number(given.replace('%', '')) : undefined);
  if (percent === undefined || !(percent >= 1 && percent <= 100))
    return refusedAs(
      'it loses no share from 1 to 100 %: write aws:ecs:task-network-packet-loss with parameters: { loss }',
    );
  const link = targetOf(call);
  if (typeof link === 'string') return refusedAs(link);
  argumentMapped(call, name, `faults.${call.name}.parameters.loss`);
  return { kind: 'fault', fault: lossFault(call.work, link, percent), family: 'network' };
}

/** What takes the fault away again: the end of the fault itself. */
function remove(call: Call): Made {
  argumentMapped(call, 'target', 'the end of each stage, when the fault is taken away');
  for (const name of ['delay', 'jitter', 'loss'])
    argumentRefused(call, name, 'the end of a fault needs none');
  return { kind: 'undo', family: 'network' };
}

export const chaosnetwork: Driver = {
  modules: ['chaosnetwork.actions'],
  functions: {
    add_latency: addLatency,
    remove_latency: remove,
    add_packet_loss: addLoss,
    remove_packet_loss: remove,
    add_loss: addLoss,
    remove_loss: remove,
  },
  otherwise:
    'write aws:ecs:task-network-latency, aws:ecs:task-network-packet-loss or aws:ecs:task-network-blackhole-port, with the service whose link is hit as parameters.to',
};
