export type Item = Readonly<Record<string, unknown>>;

/** What stands in an expression for names and values. */
export interface Placeholders {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Item | undefined;
}

const isItem = (value: unknown): value is Item =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The steps of a path such as `pending.#k0`, with the names put in. */
const stepsOf = (path: string, { ExpressionAttributeNames: names = {} }: Placeholders): string[] =>
  path.split('.').map((step) => {
    if (!step.startsWith('#')) return step;
    const name = names[step];
    if (name === undefined) throw new Error(`the expression names no ${step}`);
    return name;
  });

const valueAt = (item: Item | undefined, steps: readonly string[]): unknown =>
  steps.reduce<unknown>((value, step) => (isItem(value) ? value[step] : undefined), item);

function operandOf(operand: string, item: Item | undefined, placeholders: Placeholders): unknown {
  if (!operand.startsWith(':')) return valueAt(item, stepsOf(operand, placeholders));
  const values = placeholders.ExpressionAttributeValues ?? {};
  if (!Object.hasOwn(values, operand)) throw new Error(`the expression has no value ${operand}`);
  return values[operand];
}

/** DynamoDB compares numbers with numbers and texts with texts. */
const ordered = (is: (order: number) => boolean) => (left: unknown, right: unknown) => {
  if (typeof left === 'number' && typeof right === 'number') return is(left - right);
  return (
    typeof left === 'string' && typeof right === 'string' && is(left < right ? -1 : left > right ? 1 : 0)
  );
};

const comparisons: Readonly<Record<string, (left: unknown, right: unknown) => boolean>> = {
  '=': (left, right) => left === right,
  '<>': (left, right) => left !== right,
  '<': ordered((order) => order < 0),
  '<=': ordered((order) => order <= 0),
  '>': ordered((order) => order > 0),
  '>=': ordered((order) => order >= 0),
};

/** One term of a condition: `attribute_exists(a.b)`, `attribute_not_exists(a)`, `begins_with(a, :v)` or a comparison. */
function holdsTerm(term: string, item: Item | undefined, placeholders: Placeholders): boolean {
  const [, asked, path] = /^(attribute_exists|attribute_not_exists)\(([\w.#]+)\)$/.exec(term) ?? [];
  if (path !== undefined)
    return (operandOf(path, item, placeholders) === undefined) === (asked === 'attribute_not_exists');
  const [, of, prefix] = /^begins_with\(([\w.#]+), (:\w+)\)$/.exec(term) ?? [];
  if (of !== undefined && prefix !== undefined)
    return String(operandOf(of, item, placeholders)).startsWith(
      String(operandOf(prefix, undefined, placeholders)),
    );
  const [, left, operator = '', right] = /^([\w.#]+) (=|<>|<=?|>=?) ([\w.:#]+)$/.exec(term) ?? [];
  const compare = comparisons[operator];
  if (left === undefined || right === undefined || compare === undefined)
    throw new Error(`the fake table does not know the condition '${term}'`);
  return compare(operandOf(left, item, placeholders), operandOf(right, item, placeholders));
}

/** Whether a condition of terms, joined by AND and these by OR, holds of an item; one in brackets is beyond it. */
export const holds = (
  condition: string | undefined,
  item: Item | undefined,
  placeholders: Placeholders,
): boolean =>
  condition === undefined ||
  condition
    .split(' OR ')
    .some((either) => either.split(' AND ').every((term) => holdsTerm(term.trim(), item, placeholders)));

function changedAt(item: Item, [step, ...rest]: readonly string[], value: unknown): Item {
  if (step === undefined) return item;
  if (rest.length === 0) {
    const { [step]: _, ...others } = item;
    return value === undefined ? others : { ...others, [step]: value };
  }
  const inner = item[step];
  if (!isItem(inner)) throw new Error(`the document path ${step} is not valid for update`);
  return { ...item, [step]: changedAt(inner, rest, value) };
}

/** Commas between assignments, not those within `if_not_exists(a, :v)`. */
const partsOf = (list: string): string[] => list.split(/,(?![^(]*\))/).map((part) => part.trim());

function assignedBy(text: string, item: Item, placeholders: Placeholders): unknown {
  const [, path, otherwise] = /^if_not_exists\(([\w.#]+), (:\w+)\)$/.exec(text) ?? [];
  if (path !== undefined && otherwise !== undefined)
    return operandOf(path, item, placeholders) ?? operandOf(otherwise, item, placeholders);
  const [, left, operator, right] = /^(\S+|if_not_exists\([^)]*\)) ([+-]) (:\w+)$/.exec(text) ?? [];
  if (left === undefined || right === undefined) return operandOf(text, item, placeholders);
  const [a, b] = [Number(assignedBy(left, item, placeholders)), Number(operandOf(right, item, placeholders))];
  return operator === '+' ? a + b : a - b;
}

/** An item after an update of the clauses SET and REMOVE; whatever is read is read of the item as it was. */
export function updated(expression: string, item: Item, placeholders: Placeholders): Item {
  let after = item;
  for (const clause of expression.split(/\s*\b(?=SET |REMOVE )/).filter((text) => text !== '')) {
    const [, verb, list = ''] = /^(SET|REMOVE) (.*)$/s.exec(clause) ?? [];
    if (verb === undefined) throw new Error(`the fake table does not know the update '${clause}'`);
    for (const part of partsOf(list)) {
      const [path = '', value] = verb === 'SET' ? part.split(/ = (.*)/s) : [part];
      const steps = stepsOf(path, placeholders);
      after = changedAt(
        after,
        steps,
        value === undefined ? undefined : assignedBy(value, item, placeholders),
      );
    }
  }
  return after;
}
