import * as z from 'zod';
import { roleNames } from '../../../experiment/role-names.ts';
import { commandSchema } from '../../../game-day/command.ts';
import { entrySchema } from '../../../game-day/entry.ts';
import { gameDayInputSchema } from '../../../game-day/input.ts';

/** What a person wants, as another terminal sends it: the name is claimed, as one that is typed behind a link. */
export const actSchema = z.strictObject({
  role: z.enum(roleNames),
  name: z.string().trim().min(1).max(80),
  command: commandSchema,
});

/** `refused` says why not. */
export const actedSchema = z.strictObject({ refused: z.string().optional() });

export const recordSchema = z.strictObject({ input: gameDayInputSchema, entries: z.array(entrySchema) });

/** What the control is asked for. */
export const controlPaths = { act: '/acts', record: '/record', view: '/views/' } as const;
