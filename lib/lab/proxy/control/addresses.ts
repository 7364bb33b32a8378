import type { Address } from '../connection.ts';

/** `127.0.0.1:8001`, `[::1]:8001`, `:8001`. */
const written = /^(?:\[([^\]]*)\]|([^:]*)):(\d+)$/;

const largestPort = 65_535;

/** The host and port of an address as Go writes it; an empty host is every interface. Undefined where it is no address. */
export function readAddress(text: string): Address | undefined {
  const [, inBrackets, plain = '', port] = written.exec(text) ?? [];
  if (port === undefined || Number(port) > largestPort) return undefined;
  return { host: inBrackets ?? plain, port: Number(port) };
}

export const addressText = ({ host, port }: Address): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

/** What Go says of an address that is none. */
export function malformedAddress(text: string): string {
  return text.includes(':') ? `address ${text}: invalid port` : `address ${text}: missing port in address`;
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'bind: address already in use',
  EADDRNOTAVAIL: 'bind: cannot assign requested address',
  EACCES: 'bind: permission denied',
};

/** `listen tcp 127.0.0.1:8001: bind: address already in use`: why nothing can listen at an address, in Go's words. */
export function listenError(address: Address, cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `listen tcp: lookup ${address.host}: no such host`;
  const why = reasons[code] ?? (cause instanceof Error ? cause.message : String(cause));
  return `listen tcp ${addressText(address)}: ${why}`;
}

const everywhere: readonly string[] = ['', '0.0.0.0', '::'];

/** Whether two addresses are the same one, however they are written. */
export function isSameAddress(one: string, other: string): boolean {
  const [a, b] = [readAddress(one), readAddress(other)];
  if (one === other || a === undefined || b === undefined) return one === other;
  const hostOf = ({ host }: Address) =>
    everywhere.includes(host) ? '' : host === 'localhost' ? '127.0.0.1' : host;
  return a.port === b.port && hostOf(a) === hostOf(b);
}

const loopbacks: readonly string[] = ['localhost', '127.0.0.1', '::1', '', '0.0.0.0', '::'];

/** Whether what connects to one address on this machine may reach who listens at the other, as far as the texts tell. */
export const meet = (one: Address, other: Address): boolean =>
  one.port === other.port &&
  (one.host === other.host || (loopbacks.includes(one.host) && loopbacks.includes(other.host)));
