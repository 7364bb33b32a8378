import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { messageOf, SteadfastError } from '../../../experiment/steadfast-error.ts';
import type { Clock, Random } from '../../../run/ports.ts';
import { openLink } from '../link.ts';
import { addressText } from './addresses.ts';
import { createBook } from './book.ts';
import { createControlServer } from './control-server.ts';
import { metricsOf } from './metrics.ts';
import { createOwnPlane, type ProxyFigures } from './own-plane.ts';
import type { PlacedByControl } from './placements.ts';
import type { Refused } from './plane.ts';
import { populate } from './populate.ts';
import type { SentProxy } from './read-proxy.ts';
import { tellingPlane } from './telling-plane.ts';

export interface ProxyServerOptions {
  readonly host: string;
  /** 0 for one that is free. */
  readonly port: number;
  /** Made before the control is there. */
  readonly proxies?: readonly SentProxy[];
  readonly token?: string | undefined;
  readonly randomOf: (proxy: string) => Random;
  readonly clock: Clock;
  /** Told in a line what changes, whoever changed it. */
  readonly tell?: (text: string) => void;
}

/** A fault proxy of its own with its control. */
export interface ProxyServer {
  readonly host: string;
  readonly port: number;
  /** Where its API is. */
  readonly url: string;
  proxies(): readonly ProxyFigures[];
  toxics(): readonly PlacedByControl[];
  /** Ends the control, every listener and every connection. Twice is no error. */
  close(): Promise<void>;
}

const hints: Readonly<Record<string, string>> = {
  EADDRINUSE: 'choose another with --port, or end what listens there',
  EADDRNOTAVAIL: 'choose an address of this machine with --host',
  EACCES: 'choose a port above 1023 with --port',
};

function cannotListen(host: string, port: number, cause: unknown): SteadfastError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const at = addressText({ host, port });
  const message = code === 'EADDRINUSE' ? 'the port is taken' : messageOf(cause);
  const hint = hints[code];
  return new SteadfastError('cannot-begin', `the control cannot listen at ${at}: ${message}`, {
    cause,
    ...(hint === undefined ? {} : { hint }),
  });
}

const cannotMake = ({ name, error, hint }: Refused & { readonly name: string }): SteadfastError =>
  new SteadfastError(
    'cannot-begin',
    `the proxy '${name}' cannot be made: ${error}`,
    hint === undefined ? {} : { hint },
  );

/**
 * Serves the fault proxy with proxies of its own.
 *
 * @throws SteadfastError `cannot-begin` when the control or one of the proxies cannot listen; then nothing listens
 */
export async function startProxyServer(options: ProxyServerOptions): Promise<ProxyServer> {
  const { host, clock, randomOf, token, tell = () => undefined } = options;
  const ownPlane = createOwnPlane({
    openLink,
    randomOf,
    clock,
    onExpired: (proxy, toxic) => {
      if (toxic === undefined) book.forget(proxy);
      tell(
        toxic === undefined ? `${proxy}: its time is over` : `${proxy}: the time of '${toxic.name}' is over`,
      );
    },
  });
  const plane = tellingPlane(ownPlane, tell);
  const book = createBook(plane, clock);
  // Nobody finds the half of what the file says.
  const ready = Promise.withResolvers<void>();
  const server = createControlServer({
    plane,
    book,
    token,
    ready: ready.promise,
    metrics: () => metricsOf(ownPlane.figures(), ownPlane.placed()),
  });
  const close = async () => {
    ready.resolve();
    await ownPlane.close();
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };

  try {
    server.listen(options.port, host);
    await once(server, 'listening');
  } catch (cause) {
    throw cannotListen(host, options.port, cause);
  }
  const { port } = server.address() as AddressInfo;
  try {
    const { refused } = await populate(options.proxies ?? [], plane, plane.own ?? ownPlane.own, book);
    if (refused !== undefined) throw cannotMake(refused);
  } catch (thrown) {
    await close();
    throw thrown;
  }
  ready.resolve();
  return {
    host,
    port,
    url: `http://${addressText({ host, port })}`,
    proxies: ownPlane.figures,
    toxics: ownPlane.placed,
    close,
  };
}
