import { isData } from '../drafting/node.ts';
import { secretsIn } from '../secret-values.ts';
import { textIn } from './fields/field-tree.ts';

/**
 * The secrets of a document that its keys alone do not tell: pairs of a name and a value (headers and queries of HTTPChaos,
 * variables of a container), bodies of requests, and all that a Secret of Kubernetes holds.
 */
export function manifestSecrets(value: unknown): string[] {
  if (isData(value) && value['kind'] === 'Secret') return textsIn([value['data'], value['stringData']]);
  return hiddenIn(value, '');
}

function hiddenIn(value: unknown, key: string): string[] {
  if (typeof value === 'string') return key === 'body' || key === 'value' ? ofBody(value) : [];
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    const [name, text, ...others] = items;
    const pair =
      typeof name === 'string' && typeof text === 'string' && others.length === 0 ? named(name, text) : [];
    return [...pair, ...items.flatMap((item) => hiddenIn(item, key))];
  }
  if (!isData(value)) return [];
  const variable = typeof value['name'] === 'string' ? named(value['name'], textIn(value['value'])) : [];
  return [...variable, ...Object.entries(value).flatMap(([inner, item]) => hiddenIn(item, inner))];
}

const named = (name: string, text: string): string[] => secretsIn({ [name]: text });

/** A body is JSON, or the fields of a form. */
function ofBody(text: string): string[] {
  try {
    return secretsIn(JSON.parse(text));
  } catch {
    return [...new URLSearchParams(text)].flatMap(([name, item]) => named(name, item));
  }
}

function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isData(value) ? Object.values(value).flatMap(textsIn) : [textIn(value)];
}
