import type { ActionContext, Bite, FaultyLab } from '../../../lib/lab/fis/action-handler.ts';
import { actionHandlers } from '../../../lib/lab/fis/action-handlers.ts';
import type { LabResource } from '../../../lib/lab/fis/lab-resources.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';
import { sequence } from '../support/sequence.ts';

/** An action that is being carried out on replicas of a lab, found by their ids, or on the whole of a service. */
export function carriedOut(
  id: string,
  lab: FaultyLab,
  parameters: ActionContext['parameters'],
  on: readonly string[] | { readonly service: string },
) {
  const handler = actionHandlers.get(id);
  if (handler === undefined) throw new Error(`no stand-in for ${id}`);
  const isHit = ({ id: replica, service }: { readonly id: string; readonly service: string }) =>
    'service' in on ? service === on.service : on.includes(replica);
  const targets = lab.replicas.filter(isHit);
  const resources: LabResource[] =
    'service' in on
      ? [{ id: on.service, service: on.service, tags: {}, alive: true, replicas: targets }]
      : targets.map((replica) => ({ ...replica, replicas: [replica] }));
  const clock = createVirtualClock({ auto: false });
  const end = new AbortController();
  let bite: Bite | undefined;
  const ended = handler
    .carryOut({ lab, parameters, resources, targets, signal: end.signal, clock, random: sequence(0) })
    .then((carried) => {
      bite = typeof carried === 'function' ? carried() : carried;
      return bite;
    });
  return {
    clock,
    ended,
    bite: () => bite,
    stop: () => end.abort(),
  };
}
