import { entriesOf, isData, type Node, under } from '../drafting/node.ts';
import { secretsIn } from '../secret-values.ts';

/** What `${name}` stands for. */
export type Variable =
  | { readonly kind: 'plain'; readonly value: unknown }
  /** Known only where the experiment runs. */
  | { readonly kind: 'unknown' }
  /** A secret, by the name that it gets here. Its value is nowhere. */
  | { readonly kind: 'secret' };

const placeholder = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** The names that any text of a document puts in. */
export function namesUsedIn(value: unknown): ReadonlySet<string> {
  const used = new Set<string>();
  const walk = (node: unknown): void => {
    if (typeof node === 'string') for (const [, name = ''] of node.matchAll(placeholder)) used.add(name);
    else if (Array.isArray(node)) node.forEach(walk);
    else if (isData(node)) Object.values(node).forEach(walk);
  };
  walk(value);
  return used;
}

/** What became of one entry of the configuration or of a group of secrets. */
interface Entry {
  /** `default`: of the process's environment, with a default; `environment`: without one; `dynamic`: what a probe finds. */
  readonly kind: 'plain' | 'default' | 'environment' | 'dynamic' | 'secret';
  readonly node: Node;
  readonly name: string;
}

export interface Variables {
  readonly variables: ReadonlyMap<string, Variable>;
  readonly configuration: readonly Entry[];
  readonly secrets: readonly Entry[];
  /** Every text that is a secret by where it stands. */
  readonly secretTexts: readonly string[];
}

/** What the configuration and the secrets of an experiment say; the process's own environment is never read. */
export function variablesOf(root: Node): Variables {
  const configuration = entriesOf(under(root, 'configuration')).map(([name, node]) => entryOf(name, node));
  const groups = entriesOf(under(root, 'secrets'));
  const secrets = groups.flatMap(([group, node]): Entry[] =>
    isData(node.value)
      ? entriesOf(node).map(([name, inner]) => ({ kind: 'secret', node: inner, name }))
      : [{ kind: 'secret', node, name: group }],
  );
  const variables = new Map<string, Variable>();
  // The configuration is looked up before the secrets.
  for (const entry of [...configuration, ...secrets]) {
    if (!variables.has(entry.name)) variables.set(entry.name, variableOf(entry));
  }
  const texts = [...secrets, ...configuration.filter(({ kind }) => kind === 'secret')];
  return { variables, configuration, secrets, secretTexts: texts.flatMap(({ node }) => secretTextsIn(node)) };
}

/** Whether a value would be taken for a secret for its name alone. */
const looksSecret = (name: string): boolean => secretsIn('text', name).length > 0;

function entryOf(name: string, node: Node): Entry {
  const { value } = node;
  if (isData(value) && value['type'] === 'env') {
    if (Object.hasOwn(value, 'default')) {
      const isSecret = looksSecret(name) || secretsIn(value['default']).length > 0;
      return { kind: isSecret ? 'secret' : 'default', node, name };
    }
    return looksSecret(name) ? { kind: 'secret', node, name } : { kind: 'environment', node, name };
  }
  if (isData(value) && value['type'] === 'probe') return { kind: 'dynamic', node, name };
  return { kind: secretsIn(value, name).length > 0 ? 'secret' : 'plain', node, name };
}

function variableOf(entry: Entry): Variable {
  switch (entry.kind) {
    case 'plain':
      return { kind: 'plain', value: entry.node.value };
    case 'default':
      return { kind: 'plain', value: typedDefault(entry.node) };
    case 'secret':
      return { kind: 'secret' };
    case 'environment':
    case 'dynamic':
      return { kind: 'unknown' };
  }
}

/** A default in the type that the entry asks for. */
function typedDefault(node: Node): unknown {
  const value = under(node, 'default')?.value;
  const type = under(node, 'env_var_type')?.value;
  if ((type === 'int' || type === 'float') && typeof value === 'string' && value.trim() !== '') {
    const number = Number(value);
    return Number.isFinite(number) ? number : value;
  }
  if (type === 'bool' && typeof value === 'string') return /^(true|1|t|y|yes|on)$/i.test(value.trim());
  return value;
}

/** Keys of an entry that say where a secret is, and are none themselves. */
const places: readonly string[] = ['type', 'key', 'path', 'env_var_type'];

/** The texts of a secret entry, but for those that say where the secret is to be found. */
function secretTextsIn(node: Node): string[] {
  const { value } = node;
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap((item: unknown) => secretTextsIn({ path: [], value: item }));
  if (!isData(value)) return [];
  const saysWhere = value['type'] === 'env' || value['type'] === 'vault';
  return Object.entries(value).flatMap(([key, item]) =>
    saysWhere && places.includes(key) ? [] : secretTextsIn({ path: [], value: item }),
  );
}
