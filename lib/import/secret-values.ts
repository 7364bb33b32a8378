/** What stands in the place of a secret. */
export const secretMark = '(secret)';

/** Keys whose texts are taken for secrets, whatever the format says of them. */
const secretKey = /secret|token|passw(or)?d|authorization|cookie|api[-_]?key|credential|private[-_]?key/i;

/** Keys that only say what a secret is called or where it lies: `secretName`, `secretNamespace`. */
const secretPlace = /(name|namespace)$/i;

const isSecretKey = (key: string): boolean => secretKey.test(key) && !secretPlace.test(key);

/** Shorter texts are in so many words that taking them out would make nonsense of a report. */
const shortest = 4;

/**
 * The texts of a document that are secrets by the look of them: what stands under a key such as `password` or `Authorization`,
 * and the user and password of a URL. A format adds those that it knows of.
 */
export function secretsIn(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return [...(isSecretKey(key) ? [value] : []), ...credentialsOf(value)];
  if (Array.isArray(value)) return value.flatMap((item) => secretsIn(item, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => [...credentialsOf(name), ...secretsIn(item, name)]);
}

/**
 * The password of a URL, and what its query gives under a key that looks secret. No pattern begins anywhere but at a mark that it
 * cannot run over again: otherwise a long text would take the square of its length.
 */
function credentialsOf(text: string): string[] {
  const found: string[] = [];
  for (const [, password] of text.matchAll(/:\/\/[^\s/@:]*:([^\s/@]+)@/g)) {
    if (password !== undefined) found.push(password);
  }
  for (const [, key = '', value] of text.matchAll(/[?&]([^=&?\s#]+)=([^&\s#]+)/g)) {
    if (value !== undefined && isSecretKey(key)) found.push(value);
  }
  const [, bearer] = /^\s*(?:bearer|basic|token)\s+(\S{8,})/i.exec(text) ?? [];
  return bearer === undefined ? found : [...found, bearer];
}

/** Takes secrets out of everything that is a text in a value, also out of keys. */
export function withoutSecrets<T>(value: T, secrets: readonly string[]): T;
export function withoutSecrets(value: unknown, secrets: readonly string[]): unknown {
  const all = byBeginning(secrets);
  if (all.size === 0) return value;
  const clean = (text: string) => cleaned(text, all);
  const walk = (node: unknown): unknown => {
    if (typeof node === 'string') return clean(node);
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([key, item]) => [clean(key), walk(item)]));
  };
  return walk(value);
}

type Secrets = ReadonlyMap<string, readonly string[]>;

/**
 * Secrets by their first letters, the longest first, so that no rest of one is left where another is its beginning. Of what holds the
 * mark already only the rest is one: what was imported once is imported again as it stands.
 */
function byBeginning(secrets: readonly string[]): Secrets {
  const sorted = [...new Set(secrets.flatMap((secret) => secret.split(secretMark)))]
    .filter((secret) => secret.length >= shortest)
    .sort((a, b) => b.length - a.length);
  return Map.groupBy(sorted, (secret) => secret.slice(0, shortest));
}

/** Looks at each place of a text once, however many secrets there are. */
function cleaned(text: string, secrets: Secrets): string {
  let clean = '';
  for (let at = 0; at < text.length; ) {
    const secret = secrets.get(text.slice(at, at + shortest))?.find((one) => text.startsWith(one, at));
    clean += secret === undefined ? text[at] : secretMark;
    at += secret?.length ?? 1;
  }
  return clean;
}
