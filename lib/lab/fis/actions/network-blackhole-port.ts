import * as z from 'zod';
import type { ActionContext, Bite } from '../action-handler.ts';
import { foundOutMs, held } from '../cut-ways.ts';
import { faultOnLinks } from '../fault-on-links.ts';
import { durationMs, numberText, standIn } from '../stand-in.ts';
import type { FaultyWay } from '../why-unheld.ts';

const portOf = ({ lab }: ActionContext, service: string): number | undefined =>
  lab.services.find(({ name }) => name === service)?.port;

const listOf = (texts: readonly string[]) => texts.join(', ') || 'nothing';

/** The targets' links to services of this port. */
const waysOut = (context: ActionContext, port: number): FaultyWay[] =>
  context.targets.flatMap((replica) =>
    [...context.lab.links(replica.id)].flatMap(([to, link]) =>
      portOf(context, to) === port ? [{ replica, to, link }] : [],
    ),
  );

/** The links of others to services of this port that have the one replica which is hit. */
const waysIn = ({ lab }: ActionContext, alone: readonly string[]): FaultyWay[] =>
  lab.replicas.flatMap((replica) =>
    [...lab.links(replica.id)].flatMap(([to, link]) => (alone.includes(to) ? [{ replica, to, link }] : [])),
  );

async function dropWhatGoesOut(context: ActionContext, port: number, forMs: number): Promise<Bite> {
  const ways = waysOut(context, port);
  const bite = await faultOnLinks(context, {
    ways,
    toxic: held('upstream'),
    durationMs: forMs,
    done: 'dropped',
    did: ({ chunks, bytes, connections }) =>
      `${chunks} pieces (${bytes} bytes) of ${connections} connections dropped`,
  });
  if (ways.length > 0) return bite;
  const known = context.targets.flatMap(({ id }) => [...context.lab.links(id).keys()]);
  const ports = [...new Set(known)].map((to) => `${to} (${portOf(context, to) ?? 'no port'})`);
  return {
    bit: false,
    evidence: `no link leads to port ${port}`,
    likely: `the targets' links lead to ${listOf(ports)}: playsPort of a lab's service tells its port`,
  };
}

/** Of several replicas behind a balancer those that are hit get nothing from it; one alone gets nothing over the links to it. */
async function dropWhatComesIn(context: ActionContext, port: number, forMs: number): Promise<Bite> {
  const { lab, targets } = context;
  const hit = targets.filter(({ service }) => portOf(context, service) === port);
  const services = [...new Set(hit.map(({ service }) => service))];
  const balanced = services.flatMap((service) => {
    const balancer = lab.balancer(service);
    const ids = hit.filter((replica) => replica.service === service).map(({ id }) => id);
    return balancer === undefined
      ? []
      : [{ service, ids, giveBack: balancer.keepFrom(ids, foundOutMs * lab.pace) }];
  });
  const alone = services.filter((service) => balanced.every((one) => one.service !== service));
  let bite: Bite | undefined;
  const given: { readonly missed: number; readonly evidence: string }[] = [];
  try {
    bite = await faultOnLinks(context, {
      ways: waysIn(context, alone),
      toxic: held('upstream'),
      durationMs: forMs,
      done: 'dropped',
      did: ({ chunks, connections }) => `${chunks} pieces of ${connections} connections dropped`,
    });
  } finally {
    for (const { service, ids, giveBack } of balanced) {
      const { hung = 0, passedOver = 0 } = (await giveBack()) ?? {};
      given.push({
        missed: hung + passedOver,
        evidence: `the balancer of ${service} could not reach ${ids.join(', ')}: ${hung} requests hung, ${passedOver} went to others`,
      });
    }
  }
  const bit = bite.bit === true || given.some(({ missed }) => missed > 0);
  const evidence = [...(alone.length === 0 ? [] : [bite.evidence]), ...given.map((one) => one.evidence)];
  return {
    bit,
    evidence: evidence.join('; ') || `nothing that was drawn listens on port ${port}`,
    ...(bit || hit.length > 0
      ? {}
      : {
          likely: `the targets listen on ${listOf(targets.map(({ service }) => String(portOf(context, service) ?? 'no port')))}: playsPort of a lab's service tells its port`,
        }),
  };
}

const blackholePort = (id: string) =>
  standIn({
    id,
    // The default is FIS's own for tasks; for pods it is asked for (actions reference).
    parameters: z.object({
      duration: durationMs(),
      port: numberText(1, 65_535),
      trafficType: z.enum(['ingress', 'egress']),
      protocol: z.enum(['tcp', 'udp']).default('tcp'),
    }),
    carryOut: async (context, { duration, port, trafficType, protocol }) => {
      if (protocol === 'tcp')
        return trafficType === 'egress'
          ? dropWhatGoesOut(context, port, duration)
          : dropWhatComesIn(context, port, duration);
      await context.clock.sleep(duration, context.signal);
      return { bit: false, evidence: 'nothing was dropped', likely: "a lab's links carry TCP, and no UDP" };
    },
  });

export const taskNetworkBlackholePort = blackholePort('aws:ecs:task-network-blackhole-port');
export const podNetworkBlackholePort = blackholePort('aws:eks:pod-network-blackhole-port');
