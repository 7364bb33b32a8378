import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Address } from '../connection.ts';

/** Errors of a machine without IPv6. */
const withoutIpv6: readonly unknown[] = ['EAFNOSUPPORT', 'EADDRNOTAVAIL'];

const codeOf = (thrown: unknown): unknown =>
  thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;

/**
 * Opens a listener at an address as Go understands it. Without a host it is at every interface, of IPv4 alone where the machine has
 * no IPv6. Of a name's addresses it is the first of IPv4, where there is one (net.Listen): `localhost` is 127.0.0.1.
 */
export async function openListener<Listener>(
  { host, port }: Address,
  open: (listen: Address) => Promise<Listener>,
): Promise<Listener> {
  if (host !== '') {
    const address = isIP(host) === 0 ? (await lookup(host, { order: 'ipv4first' })).address : host;
    return open({ host: address, port });
  }
  try {
    return await open({ host: '::', port });
  } catch (thrown) {
    if (!withoutIpv6.includes(codeOf(thrown))) throw thrown;
    return open({ host: '0.0.0.0', port });
  }
}
