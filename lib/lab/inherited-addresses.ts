import type { Lab } from '../experiment/lab.ts';
import { leadsTo } from './connections/leads-to.ts';
import type { Address } from './proxy/connection.ts';
import { addressOf, type CommandService } from './services.ts';

/** A variable by which a service may reach something past its link. */
interface Found {
  readonly variable: string;
  readonly value: string;
  /** The service that the link leads to. */
  readonly to: string;
  readonly inherited: boolean;
}

/** Schemes that one client takes for the same (postgresql.org/docs/current/libpq-connect.html). */
const sameScheme = new Map([
  ['postgres:', 'postgresql:'],
  ['rediss:', 'redis:'],
]);
const schemeOf = (url: URL): string => sameScheme.get(url.protocol) ?? url.protocol;

/** What libpq reads where it is given no URL (postgresql.org/docs/current/libpq-envars.html). */
const libpqHost = 'PGHOST';

function urlIn(text: string): URL | undefined {
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(text)) return undefined;
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** Ports that a client takes where a URL names none. */
const usualPorts: Readonly<Record<string, number>> = { 'postgresql:': 5432, 'redis:': 6379 };

const portOf = (url: URL): number => {
  if (url.port !== '') return Number(url.port);
  return usualPorts[schemeOf(url)] ?? addressOf(url.href).port;
};

/** The scheme of a service's own URLs. */
function schemeOfService(lab: Lab, name: string): string | undefined {
  const service = lab.services[name];
  if (service === undefined) return undefined;
  if ('postgres' in service) return 'postgresql:';
  if ('url' in service) return new URL(service.url).protocol;
  if (!('command' in service)) return undefined;
  const [scheme = 'http:'] = /^[a-z][a-z\d+.-]*:/.exec(service.clientUrl ?? '') ?? [];
  return sameScheme.get(scheme) ?? scheme;
}

/** `BOOK_SHOP` for `bookShop`, as variables are named. */
const variablePart = (name: string): string =>
  name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toUpperCase();

/** Whether a text holds the address of something that runs on this machine already. */
const holds = (text: string, address: Address): boolean =>
  [...text.matchAll(/([\w.-]+|\[[\da-f:]+\]):(\d{1,5})(?!\d)/gi)].some(([, host = '', port]) =>
    leadsTo({ host: host.replace(/^\[|\]$/g, ''), port: Number(port) }, address),
  );

/** Whether a variable leads past the link to a service. */
function leadsPast(lab: Lab, variable: string, value: string, to: string): boolean {
  const target = lab.services[to];
  if (target !== undefined && 'url' in target && holds(value, addressOf(target.url))) return true;
  const scheme = schemeOfService(lab, to);
  if (scheme === 'postgresql:' && variable === libpqHost && value !== '') return true;
  const url = urlIn(value);
  if (url === undefined || scheme === undefined || schemeOf(url) !== scheme) return false;
  // Much is reached over HTTP that is none of the service's; a variable of its name is.
  return !/^https?:$/.test(scheme) || variable.toUpperCase().includes(variablePart(to));
}

function foundIn(
  lab: Lab,
  service: CommandService,
  inherited: Readonly<Record<string, string | undefined>>,
): Found[] {
  const own = service.env ?? {};
  const variables = [
    ...Object.entries(own).map(([variable, value]) => ({ variable, value, inherited: false })),
    ...Object.entries(inherited).flatMap(([variable, value]) =>
      value === undefined || Object.hasOwn(own, variable) ? [] : [{ variable, value, inherited: true }],
    ),
    // What leads through a link by a placeholder is what it should be.
  ].filter(({ value }) => !/\{[A-Za-z]/.test(value));
  return variables.flatMap((one) =>
    (service.uses ?? []).flatMap((to) =>
      leadsPast(lab, one.variable, one.value, to) ? [{ ...one, to }] : [],
    ),
  );
}

/** An address without the name and password that a URL may hold. */
function shown(value: string): string {
  const url = urlIn(value);
  return url === undefined ? value : `${url.protocol}//${url.hostname}:${portOf(url)}`;
}

/**
 * Where services find the address of something that is of the kind of a service they use, past its link: written in the lab as it is,
 * or inherited from the shell that Steadfast runs in. A sentence for each, with how to mend it.
 */
export function addressesPastLinks(
  lab: Lab,
  inherited: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  return Object.entries(lab.services).flatMap(([name, service]) => {
    if (!('command' in service)) return [];
    return foundIn(lab, service, inherited).map(({ variable, value, to, inherited: isInherited }) => {
      const from = isInherited ? 'inherits' : 'is given';
      const form = variable === libpqHost ? `{${to}.host}` : `{${to}.url}`;
      return `service '${name}' ${from} ${variable} = ${shown(value)}, which leads past its link to '${to}': what it sends there feels no fault. Write ${variable}: '${form}' in its env${isInherited ? ", or '' where it needs none" : ''}.`;
    });
  });
}
