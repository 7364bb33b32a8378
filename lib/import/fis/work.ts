import type { PlanTarget } from '../../plan/plan-target.ts';
import type { Decision, ImportContext, Refusal } from '../contract.ts';
import type { Node } from '../drafting/node.ts';
import type { Path } from '../field.ts';
import type { Ledger } from '../ledger.ts';
import { whyNotLiteral } from '../source/python-value.ts';
import type { Mending } from './mending.ts';
import type { Template } from './template.ts';

/** What is wrong with a field, before it is known where. */
interface Wrong {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** One template on its way to definitions: what is known, and what has been found so far. */
export class Work {
  readonly template: Template;
  readonly context: ImportContext;
  /** The environment that it is confined to; undefined where none can be told. */
  readonly place: PlanTarget | undefined;
  /** The id of the first definition that comes of it. */
  readonly id: string;
  readonly ledger: Ledger;
  readonly mending: Mending;
  /** The definitions that faults belong to, where several come of the template. */
  readonly ids = new Map<string, string>();
  readonly refusals: Refusal[] = [];
  readonly decisions: Decision[] = [];
  readonly notes: string[] = [];
  readonly #asked = new Set<string>();
  /** Secrets beside those that the frame finds by itself. */
  readonly secrets: string[] = [];

  constructor(
    template: Template,
    context: ImportContext,
    place: PlanTarget | undefined,
    id: string,
    mending: Mending,
  ) {
    this.template = template;
    this.context = context;
    this.place = place;
    this.id = id;
    this.ledger = context.ledger(template.document);
    this.mending = mending;
  }

  /** Refuses all of the template for what stands at a path. */
  refuse(path: Path, wrong: Wrong): void {
    this.refusals.push({ ...wrong, document: this.template.document.index, path });
  }

  /**
   * What is unsafe: refused, unless it is to be mended.
   *
   * @param why what is mended and why, a sentence; where absent it cannot be mended
   * @returns whether it is mended
   */
  unsafe(path: Path, wrong: Wrong, why: string | undefined): boolean {
    if (why !== undefined && this.context.fix) {
      this.mending.because(why);
      return true;
    }
    const refusal = { ...wrong, document: this.template.document.index, path };
    this.refusals.push(why === undefined ? refusal : { ...refusal, fixable: true });
    return false;
  }

  /** Refuses a field that must say something and does not, or not as it stands. */
  unreadable(node: Node, what: string): void {
    const why = whyNotLiteral(node.value);
    this.ledger.refused(node.path, why === undefined ? `is no ${what}` : `is ${why}, and no ${what}`);
    this.refuse(
      node.path,
      why === undefined
        ? { code: 'broken', message: `is no ${what}`, hint: 'write it as FIS takes it' }
        : {
            code: 'not-literal',
            message: `is ${why}, so that nobody can say what it would be`,
            hint: `write the ${what} out there, and import it again`,
          },
    );
  }

  decide(path: Path, question: string, of?: string): void {
    const definition = of ?? this.#idAt(path[0] === 'faults' ? path[1] : undefined);
    const key = JSON.stringify([definition, question]);
    if (this.#asked.has(key)) return;
    this.#asked.add(key);
    this.decisions.push({ definition, path, question });
  }

  /** Says something that a person should know, once. */
  note(text: string): void {
    if (!this.notes.includes(text)) this.notes.push(text);
  }

  /** Says that a text is secret, so that it comes out nowhere. */
  secret(text: string): void {
    this.secrets.push(text);
    this.context.secret(text);
  }

  /** A place in the definition, as the account of fields says it. */
  to(where: string): string {
    return `${this.#idAt(/^faults\.([^.,]+)/.exec(where)?.[1])}: ${where}`;
  }

  #idAt(fault: string | number | undefined): string {
    return (typeof fault === 'string' ? this.ids.get(fault) : undefined) ?? this.id;
  }
}
