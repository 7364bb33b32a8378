import type { Piece } from '../view/tree.ts';

/** An element of a piece. Text becomes text nodes: nothing of it is ever read as markup. */
export function make(piece: Piece | string): Node {
  if (typeof piece === 'string') return document.createTextNode(piece);
  const element = document.createElement(piece.tag);
  for (const [name, value] of Object.entries(piece.attributes)) element.setAttribute(name, value);
  element.append(...piece.children.map(make));
  return element;
}
