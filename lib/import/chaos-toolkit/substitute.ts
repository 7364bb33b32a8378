import { isData } from '../drafting/node.ts';
import type { ToolkitWork } from './toolkit-work.ts';

/** A value after `${name}` was put in: names that nobody knows yet, and secrets, stay as they were written. */
export interface Substituted {
  readonly value: unknown;
  /** Names whose values are known only where the experiment runs. */
  readonly unknown: readonly string[];
  readonly secrets: readonly string[];
}

/** As much is put in at once, in letters: a value that is put in again and again could fill any memory. */
const mostLetters = 100_000;

const placeholder = /\$\$|\$\{([A-Za-z_][A-Za-z0-9_]*)\}|\$([A-Za-z_][A-Za-z0-9_]*)/g;
const onlyPlaceholder = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/;

/** Puts in what placeholders stand for, as Chaos Toolkit does: a text that is one placeholder keeps the type of its value. */
export function substitute(work: Pick<ToolkitWork, 'variables'>, value: unknown): Substituted {
  const unknown = new Set<string>();
  const secrets = new Set<string>();
  let letters = 0;
  const known = (name: string): { readonly value: unknown } | undefined => {
    const variable = work.variables.get(name);
    if (variable?.kind === 'plain') return { value: variable.value };
    if (variable?.kind === 'secret') secrets.add(name);
    else unknown.add(name);
    return undefined;
  };
  const text = (written: string): unknown => {
    const [, only] = onlyPlaceholder.exec(written) ?? [];
    if (only !== undefined) return (known(only) ?? { value: written }).value;
    return written.replaceAll(placeholder, (match, braced?: string, bare?: string) => {
      if (match === '$$') return '$';
      const name = braced ?? bare ?? '';
      // Python's templates take $name as well; what is no name of this experiment's is a text with a dollar sign.
      if (braced === undefined && !work.variables.has(name)) return match;
      const found = known(name);
      if (found === undefined) return match;
      const shown = typeof found.value === 'string' ? found.value : (JSON.stringify(found.value) ?? '');
      letters += shown.length;
      return letters > mostLetters ? match : shown;
    });
  };
  const walk = (node: unknown): unknown => {
    if (typeof node === 'string') return text(node);
    if (Array.isArray(node)) return node.map(walk);
    if (!isData(node)) return node;
    return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, walk(item)]));
  };
  return { value: walk(value), unknown: [...unknown], secrets: [...secrets] };
}
