import type { Decision, ImportContext, Refusal } from '../contract.ts';
import type { Path } from '../field.ts';
import type { Ledger } from '../ledger.ts';
import type { Ground } from './ground.ts';
import { entriesOf, itemsOf, type Node } from './node.ts';

/** One experiment on its way: what is known of it, and what is said of its fields. */
export interface Work {
  /** The id that the definition gets. */
  readonly id: string;
  /** Of the document in its file. */
  readonly document: number;
  readonly context: ImportContext;
  readonly ledger: Pick<Ledger, 'mapped' | 'approximated' | 'refused'>;
  /** Where it is to run. */
  readonly ground: Ground;
  readonly decisions: Decision[];
  readonly refusals: Refusal[];
  readonly notes: string[];
}

/** @param to the place in the definition, such as `stages[0].duration` */
export const mapped = (work: Work, node: Node | undefined, to: string): undefined => {
  if (node !== undefined) work.ledger.mapped(node.path, `${work.id}: ${to}`);
  return undefined;
};

/** @param why what differs, as a sentence without a full stop */
export const approximated = (work: Work, node: Node | undefined, to: string, why: string): undefined => {
  if (node !== undefined) work.ledger.approximated(node.path, `${work.id}: ${to}`, why);
  return undefined;
};

/** @param why as a sentence without a full stop, with what to write instead */
export const refused = (work: Work, node: Node | undefined, why: string): undefined => {
  if (node !== undefined) work.ledger.refused(node.path, why);
  return undefined;
};

/** Refuses everything that stands at a place, also what was said to be taken over before. */
export function refuseAll(work: Work, node: Node | undefined, why: string): undefined {
  if (node === undefined) return undefined;
  refused(work, node, why);
  const inner = [...entriesOf(node).map(([, one]) => one), ...itemsOf(node)];
  for (const one of inner) refuseAll(work, one, why);
  return undefined;
}

/** Asks a question of the people who take the experiment over, once. @param unmapped the host that nothing speaks for, if that is what it is about */
export function decide(work: Work, path: Path, question: string, unmapped?: string): void {
  const known = work.decisions.some(
    (one) => one.question === question && JSON.stringify(one.path) === JSON.stringify(path),
  );
  if (known) return;
  const about = unmapped === undefined ? {} : { unmapped };
  work.decisions.push({ definition: work.id, path, question, ...about });
}

/** Says what a person should know, once. */
export function note(work: Work, text: string): void {
  if (!work.notes.includes(text)) work.notes.push(text);
}

/** Refuses the whole: nothing safe can be made of it. */
export const refuse = (work: Work, path: Path, refusal: Pick<Refusal, 'code' | 'message' | 'hint'>): void => {
  work.refusals.push({ document: work.document, path, ...refusal });
};

/** Shorter texts that only look secret are in too many words to be taken out of them; they are not taken over either. */
const shortestKeptOut = 8;

/** Keeps what looks like a secret out of everything that is told. */
export function keepOut(work: Work, text: string): void {
  if (text.length >= shortestKeptOut) work.context.secret(text);
}
