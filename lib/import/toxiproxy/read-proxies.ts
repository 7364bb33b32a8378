import { entriesOf, isData, itemsOf, type Node, textOf, under } from '../drafting/node.ts';
import type { Source, SourceDocument } from '../source/source.ts';

/** A place in one of several documents. */
export interface Placed extends Node {
  readonly document: SourceDocument;
}

/** A toxic as the source gives it: the parts that are there. */
export interface SourceToxic {
  readonly node: Placed;
  readonly name?: Placed;
  readonly type?: Placed;
  readonly stream?: Placed;
  readonly toxicity?: Placed;
  readonly attributes?: Placed;
}

/** A proxy as the source gives it, with its toxics. */
export interface SourceProxy {
  readonly node: Placed;
  readonly name?: Placed;
  readonly listen?: Placed;
  readonly upstream?: Placed;
  readonly enabled?: Placed;
  readonly toxics: readonly SourceToxic[];
}

export interface Read {
  readonly proxies: readonly SourceProxy[];
  /** Calls of Python that make no proxy and add no toxic. */
  readonly others: readonly SourceDocument[];
}

const at = (document: SourceDocument, node: Node | undefined): Placed | undefined =>
  node === undefined ? undefined : { ...node, document };

const rootOf = (document: SourceDocument): Placed => ({ document, path: [], value: document.value });

/** Whether a value is a proxy of a configuration file, however broken. */
export const isProxy = (value: unknown): boolean =>
  isData(value) &&
  Object.hasOwn(value, 'upstream') &&
  (Object.hasOwn(value, 'listen') || Object.hasOwn(value, 'name'));

/** Where the proxies of a document stand: a list, as in a file; or a map by name, as the API answers. */
export function proxiesIn(document: SourceDocument): Placed[] {
  const root = rootOf(document);
  const inner = under(root, 'proxies') ?? root;
  const nodes = [...itemsOf(inner), ...entriesOf(inner).map(([, node]) => node)];
  const found = nodes.some(({ value }) => isProxy(value)) ? nodes : [];
  return found.map((node) => ({ ...node, document }));
}

/** Whether a call of Python makes a proxy: `client.create("db", listen=..., upstream=...)`. */
export const makesProxy = ({ value, python }: SourceDocument): boolean =>
  python !== undefined &&
  isData(value) &&
  (value['call'] === 'create' || value['call'] === 'create_proxy') &&
  ((isData(value['arguments']) && Object.hasOwn(value['arguments'], 'upstream')) ||
    hasThree(value['positional']));

/** A name, where it listens and where it leads. */
const hasThree = (positional: unknown): boolean =>
  Array.isArray(positional) &&
  positional.length >= 3 &&
  positional.slice(0, 3).every((one) => typeof one === 'string');

const addsToxic = ({ value, python }: SourceDocument): boolean =>
  python !== undefined && isData(value) && (value['call'] === 'add_toxic' || value['call'] === 'toxic');

/** The proxies of a source, of a file or of calls. */
export function readProxies({ documents }: Source): Read {
  const calls = documents.filter(({ python }) => python !== undefined);
  const inFiles = documents
    .filter(({ python }) => python === undefined)
    .flatMap(proxiesIn)
    .map(proxyOf);
  const makers = calls.filter(makesProxy);
  const toxics = calls.filter(addsToxic);
  const made = makers.map((maker) => ({
    ...proxyOfCall(maker),
    toxics: toxics.filter((toxic) => belongs(toxic, maker, makers.length)).map(toxicOfCall),
  }));
  const used = new Set<SourceDocument>([
    ...makers,
    ...made.flatMap((one) => one.toxics.map(({ node }) => node.document)),
  ]);
  return { proxies: [...inFiles, ...made], others: calls.filter((call) => !used.has(call)) };
}

function proxyOf(node: Placed): SourceProxy {
  const { document } = node;
  const part = (key: string) => at(document, under(node, key));
  return {
    node,
    ...parts({
      name: part('name'),
      listen: part('listen'),
      upstream: part('upstream'),
      enabled: part('enabled'),
    }),
    toxics: itemsOf(part('toxics')).map((toxic) => toxicOf({ ...toxic, document })),
  };
}

const toxicOf = (node: Placed): SourceToxic => {
  const part = (key: string) => at(node.document, under(node, key));
  return {
    node,
    ...parts({
      name: part('name'),
      type: part('type'),
      stream: part('stream'),
      toxicity: part('toxicity'),
      attributes: part('attributes'),
    }),
  };
};

/** What a call is given by name, else by its place. */
function argument(document: SourceDocument, name: string, place: number): Placed | undefined {
  const root = rootOf(document);
  const named = under(under(root, 'arguments'), name);
  return at(document, named ?? itemsOf(under(root, 'positional'))[place]);
}

const proxyOfCall = (document: SourceDocument): Omit<SourceProxy, 'toxics'> => ({
  node: rootOf(document),
  ...parts({
    name: argument(document, 'name', 0),
    listen: argument(document, 'listen', 1),
    upstream: argument(document, 'upstream', 2),
    enabled: argument(document, 'enabled', 3),
  }),
});

const toxicOfCall = (document: SourceDocument): SourceToxic => ({
  node: rootOf(document),
  ...parts({
    name: argument(document, 'name', 0),
    type: argument(document, 'type', 1),
    stream: argument(document, 'stream', 2),
    toxicity: argument(document, 'toxicity', 3),
    attributes: argument(document, 'attributes', 4),
  }),
});

/** Whether a toxic is added to what a call made: by the name that its statement, or the function around it, gives to it. */
function belongs(toxic: SourceDocument, maker: SourceDocument, makers: number): boolean {
  const on = toxic.python?.on;
  return makers === 1 || (on !== undefined && (on === maker.python?.assigned || on === maker.python?.within));
}

/** The parts that are there. */
function parts<K extends string>(
  all: Readonly<Record<K, Placed | undefined>>,
): { readonly [Key in K]?: Placed } {
  const found: { [Key in K]?: Placed } = {};
  for (const key of keysOf(all)) {
    const part = all[key];
    if (part !== undefined) found[key] = part;
  }
  return found;
}

const keysOf = <K extends string>(record: Readonly<Record<K, unknown>>): K[] => {
  const keys: K[] = [];
  for (const key in record) keys.push(key);
  return keys;
};

/** The name of a proxy, where it has one. */
export const nameOf = ({ name }: SourceProxy): string | undefined => textOf(name);
