import { isSameAddress } from './addresses.ts';
import { type Answer, json, refusedBody, shownProxy } from './answer.ts';
import type { Book } from './book.ts';
import { goKind } from './go-types.ts';
import type { OwnProxies, Plane, PlaneProxy, Refused } from './plane.ts';
import { readJson } from './read-json.ts';
import { readProxy, type SentProxy, wanted } from './read-proxy.ts';

/** What Go calls the type that a list of proxies is read into, as Toxiproxy's answer says it. */
const listType = '[]struct { toxiproxy.Proxy; Enabled *bool "json:\\"enabled\\"" }';

const badRequest = 400;

/** Reads a list of proxies, all of it before any of it counts. */
function readProxies(
  value: unknown,
): { readonly proxies: readonly SentProxy[] } | { readonly refused: Refused } {
  if (value === null) return { proxies: [] };
  if (!Array.isArray(value)) {
    const error = `bad request body: json: cannot unmarshal ${goKind(value)} into Go value of type ${listType}`;
    return { refused: { status: badRequest, error } };
  }
  const proxies: SentProxy[] = [];
  for (const [index, one] of value.entries()) {
    const read = readProxy(one, ` at proxy ${index + 1}`);
    if ('refused' in read) return { refused: { status: badRequest, error: read.refused, hint: read.hint } };
    if (proxies.some(({ name }) => name === read.name))
      return {
        refused: {
          status: badRequest,
          error: `bad request body: duplicate proxy name "${read.name}" at proxy ${index + 1}`,
          hint: 'name each proxy once: the second would replace the first',
        },
      };
    proxies.push(read);
  }
  return { proxies };
}

type Populated = { readonly proxy: PlaneProxy } | { readonly refused: Refused };

/** Makes a proxy that is not there, keeps one that is the same (switched on or off as asked), and replaces one that is another. */
async function populateOne(sent: SentProxy, plane: Plane, own: OwnProxies, book: Book): Promise<Populated> {
  const before = (await plane.proxies()).find(({ name }) => name === sent.name);
  const same =
    before !== undefined &&
    isSameAddress(before.listen, sent.listen) &&
    isSameAddress(before.upstream, sent.upstream);
  const { listen, upstream, enabled = true, ttlMs } = sent;
  // What is replaced keeps its place: where the new address is taken it can be led back, as in Toxiproxy.
  if (before !== undefined && !same) await book.clear(sent.name);
  const changed = same ? { enabled, ttlMs } : { listen, upstream, enabled, ttlMs: ttlMs ?? 0 };
  const done = before === undefined ? await own.open(wanted(sent)) : await own.change(sent.name, changed);
  if ('refused' in done) return done;
  // Clients send an empty list with every proxy: it leaves those that are there.
  if (sent.toxics.length > 0) await book.clear(sent.name);
  for (const { toxic, ttlMs: toxicTtlMs = 0 } of sent.toxics) await book.add(sent.name, toxic, toxicTtlMs);
  return done;
}

/** Puts proxies in place; what was done before one of them was refused stays, as in Toxiproxy. */
export async function populate(
  sent: readonly SentProxy[],
  plane: Plane,
  own: OwnProxies,
  book: Book,
): Promise<{
  readonly proxies: readonly PlaneProxy[];
  readonly refused?: Refused & { readonly name: string };
}> {
  const proxies: PlaneProxy[] = [];
  for (const one of sent) {
    const done = await populateOne(one, plane, own, book);
    if ('refused' in done) return { proxies, refused: { ...done.refused, name: one.name } };
    proxies.push(done.proxy);
  }
  return { proxies };
}

/** Answers `POST /populate`, whose errors are JSON by their header too. */
export async function answerPopulate(
  body: string,
  plane: Plane,
  own: OwnProxies,
  book: Book,
): Promise<Answer> {
  const refuse = (refused: Refused, proxies: readonly PlaneProxy[] = []) =>
    json(refused.status, { ...refusedBody(refused), proxies: shown(proxies) });
  const shown = (proxies: readonly PlaneProxy[]) =>
    proxies.length === 0 ? null : proxies.map((proxy) => shownProxy(proxy, book.toxicsOf(proxy.name)));
  const read = readJson(body);
  if ('refused' in read) return refuse({ status: badRequest, error: `bad request body: ${read.refused}` });
  const list = readProxies(read.json);
  if ('refused' in list) return refuse(list.refused);
  const { proxies, refused } = await populate(list.proxies, plane, own, book);
  return refused === undefined ? json(201, { proxies: shown(proxies) }) : refuse(refused, proxies);
}
