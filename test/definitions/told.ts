import { type DefinitionKind, schemas } from '../../lib/definitions/json-schema.ts';
import { judgeWhole } from '../../lib/definitions/salvage.ts';

type Path = readonly (string | number)[];

/** A copy of a definition with one part changed, added, or (undefined) taken out. */
export function changed(definition: unknown, path: Path, value: unknown): unknown {
  const copy: unknown = structuredClone(definition);
  const last = path.at(-1) ?? '';
  const around = path.slice(0, -1).reduce<object>((node, step) => {
    const inner: unknown = Reflect.get(node, step);
    if (typeof inner === 'object' && inner !== null) return inner;
    const made = {};
    Reflect.set(node, step, made);
    return made;
  }, Object(copy));
  if (value === undefined) Reflect.deleteProperty(around, last);
  else Reflect.set(around, last, value);
  return copy;
}

/** What is wrong with a definition, each problem as `path: message (hint)`. */
export const told = (kind: DefinitionKind, definition: unknown): string[] =>
  judgeWhole(kind, schemas[kind], definition).problems.map(
    ({ path, message, hint }) => `${path.join('.')}: ${message}${hint === undefined ? '' : ` (${hint})`}`,
  );
