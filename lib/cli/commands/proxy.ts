import { createHash, randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import { startProxyServer } from '../../lab/proxy/control/proxy-server.ts';
import { systemClock } from '../../probing/system-clock.ts';
import { seededRandom } from '../../run/seeded-random.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, printJson, printLine } from '../io.ts';
import { createProxyView } from '../proxy/proxy-view.ts';
import { readProxyFile } from '../proxy/read-proxy-file.ts';

export interface ProxyFlags {
  readonly config?: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly seed?: number | undefined;
  readonly token?: string | undefined;
  readonly json?: boolean | undefined;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** When to end. */
interface Ending {
  readonly ended: Promise<void>;
  /** Nobody waits for it any more. */
  readonly close: () => void;
}

/** The first signal that ends the process; from then on the next one has its usual effect. */
function untilSignalled(): Ending {
  const { promise, resolve: end } = Promise.withResolvers<void>();
  const close = () => {
    for (const name of signals) process.off(name, onSignal);
  };
  const onSignal = () => {
    close();
    end();
  };
  for (const name of signals) process.on(name, onSignal);
  return { ended: promise, close };
}

const loopback = /^(127(\.\d+){3}|localhost|::1)$/;

/** A proxy's own seed: of the same name and seed, the same draws, whatever happens on the others. */
const seedOf = (seed: number, proxy: string): number =>
  createHash('sha256').update(`${seed}:${proxy}`).digest().readUInt32BE();

/** Serves the fault proxy until it is ended. */
export async function proxyCommand(
  io: Io,
  flags: ProxyFlags,
  until: () => Ending = untilSignalled,
): Promise<number> {
  const { host, port, token, seed = randomInt(2 ** 31) } = flags;
  const proxies =
    flags.config === undefined ? [] : await readProxyFile(resolve(io.cwd, flags.config), flags.config);
  const ending = until();
  const view = createProxyView({
    stream: io.stderr,
    isTerminal: io.isTerminal,
    columns: io.stderr.columns ?? 80,
    colours: io.stderrColours,
    clock: systemClock,
    seed,
  });
  try {
    const server = await startProxyServer({
      host,
      port,
      token,
      proxies,
      randomOf: (proxy) => seededRandom(seedOf(seed, proxy)),
      clock: systemClock,
      tell: view.tell,
    });
    try {
      if (token === undefined && !loopback.test(host))
        printLine(
          io.stderr,
          `Whoever reaches ${host} can put faults in: give it a token with STEADFAST_PROXY_TOKEN.`,
        );
      view.show(server);
      if (flags.json === true) {
        const made = server
          .proxies()
          .map(({ name, listen, upstream, enabled }) => ({ name, listen, upstream, enabled }));
        printJson(io, { url: server.url, host, port: server.port, seed, proxies: made });
      }
      await ending.ended;
    } finally {
      view.close();
      await server.close();
    }
    // Below the ^C that a terminal shows.
    printLine(io.stderr, `${io.isTerminal ? '\n' : ''}The proxy has ended: nothing listens any more.`);
  } finally {
    view.close();
    ending.close();
  }
  return exitCode.fine;
}
