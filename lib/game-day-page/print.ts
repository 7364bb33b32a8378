import { escapeHtml, type Html, trusted } from '../report/html.ts';
import type { Piece } from './view/tree.ts';

function print(piece: Piece | string): string {
  if (typeof piece === 'string') return escapeHtml(piece);
  const attributes = Object.entries(piece.attributes)
    .map(([name, value]) => ` ${name}="${escapeHtml(value)}"`)
    .join('');
  const opening = `<${piece.tag}${attributes}>`;
  return piece.tag === 'input' ? opening : `${opening}${piece.children.map(print).join('')}</${piece.tag}>`;
}

/** Pieces of the page as markup; text and attributes are escaped. */
export const printed = (pieces: readonly (Piece | string)[]): Html => trusted(pieces.map(print).join(''));
