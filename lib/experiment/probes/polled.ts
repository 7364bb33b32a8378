import type * as z from 'zod';
import { positiveDuration } from '../../fis/quantity.ts';
import { defaults } from '../defaults.ts';
import type { ToleranceName, Tolerances } from '../tolerance.ts';

/** How often a probe looks that sends no request of its own. */
export const every = () =>
  positiveDuration().optional().describe(`How often it looks (default ${defaults.every}).`);

/** Refuses tolerances about which a kind of probe has nothing to say. */
export const onlyWith =
  (has: string, instead: ToleranceName, ...names: readonly ToleranceName[]) =>
  (probe: { readonly tolerances: Tolerances }, context: z.core.$RefinementCtx): void => {
    for (const name of Object.keys(probe.tolerances)) {
      if (names.some((known) => known === name)) continue;
      context.addIssue({
        code: 'custom',
        path: ['tolerances', name],
        message: `${has} only: use '${instead}' in place of '${name}'`,
      });
    }
  };
