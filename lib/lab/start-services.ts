import { SteadfastError } from '../experiment/steadfast-error.ts';
import { createLabBalancer } from './balancer/lab-balancer.ts';
import { startBalancer } from './balancer/start-balancer.ts';
import type { LabParts, StartServicesOptions } from './lab-parts.ts';
import { LabReplica } from './lab-replica.ts';
import { openWays, withCallPoint } from './open-ways.ts';
import { fillPlaceholders } from './placeholders.ts';
import { createLabDatabase } from './postgres/database.ts';
import { startPostgres } from './postgres/start-postgres.ts';
import { freePorts } from './processes/free-ports.ts';
import { startControl } from './proxy/control/start-control.ts';
import { environmentTag } from './running-lab.ts';
import {
  type CommandService,
  defaultHealthWithinMs,
  playedService,
  type Reachable,
  reachableAs,
  reachableHttp,
  reachablePostgres,
  reachableUrl,
} from './services.ts';

/** Starts a lab's services: each after those it uses, and what does not depend on each other side by side. */
export async function startServices(options: StartServicesOptions, parts: LabParts): Promise<void> {
  const { lab, folder, processes, watch, clock } = options;
  const started = new Map<string, Promise<Reachable>>();

  const startOnce = (name: string): Promise<Reachable> => {
    const begun = started.get(name);
    if (begun !== undefined) return begun;
    const starting = start(name).then((reachable) => {
      parts.reachable.set(name, reachable);
      return reachable;
    });
    started.set(name, starting);
    return starting;
  };

  const start = async (name: string): Promise<Reachable> => {
    const service = playedService(lab, name);
    if ('network' in service) throw new SteadfastError('invalid', `nothing listens at the network '${name}'`);
    if ('url' in service) return withCallPoint(options, parts, name, reachableUrl(service.url));
    if ('postgres' in service) {
      const { managed, port } = await startPostgres(
        processes,
        { name, schema: service.postgres.schema, folder },
        clock,
      );
      watch(managed);
      parts.databases.set(name, createLabDatabase(managed));
      return reachablePostgres(port);
    }
    if ('proxyControl' in service) {
      const control = await startControl(options, parts, name);
      return reachableHttp(control.port);
    }
    const used = new Map<string, Reachable>();
    await Promise.all((service.uses ?? []).map(async (to) => used.set(to, await startOnce(to))));
    return withCallPoint(options, parts, name, await startReplicas(options, parts, name, service, used));
  };

  const names = Object.entries(lab.services).flatMap(([name, service]) =>
    'notRehearsable' in service || 'network' in service ? [] : [name],
  );
  let failure: { readonly thrown: unknown } | undefined;
  await Promise.all(
    names.map((name) =>
      startOnce(name).catch(async (thrown: unknown) => {
        // The first to fail is the reason; the others fail because they are stopped for it.
        failure ??= { thrown };
        await processes.stop();
      }),
    ),
  );
  if (failure !== undefined) throw failure.thrown;
  // In the order of the definition, whichever was ready first: a seeded sample must draw the same replicas again.
  parts.replicas.sort((a, b) => names.indexOf(a.service) - names.indexOf(b.service));
}

async function startReplicas(
  options: StartServicesOptions,
  parts: LabParts,
  name: string,
  service: CommandService,
  used: ReadonlyMap<string, Reachable>,
): Promise<Reachable> {
  const { processes, folder, watch, clock } = options;
  const ports = await freePorts(service.replicas);
  const replicas = await Promise.all(
    ports.map((port, index) => makeReplica(options, parts, name, service, used, port, index + 1)),
  );
  parts.replicas.push(...replicas);
  const ready = Promise.all(replicas.map((replica) => replica.start()));
  const [only] = ports;
  if (service.replicas === 1 && only !== undefined) {
    await ready;
    return service.clientUrl === undefined ? reachableHttp(only) : reachableAs(only, service.clientUrl);
  }
  const upstreams = replicas.map(({ id, port }) => ({ id, port, host: '127.0.0.1' }));
  const [balancer] = await Promise.all([
    startBalancer(processes, { name: `${name}-balancer`, upstreams, folder }, clock),
    ready,
  ]);
  watch(balancer.managed);
  parts.balancers.set(name, createLabBalancer(balancer.managed));
  return reachableHttp(balancer.port);
}

async function makeReplica(
  options: StartServicesOptions,
  parts: LabParts,
  name: string,
  service: CommandService,
  used: ReadonlyMap<string, Reachable>,
  port: number,
  number: number,
): Promise<LabReplica> {
  const { lab, folder, processes, clock, signal, watch, onRestartFailed } = options;
  const id = `${name}-${number}`;
  const { links, addresses } = await openWays(options, parts, id, used);
  const zone = service.zones?.[(number - 1) % service.zones.length];
  const ofZone = zone === undefined ? {} : { zone };
  const fill = (text: string) =>
    fillPlaceholders(text, { port, replica: number, ...ofZone, links: addresses });
  const tag = environmentTag(lab.id);
  return new LabReplica({
    service: name,
    ...ofZone,
    // What a lab says of its tags comes last: a service of its may play another environment's, rightly tagged or not.
    tags: { Service: name, [tag.key]: tag.value, ...service.tags, ...service.replicaTags?.[number] },
    links,
    start: {
      name: id,
      command: service.command.map(fill),
      env: Object.fromEntries(Object.entries(service.env ?? {}).map(([key, value]) => [key, fill(value)])),
      folder,
    },
    health: {
      port,
      ...(service.health?.path === undefined ? {} : { path: service.health.path }),
      withinMs: service.health?.within.ms ?? defaultHealthWithinMs,
    },
    processes,
    clock,
    signal,
    watch,
    onRestartFailed: (thrown) => onRestartFailed(id, thrown),
  });
}
