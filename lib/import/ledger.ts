import type { Field, Outcome, Path } from './field.ts';
import type { SourceDocument } from './source/source.ts';

interface Statement {
  readonly path: Path;
  readonly outcome: Outcome;
  readonly to?: string;
  readonly why?: string;
}

/** The worse one counts where two statements speak of the same field. */
const rank: Readonly<Record<Outcome, number>> = { mapped: 0, approximated: 1, refused: 2 };

const keyOf = (path: Path): string => JSON.stringify(path);

/**
 * The account of one document: what became of each of its fields. A field is a scalar, or a list or map with nothing in it. A
 * statement about a list or map speaks of all fields below it that have none of their own; a field that nothing speaks of is
 * refused as unknown, so that nothing is dropped in silence.
 */
export class Ledger {
  readonly #document: SourceDocument;
  readonly #format: string;
  readonly #statements = new Map<string, Statement>();

  constructor(document: SourceDocument, format: string) {
    this.#document = document;
    this.#format = format;
  }

  /** @param to where it went, such as `slow-database: stages[0].duration` */
  mapped(path: Path, to: string): void {
    this.#state({ path, outcome: 'mapped', to });
  }

  /** @param why what differs, as a sentence without a full stop */
  approximated(path: Path, to: string, why: string): void {
    this.#state({ path, outcome: 'approximated', to, why });
  }

  /** @param why why it is not taken over, as a sentence without a full stop */
  refused(path: Path, why: string): void {
    this.#state({ path, outcome: 'refused', why });
  }

  #state(statement: Statement): void {
    const key = keyOf(statement.path);
    const known = this.#statements.get(key);
    if (known === undefined) this.#statements.set(key, statement);
    else this.#statements.set(key, worseOf(known, statement));
  }

  /** Every field of the document, each once, in its order. */
  fields(): Field[] {
    return leavesOf(this.#document.value, []).map((path) => this.#fieldAt(path));
  }

  #fieldAt(path: Path): Field {
    const line = this.#document.lineOf(path);
    const place = { document: this.#document.index, path, ...(line === undefined ? {} : { line }) };
    for (let length = path.length; length >= 0; length -= 1) {
      const found = this.#statements.get(keyOf(path.slice(0, length)));
      if (found === undefined) continue;
      const { path: _, ...rest } = found;
      return { ...place, ...rest };
    }
    const why = `it is no field of ${this.#format} that Steadfast knows, so nothing of it is taken over`;
    return { ...place, outcome: 'refused', why, unknown: true };
  }
}

/** The worse of two statements about a field, with the reasons of both. */
function worseOf(one: Statement, other: Statement): Statement {
  const [worse, better] = rank[other.outcome] > rank[one.outcome] ? [other, one] : [one, other];
  const reasons = [...new Set([worse.why, better.why].filter((why) => why !== undefined))];
  const to = worse.outcome === 'refused' ? undefined : both(worse.to, better.to);
  return {
    path: worse.path,
    outcome: worse.outcome,
    ...(to === undefined ? {} : { to }),
    ...(reasons.length === 0 ? {} : { why: reasons.join('; ') }),
  };
}

function both(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined || one === other) return one ?? other;
  return `${one}, ${other}`;
}

/** The paths of all fields of a value. */
function leavesOf(value: unknown, path: Path): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.map((item, index) => [index, item])
    : Object.entries(value);
  if (entries.length === 0) return [path];
  return entries.flatMap(([step, item]) => leavesOf(item, [...path, step]));
}
