import type { Refusal } from '../contract.ts';
import type { Path } from '../field.ts';
import type { Ledger } from '../ledger.ts';
import type { SourceDocument } from '../source/source.ts';
import type { Sorted } from './fields/field-tree.ts';

const keyOf = (path: Path): string => JSON.stringify(path);

/**
 * What is said of the fields of one document, and what stands against it. It knows which fields the schema has, so that at the
 * end something is said of each of them.
 */
export class Account {
  readonly document: SourceDocument;
  readonly refusals: Refusal[] = [];
  readonly notes: string[] = [];
  readonly #ledger: Ledger;
  readonly #known: readonly Path[];
  readonly #said = new Set<string>();

  constructor(document: SourceDocument, ledger: Ledger, { known, misshapen }: Sorted) {
    this.document = document;
    this.#ledger = ledger;
    this.#known = known;
    for (const path of misshapen) this.refused(path, 'it holds something else than Chaos Mesh has there');
  }

  mapped(path: Path, to: string): void {
    this.#said.add(keyOf(path));
    this.#ledger.mapped(path, to);
  }

  /** @param why what differs */
  approximated(path: Path, to: string, why: string): void {
    this.#said.add(keyOf(path));
    this.#ledger.approximated(path, to, why);
  }

  refused(path: Path, why: string): void {
    this.#said.add(keyOf(path));
    this.#ledger.refused(path, why);
  }

  /** Nothing safe can be made of the document, because of what stands at the path. */
  refuse(code: string, path: Path, message: string, hint: string, fixable = false): void {
    this.refused(path, message);
    if (this.refusals.some((one) => one.code === code && keyOf(one.path) === keyOf(path))) return;
    const refusal = { code, document: this.document.index, path, message, hint };
    this.refusals.push(fixable ? { ...refusal, fixable } : refusal);
  }

  /** Says something of every field below a path that nothing has been said of yet. */
  rest(under: Path, say: (path: Path) => void): void {
    for (const path of this.#known) if (isBelow(path, under) && !this.#isSaid(path)) say(path);
  }

  #isSaid(path: Path): boolean {
    return path.some((_, index) => this.#said.has(keyOf(path.slice(0, index + 1))));
  }
}

const isBelow = (path: Path, above: Path): boolean => above.every((step, index) => path[index] === step);
