import type { Mended } from '../contract.ts';
import { itemsOf, type Node } from '../drafting/node.ts';
import { membersOf, textOf } from './node.ts';
import { fieldOf, type Template } from './template.ts';

type Json = Readonly<Record<string, unknown>>;

/** What `--fix` changes in a template, to be shown as a difference. */
export class Mending {
  readonly #template: Template;
  readonly #why = new Set<string>();
  readonly #targets = new Map<string, Json>();
  #stopConditions: readonly Json[] | undefined;

  constructor(template: Template) {
    this.#template = template;
  }

  because(why: string): void {
    this.#why.add(why);
  }

  /** How a target selects once it is mended; a field that is undefined is taken out. */
  target(name: string, changed: Json): void {
    this.#targets.set(name, { ...this.#targets.get(name), ...changed });
  }

  stopConditions(mended: readonly Json[]): void {
    this.#stopConditions = mended;
  }

  /** The difference; undefined where nothing was mended. */
  result(): Mended | undefined {
    if (this.#why.size === 0) return undefined;
    return {
      before: textOfJson(this.#document(false)),
      after: textOfJson(this.#document(true)),
      why: [...this.#why],
    };
  }

  /** The parts of the template that anything is mended in, as the API spells them. */
  #document(isMended: boolean): Json {
    const template = this.#template;
    const targets = membersOf(fieldOf(template.node, 'targets', template)).map(([name, node]) => {
      const changed = isMended ? (this.#targets.get(name) ?? {}) : {};
      return [name, { ...this.#targetOf(node), ...changed }] as const;
    });
    const stopConditions = itemsOf(fieldOf(template.node, 'stopConditions', template)).map((node) =>
      this.#fieldsOf(node, ['source', 'value']),
    );
    return {
      targets: Object.fromEntries(targets),
      stopConditions: (isMended ? this.#stopConditions : undefined) ?? stopConditions,
    };
  }

  #targetOf(node: Node): Json {
    const maps = ['resourceTags', 'parameters'].map((name): [string, unknown] => {
      const members = membersOf(fieldOf(node, name, this.#template));
      return [
        name,
        members.length === 0 ? undefined : Object.fromEntries(members.map(([key, at]) => [key, plain(at)])),
      ];
    });
    const filters = itemsOf(fieldOf(node, 'filters', this.#template)).map((filter) =>
      this.#fieldsOf(filter, ['path', 'values']),
    );
    return {
      ...this.#fieldsOf(node, ['resourceType', 'resourceArns']),
      ...Object.fromEntries(maps),
      ...(filters.length === 0 ? {} : { filters }),
      ...this.#fieldsOf(node, ['selectionMode']),
    };
  }

  #fieldsOf(node: Node, names: readonly string[]): Json {
    return Object.fromEntries(
      names.flatMap((name) => {
        const field = fieldOf(node, name, this.#template);
        return field === undefined ? [] : [[name, plain(field)]];
      }),
    );
  }
}

const plain = (node: Node): unknown =>
  Array.isArray(node.value) ? itemsOf(node).map(plain) : (textOf(node) ?? node.value);

const textOfJson = (value: Json): string => `${JSON.stringify(value, null, 2)}\n`;
