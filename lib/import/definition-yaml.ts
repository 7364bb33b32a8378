import { Document, isMap, isNode, isScalar } from 'yaml';
import type { Decision, Draft } from './contract.ts';
import type { Path } from './field.ts';

/** The longest line of a text before it is folded. */
const width = 100;

/**
 * A definition as a file of YAML, with each open decision as a comment where it has to be made.
 *
 * @param origin what it was imported from, such as `slow.json (Chaos Toolkit)`
 */
export function definitionYaml(draft: Draft, decisions: readonly Decision[], origin: string): string {
  const document = new Document(draft.definition, { aliasDuplicateObjects: false });
  const elsewhere = decisions.filter(({ path, question }) => !comment(document, path, commentOf(question)));
  document.commentBefore = [
    ` imported from ${oneLine(origin)}`,
    ...elsewhere.map(({ question }) => commentOf(question)),
  ].join('\n');
  return document.toString({ lineWidth: width });
}

const commentOf = (question: string): string => ` decide: ${oneLine(question)}`;

/** A comment ends with its line, whatever a text holds; and halves of letters no file can hold. */
const oneLine = (text: string): string => text.toWellFormed().replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');

/** Puts a comment before a key or item; false where there is none at the path. */
function comment(document: Document, path: Path, text: string): boolean {
  const last = path.at(-1);
  if (last === undefined) return false;
  const above: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const node: unknown = isMap(above)
    ? above.items.find(({ key }) => isScalar(key) && key.value === last)?.key
    : document.getIn(path, true);
  if (!isNode(node)) return false;
  node.commentBefore = [node.commentBefore, text].filter(Boolean).join('\n');
  return true;
}
