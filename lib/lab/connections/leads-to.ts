import { isIP } from 'node:net';
import type { Address } from '../proxy/connection.ts';

const isLoopbackHost = (host: string) =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

/** Whether a connection's far end is that address. A name other than localhost is not looked up, so nothing leads to it. */
export const leadsTo = (end: Address, address: Address): boolean =>
  end.port === address.port &&
  (isLoopbackHost(address.host) ? isLoopbackHost(end.host) : end.host === address.host);
