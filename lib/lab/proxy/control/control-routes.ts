import { createBook } from './book.ts';
import type { LinkProxy } from './data-plane.ts';
import { readToxic } from './read-toxic.ts';
import type { RemotePlane } from './remote-plane.ts';

/** The version of Toxiproxy whose answers these are like; clients ask for it. */
const version = '2.12.0';

export interface Answer {
  readonly status: number;
  /** JSON, or text that is sent as it is; nothing where it is absent. */
  readonly body?: unknown;
}

/** What a client asks. */
export interface Ask {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  readonly body: () => Promise<string>;
}

/** What a path answers, by method. */
type Routes = ReadonlyMap<string, () => Promise<Answer>>;

export const refusal = (status: number, error: string): Answer => ({ status, body: { error, status } });

const routes = (byMethod: Readonly<Record<string, () => Promise<Answer>>>): Routes =>
  new Map(Object.entries(byMethod));
const always = (answer: Answer): Routes => new Map([['*', async () => answer]]);

const noProxy = always(refusal(404, 'proxy not found'));
const noToxic = refusal(404, 'toxic not found');
const noPage = always({ status: 404, body: '404 page not found' });

/** `/proxies/shop-1-to-database/toxics/slow`, or a beginning of it. */
const proxyPath = /^\/proxies\/([^/]+)(?:(\/toxics)(?:\/([^/]+))?)?$/;

/**
 * The control of a lab's links, in the words of Toxiproxy's API: the proxies are the lab's links, which it lists but cannot make,
 * and the toxics are those that it was told to add since it was started.
 */
export function createControl(plane: RemotePlane): (ask: Ask) => Promise<Answer> {
  const book = createBook(plane);
  const shown = (proxy: LinkProxy) => ({
    ...proxy,
    enabled: true,
    Logger: {},
    toxics: book.toxicsOf(proxy.name),
  });

  const top: ReadonlyMap<string, Routes> = new Map([
    ['/version', routes({ GET: async () => ({ status: 200, body: { version } }) })],
    [
      '/proxies',
      routes({
        GET: async () => {
          const proxies = (await plane.proxies()).map((proxy) => [proxy.name, shown(proxy)] as const);
          return { status: 200, body: Object.fromEntries(proxies) };
        },
      }),
    ],
    [
      '/reset',
      routes({
        POST: async () => {
          await book.reset();
          return { status: 204 };
        },
      }),
    ],
  ]);

  const ofToxics = (proxy: string, body: Ask['body']): Routes =>
    routes({
      GET: async () => ({ status: 200, body: book.toxicsOf(proxy) }),
      POST: async () => {
        const read = readToxic(await body());
        if ('refused' in read) return refusal(400, read.refused);
        const { toxic } = read;
        return (await book.add(proxy, toxic))
          ? { status: 200, body: toxic }
          : refusal(409, 'toxic already exists');
      },
    });

  const ofToxic = (proxy: string, name: string): Routes =>
    routes({
      GET: async () => {
        const toxic = book.toxicsOf(proxy).find((one) => one.name === name);
        return toxic === undefined ? noToxic : { status: 200, body: toxic };
      },
      DELETE: async () => ((await book.remove(proxy, name)) ? { status: 204 } : noToxic),
    });

  const routesOf = async ({ path, body }: Ask): Promise<Routes> => {
    const known = top.get(path);
    if (known !== undefined) return known;
    const [, name, below, toxic] = proxyPath.exec(path) ?? [];
    if (name === undefined) return noPage;
    const proxy = (await plane.proxies()).find((one) => one.name === decodeURIComponent(name));
    if (proxy === undefined) return noProxy;
    if (below === undefined) return routes({ GET: async () => ({ status: 200, body: shown(proxy) }) });
    return toxic === undefined ? ofToxics(proxy.name, body) : ofToxic(proxy.name, decodeURIComponent(toxic));
  };

  return async (ask) => {
    const found = await routesOf(ask);
    const route = found.get(ask.method) ?? found.get('*');
    return route === undefined ? { status: 405 } : route();
  };
}
