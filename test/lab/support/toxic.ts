import type { Direction, Toxic } from '../../../lib/lab/proxy/toxic.ts';
import { toxicTypes } from '../../../lib/lab/proxy/toxic-types.ts';

/** A toxic as a client of the control asks for it. */
export function toxic(
  name: string,
  attributes: Readonly<Record<string, unknown>> = {},
  direction: Direction = 'downstream',
  toxicity = 1,
): Toxic {
  const made = toxicTypes.get(name)?.make({ direction, toxicity }, attributes);
  if (made === undefined) throw new Error(`there is no toxic '${name}'`);
  return made;
}
