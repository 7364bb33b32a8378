import { readFile } from 'node:fs/promises';
import { placed } from '../../definitions/load-definition.ts';
import { readData } from '../../definitions/read-data.ts';
import { suggest, withSuggestion } from '../../definitions/suggest.ts';
import { messageOf, type Problem, SteadfastError } from '../../experiment/steadfast-error.ts';
import { readProxy, type SentProxy } from '../../lab/proxy/control/read-proxy.ts';
import { toxicTypes } from '../../lab/proxy/toxic-types.ts';

const proxyKeys = ['name', 'listen', 'upstream', 'enabled', 'ttl', 'toxics'] as const;
const toxicKeys = ['name', 'type', 'stream', 'toxicity', 'attributes', 'ttl'] as const;

const form =
  'write a list of proxies, as Toxiproxy’s files are: - { name: database, listen: "127.0.0.1:5433", upstream: "127.0.0.1:5432" }';

type Path = Problem['path'];

const keysOf = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];

const keyOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

/** Keys that mean nothing: in a request they do not count, in a file they are slips. */
function unknownKeys(value: unknown, known: readonly string[], path: Path): Problem[] {
  return keysOf(value)
    .filter((key) => !known.includes(key))
    .map((key) =>
      withSuggestion(
        {
          code: 'unknown-key',
          path: [...path, key],
          message: `there is no key '${key}' here`,
          candidates: known,
        },
        key,
      ),
    );
}

function unknownAttributes(toxic: unknown, path: Path): Problem[] {
  const type = toxicTypes.get(String(keyOf(toxic, 'type')));
  const attributes = keyOf(toxic, 'attributes');
  const read = type?.attributes.safeParse(attributes ?? {});
  return read?.success === true
    ? unknownKeys(attributes, Object.keys(read.data), [...path, 'attributes'])
    : [];
}

function slipsOf(proxy: unknown, index: number): Problem[] {
  const toxics = keyOf(proxy, 'toxics');
  return [
    ...unknownKeys(proxy, proxyKeys, [index]),
    ...(Array.isArray(toxics) ? toxics : []).flatMap((toxic: unknown, place) => {
      const path = [index, 'toxics', place] as const;
      return [...unknownKeys(toxic, toxicKeys, path), ...unknownAttributes(toxic, path)];
    }),
  ];
}

const typeHint = (got: unknown): string => {
  const names = [...toxicTypes.keys()];
  const meant = typeof got === 'string' ? suggest(got, names) : undefined;
  return meant === undefined ? `known here: ${names.join(', ')}` : `did you mean '${meant}'?`;
};

/** The value that a path in a document leads to. */
const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, step) => keyOf(inner, String(step)), value);

const missing = /^missing required field/;

/** What is wrong with one proxy of a file; the proxy where nothing is. */
function readOne(
  value: unknown,
  index: number,
): { readonly proxy: SentProxy } | { readonly problems: Problem[] } {
  const slips = slipsOf(value, index);
  const read = readProxy(value);
  if (!('refused' in read)) return slips.length === 0 ? { proxy: read } : { problems: slips };
  const field = String(read.path.at(-1));
  // A key that is missing only because it is misspelt: the slip says so.
  const isSlip =
    missing.test(read.refused) &&
    slips.some(({ path }) => suggest(String(path.at(-1)), [field]) !== undefined);
  if (isSlip) return { problems: slips };
  const path = [index, ...read.path];
  const hint = field === 'type' ? typeHint(at(value, read.path)) : read.hint;
  const message = missing.test(read.refused) ? `is missing: a text is needed` : (read.plain ?? read.refused);
  return {
    problems: [
      ...slips,
      {
        code: missing.test(read.refused) ? 'missing' : 'invalid',
        path,
        message,
        ...(hint === undefined ? {} : { hint }),
      },
    ],
  };
}

/** The places of names that another proxy of the file has already. */
const doubled = (proxies: readonly (SentProxy | undefined)[]): Problem[] =>
  proxies.flatMap((proxy, index) =>
    proxy !== undefined && proxies.findIndex((other) => other?.name === proxy.name) < index
      ? [
          {
            code: 'doubled-name',
            path: [index, 'name'],
            message: `'${proxy.name}' is the name of another proxy above`,
            hint: 'name each proxy once',
          },
        ]
      : [],
  );

/**
 * Reads a file of proxies: Toxiproxy's own form in JSON or YAML, with toxics.
 *
 * @throws SteadfastError `invalid` with every problem, its place and how to mend it
 */
export async function readProxyFile(file: string, shown: string): Promise<readonly SentProxy[]> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    throw new SteadfastError('invalid', `${shown} cannot be read: ${messageOf(cause)}`, { cause });
  }
  const refuse = (problems: readonly Problem[]) =>
    new SteadfastError('invalid', `${shown} is no list of proxies that can be made`, { problems });
  const document = readData(file, bytes);
  if ('problems' in document) throw refuse(document.problems);
  const { value } = document;
  const list: readonly unknown[] | undefined = Array.isArray(value) ? value : undefined;
  if (list === undefined)
    throw refuse([placed({ code: 'wrong-type', path: [], message: 'is no list', hint: form }, document)]);
  const read = list.map(readOne);
  const proxies = read.map((one) => ('proxy' in one ? one.proxy : undefined));
  const problems = [...read.flatMap((one) => ('problems' in one ? one.problems : [])), ...doubled(proxies)];
  if (problems.length > 0) throw refuse(problems.map((problem) => placed(problem, document)));
  return proxies.filter((proxy) => proxy !== undefined);
}
