import { isMap, isNode, isScalar, isSeq, type Node, parseAllDocuments, type YAMLSeq } from 'yaml';
import type { Mended } from '../contract.ts';
import type { Source } from '../source/source.ts';
import type { NamespaceMend } from './namespaces.ts';

/** A stretch of the text, and what takes its place. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The source with other namespaces, and everything else as it stands there. */
export function mendedSource(source: Source, mends: readonly NamespaceMend[]): Mended | undefined {
  if (mends.length === 0) return undefined;
  const parsed = parseAllDocuments(source.text.replace(/^\uFEFF/, ''), { logLevel: 'error' });
  const documents = [...parsed].filter(
    ({ contents }) => contents !== null && !(isScalar(contents) && contents.value === null),
  );
  const before = source.text.replace(/^\uFEFF/, '');
  const edits = mends.flatMap(({ document, selector, namespace }): Edit[] => {
    const node: unknown = documents[document]?.getIn(selector, true);
    return isNode(node) ? editsOf(node, namespace, before) : [];
  });
  const distinct = [...new Map(edits.map((edit) => [edit.from, edit])).values()];
  const after = distinct
    .toSorted((a, b) => b.from - a.from)
    .reduce((text, { from, to, text: put }) => `${text.slice(0, from)}${put}${text.slice(to)}`, before);
  return { before, after, why: [...new Set(mends.map(({ why }) => why))] };
}

function editsOf(selector: Node, namespace: string, text: string): Edit[] {
  if (!isMap(selector)) return [];
  const named: unknown = selector.get('namespaces', true);
  if (isSeq(named)) return listed(named, namespace, text);
  if (isNode(named)) return replaced(named, `[${namespace}]`);
  return added(selector.items[0]?.key, namespace, text, selector.flow === true);
}

/** One namespace is written over; of several the first is, and the others go. */
function listed(list: YAMLSeq, namespace: string, text: string): Edit[] {
  const [only, ...others] = list.items;
  const last = list.items.at(-1);
  if (!isNode(only) || !isNode(last)) return [];
  const word = quoted(text, only) ? `"${namespace}"` : namespace;
  if (others.length === 0) return replaced(only, word);
  const [from, to] = [list.range?.[0], list.flow === true ? list.range?.[1] : last.range?.[1]];
  if (from === undefined || to === undefined) return [];
  return [{ from, to, text: list.flow === true ? `[${word}]` : `- ${word}` }];
}

/** The namespaces stand before the first key, as that does. */
function added(key: unknown, namespace: string, text: string, isFlow: boolean): Edit[] {
  const from = isNode(key) ? key.range?.[0] : undefined;
  if (from === undefined || !isNode(key)) return [];
  if (isFlow) {
    const put = quoted(text, key) ? `"namespaces": ["${namespace}"], ` : `namespaces: [${namespace}], `;
    return [{ from, to: from, text: put }];
  }
  const column = from - (text.lastIndexOf('\n', from - 1) + 1);
  return [{ from, to: from, text: `namespaces: [${namespace}]\n${' '.repeat(column)}` }];
}

function replaced(node: Node, text: string): Edit[] {
  const [from, to] = node.range ?? [];
  return from === undefined || to === undefined ? [] : [{ from, to, text }];
}

/** Whether it is written in quotes, as JSON has it. */
const quoted = (text: string, node: Node): boolean => /^\s*[[{]?\s*"/.test(text.slice(node.range?.[0] ?? 0));
