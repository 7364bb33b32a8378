import {
  type Answer,
  type Ask,
  empty,
  json,
  metricsText,
  refusal,
  shownProxy,
  shownToxic,
  text,
  versionAnswer,
} from './answer.ts';
import type { Book } from './book.ts';
import type { Plane, PlaneProxy, Refused } from './plane.ts';
import { answerPopulate } from './populate.ts';
import { readJson } from './read-json.ts';
import { readProxy, readProxyChange, wanted } from './read-proxy.ts';
import { readToxic, readToxicUpdate } from './read-toxic.ts';

/** The version of Toxiproxy whose answers these are like; clients ask for it. */
const version = '2.12.0';

type Route = () => Promise<Answer>;

/** What a path answers, by method. */
type Routes = ReadonlyMap<string, Route>;

export interface ControlOptions {
  readonly plane: Plane;
  readonly book: Book;
  /** What Prometheus reads; without it there is no such page. */
  readonly metrics?: () => string;
}

const routes = (byMethod: Readonly<Record<string, Route>>): Routes => new Map(Object.entries(byMethod));
const always = (answer: Answer): Routes => new Map([['*', async () => answer]]);

const noProxy = refusal(404, 'proxy not found');
const noToxic = refusal(404, 'toxic not found');
const noPage = always(text(404, '404 page not found'));
const badBody = (why: string, hint?: string) => refusal(400, why, hint);
const badJson = (why: string) => badBody(`bad request body: ${why}`);

const labOnly = refusal(
  403,
  "the proxies are a lab's links, which can be neither made, changed nor deleted",
  "add toxics to them ('down' cuts one off), or use 'steadfast proxy', whose proxies are your own",
);

/** `/proxies/shop-1-to-database/toxics/slow`, or a beginning of it. */
const proxyPath = /^\/proxies\/([^/]+)(?:(\/toxics)(?:\/([^/]+))?)?$/;

/** An object whose keys are sorted, as Go writes its maps; whatever the names are. */
const sortedObject = (entries: readonly (readonly [name: string, value: unknown])[]): string =>
  `{${entries
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
    .join(',')}}`;

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/**
 * The control of proxies, in the words of Toxiproxy's API. The proxies of a lab are its links, which it lists but cannot make; the
 * toxics are those that it was told to add since it was started.
 */
export function createControl({ plane, book, metrics }: ControlOptions): (ask: Ask) => Promise<Answer> {
  const { own } = plane;
  const shown = (proxy: PlaneProxy) => shownProxy(proxy, book.toxicsOf(proxy.name));
  const refused = ({ status, error, hint }: Refused) => refusal(status, error, hint);

  const create = async (body: string): Promise<Answer> => {
    if (own === undefined) return labOnly;
    const read = readJson(body);
    if ('refused' in read) return badJson(read.refused);
    const sent = readProxy(read.json);
    if ('refused' in sent) return badBody(sent.refused, sent.hint);
    const done = await own.open(wanted(sent));
    if ('refused' in done) return refused(done.refused);
    for (const { toxic, ttlMs = 0 } of sent.toxics) await book.add(sent.name, toxic, ttlMs);
    return json(201, shown(done.proxy));
  };

  const change = async (name: string, body: string): Promise<Answer> => {
    if (own === undefined) return labOnly;
    const read = readJson(body);
    if ('refused' in read) return badJson(read.refused);
    const sent = readProxyChange(read.json);
    if ('refused' in sent) return badBody(sent.refused, sent.hint);
    const done = await own.change(name, sent.change);
    return 'refused' in done ? refused(done.refused) : json(200, shown(done.proxy));
  };

  const remove = async (name: string): Promise<Answer> => {
    if (own === undefined) return labOnly;
    const isGone = await own.close(name);
    book.forget(name);
    return isGone ? empty(204) : noProxy;
  };

  /** A reset that fails leaves no toxic behind: they go first. One proxy that cannot be enabled does not keep the others from it. */
  const reset = async (): Promise<Answer> => {
    await book.clear();
    let first: Refused | undefined;
    for (const { name, enabled } of own === undefined ? [] : await plane.proxies()) {
      const done = enabled ? undefined : await own?.change(name, { enabled: true });
      // One that has gone in between need not be enabled.
      if (done !== undefined && 'refused' in done && done.refused.status !== 404) first ??= done.refused;
    }
    return first === undefined ? empty(204) : refused(first);
  };

  const list = async (): Promise<Answer> => {
    const proxies = await plane.proxies();
    return { ...json(200, {}), body: sortedObject(proxies.map((proxy) => [proxy.name, shown(proxy)])) };
  };

  const addToxic = async (proxy: string, body: string): Promise<Answer> => {
    const read = readJson(body);
    if ('refused' in read) return badJson(read.refused);
    const sent = readToxic(read.json, (name) => book.find(proxy, name) !== undefined);
    if ('refused' in sent) return badBody(sent.refused, sent.hint);
    const added = 'taken' in sent ? undefined : await book.add(proxy, sent.toxic, sent.ttlMs ?? 0);
    return added === undefined ? refusal(409, 'toxic already exists') : json(200, shownToxic(added));
  };

  const changeToxic = async (proxy: string, name: string, body: string): Promise<Answer> => {
    const before = book.find(proxy, name);
    if (before === undefined) return noToxic;
    const read = readJson(body);
    if ('refused' in read) return badJson(read.refused);
    const sent = readToxicUpdate(read.json, before.toxic);
    if ('refused' in sent) return badBody(sent.refused, sent.hint);
    const changed = await book.update(proxy, sent.toxic, sent.ttlMs);
    return changed === undefined ? noToxic : json(200, shownToxic(changed));
  };

  /** What is done with a proxy that is there. */
  const onProxy =
    (name: string | undefined, work: (proxy: PlaneProxy) => Promise<Answer>): Route =>
    async () => {
      const proxy = (await plane.proxies()).find((one) => one.name === name);
      return proxy === undefined ? noProxy : work(proxy);
    };

  const ofProxy = (name: string | undefined, body: Ask['body']): Routes => {
    const changing = onProxy(name, async (proxy) => change(proxy.name, await body()));
    return routes({
      GET: onProxy(name, async (proxy) => json(200, shown(proxy))),
      PATCH: changing,
      POST: changing,
      DELETE: onProxy(name, (proxy) => remove(proxy.name)),
    });
  };

  const ofToxics = (name: string | undefined, body: Ask['body']): Routes =>
    routes({
      GET: onProxy(name, async (proxy) => json(200, book.toxicsOf(proxy.name).map(shownToxic))),
      POST: onProxy(name, async (proxy) => addToxic(proxy.name, await body())),
    });

  const ofToxic = (name: string | undefined, toxic: string, body: Ask['body']): Routes => {
    const changing = onProxy(name, async (proxy) => changeToxic(proxy.name, toxic, await body()));
    return routes({
      GET: onProxy(name, async (proxy) => {
        const known = book.find(proxy.name, toxic);
        return known === undefined ? noToxic : json(200, shownToxic(known));
      }),
      PATCH: changing,
      POST: changing,
      DELETE: onProxy(name, async (proxy) => ((await book.remove(proxy.name, toxic)) ? empty(204) : noToxic)),
    });
  };

  const topOf = (path: string, body: Ask['body']): Routes | undefined => {
    switch (path) {
      case '/version':
        return routes({ GET: async () => versionAnswer(version) });
      case '/proxies':
        return routes({ GET: list, POST: async () => create(await body()) });
      case '/populate':
        return routes({
          POST: async () => (own === undefined ? labOnly : answerPopulate(await body(), plane, own, book)),
        });
      case '/reset':
        return routes({ POST: reset });
      case '/metrics':
        return metrics === undefined ? undefined : routes({ GET: async () => metricsText(metrics()) });
      default:
        return undefined;
    }
  };

  const routesOf = ({ path, body }: Ask): Routes => {
    const top = topOf(path, body);
    if (top !== undefined) return top;
    const [, proxy, below, toxic] = proxyPath.exec(path) ?? [];
    if (proxy === undefined) return noPage;
    const name = decoded(proxy);
    if (below === undefined) return ofProxy(name, body);
    return toxic === undefined ? ofToxics(name, body) : ofToxic(name, decoded(toxic) ?? '', body);
  };

  return async (ask) => {
    const found = routesOf(ask);
    const route = found.get(ask.method) ?? found.get('*');
    return route === undefined ? empty(405) : route();
  };
}
