import type { Lab } from '../experiment/lab.ts';
import type { LabService } from '../experiment/lab-service.ts';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { apisOf, kindOfService } from '../plan/lab-resource-types.ts';
import { zonesOf } from '../plan/lab-zones.ts';
import { postgresUrl } from './postgres/start-postgres.ts';
import type { Address } from './proxy/connection.ts';
import { environmentTag, type LabServiceFacts } from './running-lab.ts';
import { createWriterZones, type WriterZones } from './writer-zones.ts';

export type CommandService = Extract<LabService, { command: readonly string[] }>;

/** How long a service without a word about its health may take to get ready: the schema's own default. */
export const defaultHealthWithinMs = 30_000;

/** Where a URL leads, in parts. */
export function addressOf(url: string): Address {
  const { hostname, port, protocol } = new URL(url);
  const defaultPort = protocol === 'https:' ? 443 : 80;
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? defaultPort : Number(port) };
}

/** A service that can be reached: where it listens, and how its URL looks at any address that leads there. */
export interface Reachable {
  readonly address: Address;
  /** Its own address, where a point for calls is in front of it. */
  readonly behind?: Address;
  readonly urlAt: (address: Address) => string;
}

const text = ({ host, port }: Address) => `${host.includes(':') ? `[${host}]` : host}:${port}`;

export const reachableHttp = (port: number): Reachable => ({
  address: { host: '127.0.0.1', port },
  urlAt: (address) => `http://${text(address)}`,
});

/** What speaks something else than HTTP, whose clients have URLs of their own. */
export const reachableAs = (port: number, clientUrl: string): Reachable => ({
  address: { host: '127.0.0.1', port },
  urlAt: (address) =>
    clientUrl
      .replaceAll('{address}', text(address))
      .replaceAll('{host}', address.host)
      .replaceAll('{port}', String(address.port)),
});

export const reachablePostgres = (port: number): Reachable => ({
  address: { host: '127.0.0.1', port },
  urlAt: (address) => postgresUrl(text(address)),
});

export const reachableUrl = (url: string): Reachable => ({
  address: addressOf(url),
  urlAt: (address) => {
    const { protocol, pathname } = new URL(url);
    return `${protocol}//${text(address)}${pathname === '/' ? '' : pathname}`;
  },
});

/** The service of a name. @throws SteadfastError `invalid` when there is none, or the lab cannot play it */
export function playedService(lab: Lab, name: string): Exclude<LabService, { notRehearsable: string }> {
  const service = lab.services[name];
  if (service === undefined) {
    throw new SteadfastError('invalid', `the lab '${lab.id}' has no service '${name}'`, {
      hint: `its services are ${Object.keys(lab.services).join(', ')}`,
    });
  }
  if ('notRehearsable' in service) {
    throw new SteadfastError(
      'invalid',
      `the lab '${lab.id}' cannot play '${name}': ${service.notRehearsable}`,
    );
  }
  return service;
}

/** PostgreSQL's own. */
const postgresPort = 5_432;

/** The port that a service has where it is deployed; none where a lab does not say it. */
function deployedPortOf(service: LabService): Pick<LabServiceFacts, 'port'> {
  if ('postgres' in service) return { port: postgresPort };
  if ('url' in service) return { port: addressOf(service.url).port };
  return 'command' in service && service.playsPort !== undefined ? { port: service.playsPort } : {};
}

/** What the definition says of the services that a lab plays, and where the writers of its databases are now. */
export const serviceFactsOf = (
  lab: Lab,
  writers: Pick<WriterZones, 'zoneOf'> = createWriterZones(lab.services),
): LabServiceFacts[] =>
  Object.entries(lab.services).flatMap(([name, service]) => {
    if ('notRehearsable' in service) return [];
    const { key, value } = environmentTag(lab.id);
    const { tags = {} } = 'command' in service ? service : {};
    const writer = writers.zoneOf(name);
    const region = 'region' in service ? service.region : undefined;
    return [
      {
        name,
        kind: kindOfService(service),
        tags: { Service: name, [key]: value, ...tags },
        zones: writer === undefined ? zonesOf(service, lab) : [writer],
        apis: apisOf(service),
        ...(region === undefined ? {} : { region }),
        ...deployedPortOf(service),
      },
    ];
  });
