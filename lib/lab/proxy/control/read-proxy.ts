import { malformedAddress, readAddress } from './addresses.ts';
import { objectOf, typedField, type WrongType } from './go-types.ts';
import type { ProxyChange, WantedProxy } from './plane.ts';
import { type RefusedToxic, readToxic, type SentToxic } from './read-toxic.ts';
import { readTimeToLive } from './time-to-live.ts';

/** Why a proxy is refused, always with status 400. */
export interface RefusedProxy {
  readonly refused: string;
  /** The same in our words, where Toxiproxy's are Go's. */
  readonly plain?: string;
  readonly hint?: string;
  readonly path: readonly (string | number)[];
}

/** A proxy as a client or a file wants it; what is left out is undefined. */
export interface SentProxy {
  readonly name: string;
  readonly listen: string;
  readonly upstream: string;
  readonly enabled: boolean | undefined;
  readonly ttlMs: number | undefined;
  readonly toxics: readonly SentToxic[];
}

const badBody = (
  { refused, plain = refused }: Omit<WrongType, 'plain'> & Partial<WrongType>,
  path: RefusedProxy['path'] = [],
): RefusedProxy => ({ refused: `bad request body: ${refused}`, plain, path });

type Fields = Readonly<Record<string, unknown>>;

function readFields(fields: Fields): (ProxyChange & { readonly name?: string }) | RefusedProxy {
  const read: { name?: string; listen?: string; upstream?: string } = {};
  for (const name of ['name', 'listen', 'upstream'] as const) {
    const field = typedField(fields, 'Proxy', name, 'string');
    if (!('value' in field)) return badBody(field, [name]);
    if (field.value !== undefined) read[name] = field.value;
  }
  const enabled = typedField(fields, 'Proxy', 'enabled', 'boolean');
  if (!('value' in enabled)) return badBody(enabled, ['enabled']);
  const time = readTimeToLive(fields['ttl']);
  if (!('ttlMs' in time)) return { ...badBody(time, ['ttl']), hint: time.hint };
  return { ...read, enabled: enabled.value, ttlMs: time.ttlMs };
}

/** An upstream must have a host and a port: Toxiproxy would take anything, and then end each connection for it. */
function wrongUpstream(upstream: string): RefusedProxy | undefined {
  const address = readAddress(upstream);
  if (address !== undefined && address.host !== '' && address.port > 0) return undefined;
  return {
    ...badBody(
      {
        refused: `upstream ${address === undefined ? malformedAddress(upstream) : `address ${upstream}: missing host or port`}`,
      },
      ['upstream'],
    ),
    hint: "give the host and the port of the service behind it, as in '127.0.0.1:5432'",
  };
}

function readToxics(value: unknown): readonly SentToxic[] | RefusedProxy {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value))
    return {
      ...badBody({ refused: 'toxics: is no list' }, ['toxics']),
      hint: 'toxics: [{ "type": "latency", ... }]',
    };
  const read: SentToxic[] = [];
  for (const [index, one] of value.entries()) {
    const toxic = readToxic(one, (name) => read.some((other) => other.toxic.name === name));
    const path = ['toxics', index] as const;
    if ('taken' in toxic) return { refused: `toxic already exists: ${toxic.taken}`, path: [...path, 'name'] };
    if ('refused' in toxic) return refusedToxic(toxic, path);
    read.push(toxic);
  }
  return read;
}

const refusedToxic = (toxic: RefusedToxic, path: RefusedProxy['path']): RefusedProxy => ({
  ...toxic,
  path: [...path, ...toxic.path],
});

const missing = (field: string, place: string): RefusedProxy => ({
  refused: `missing required field: ${field}${place}`,
  path: [field],
});

/**
 * Reads a proxy that a client sends to make one, or a file holds.
 *
 * @param place what is said after the name of a field that is missing: ` at proxy 2`
 */
export function readProxy(json: unknown, place = ''): SentProxy | RefusedProxy {
  const object = objectOf(json, 'toxiproxy.Proxy');
  if (!('fields' in object)) return badBody(object);
  const fields = readFields(object.fields);
  if ('refused' in fields) return fields;
  const { name = '', listen = '', upstream = '', enabled, ttlMs } = fields;
  if (name === '') return missing('name', place);
  if (upstream === '') return missing('upstream', place);
  const wrong = wrongUpstream(upstream);
  if (wrong !== undefined) return wrong;
  const toxics = readToxics(object.fields['toxics']);
  if ('refused' in toxics) return toxics;
  return { name, listen, upstream, enabled, ttlMs, toxics };
}

/** Reads what a client sends to change a proxy; its name and its toxics are not changed so, as in Toxiproxy. */
export function readProxyChange(json: unknown): { readonly change: ProxyChange } | RefusedProxy {
  const object = objectOf(json, 'toxiproxy.Proxy');
  if (!('fields' in object)) return badBody(object);
  const fields = readFields(object.fields);
  if ('refused' in fields) return fields;
  const { name: _, ...change } = fields;
  const wrong = change.upstream === undefined ? undefined : wrongUpstream(change.upstream);
  return wrong ?? { change };
}

/** What is made of a proxy that was sent. */
export const wanted = ({ name, listen, upstream, enabled = true, ttlMs }: SentProxy): WantedProxy => ({
  name,
  listen,
  upstream,
  enabled,
  ttlMs,
});
