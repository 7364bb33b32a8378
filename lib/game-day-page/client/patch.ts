import type { Piece } from '../view/tree.ts';
import { make } from './make.ts';

/** What the browser itself sets on elements: whether details are open stays as their reader left them. */
const ofTheBrowser = new Set(['open', 'style']);

const keyOf = (node: Node): string | undefined =>
  node instanceof HTMLElement ? (node.dataset['key'] ?? (node.id === '' ? undefined : node.id)) : undefined;

const keyOfPiece = ({ attributes }: Piece): string | undefined => attributes['data-key'] ?? attributes['id'];

/** Whether a node may become a piece. */
function fits(node: Node, piece: Piece | string): boolean {
  if (typeof piece === 'string') return node instanceof Text;
  return node instanceof HTMLElement && node.localName === piece.tag && keyOf(node) === keyOfPiece(piece);
}

function patchAttributes(element: HTMLElement, { attributes }: Piece): void {
  for (const name of element.getAttributeNames())
    if (!(name in attributes) && !ofTheBrowser.has(name)) element.removeAttribute(name);
  for (const [name, value] of Object.entries(attributes))
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

function patchNode(node: Node, piece: Piece | string): void {
  if (typeof piece === 'string') {
    if (node.nodeValue !== piece) node.nodeValue = piece;
  } else if (node instanceof HTMLElement) {
    patchAttributes(node, piece);
    if (!('data-opaque' in piece.attributes)) patchChildren(node, piece.children);
  }
}

/**
 * Changes what differs, and nothing else: an element that stays keeps its focus, what was typed into it, and where it is scrolled
 * to. Those that go are taken away before others are put in, so that none of those that stay is ever moved.
 */
function patchChildren(parent: Element, pieces: readonly (Piece | string)[]): void {
  const left = [...parent.childNodes];
  const found = pieces.map((piece) => {
    const index = left.findIndex((node) => fits(node, piece));
    // What stands before it has no place any more, unless it comes out of order; then it is made anew.
    return index < 0 ? undefined : left.splice(0, index + 1).at(-1);
  });
  const kept = new Set<Node | undefined>(found);
  const gone = Array.from(parent.childNodes).filter((node) => !kept.has(node));
  for (const node of gone) node.remove();
  let next: Node | null = parent.firstChild;
  for (const [index, piece] of pieces.entries()) {
    const node = found[index];
    if (node === undefined) {
      parent.insertBefore(make(piece), next);
    } else {
      patchNode(node, piece);
      next = node.nextSibling;
    }
  }
}

/** Patches the page; where what had the focus has gone, its section's heading gets it, and never nothing. */
export function patchPage(root: Element, pieces: readonly Piece[]): void {
  const focused = document.activeElement;
  const home = focused !== null && root.contains(focused) ? focused.closest('[aria-labelledby]') : null;
  const wasInside = focused !== null && root.contains(focused);
  patchChildren(root, pieces);
  if (!wasInside || root.contains(focused)) return;
  const heading =
    home !== null && root.contains(home) ? home.querySelector('h2') : document.getElementById('todo');
  (heading ?? document.getElementById('top'))?.focus({ preventScroll: true });
}
