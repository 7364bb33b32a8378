import * as z from 'zod/mini';
import { catch as orElse } from 'zod/mini';

const parts = z.record(z.string(), z.json());

/** As much of a definition as is told, whichever version wrote it, and of one that was refused. */
const definitionSchema = z.looseObject({
  description: orElse(z.optional(z.string()), undefined),
  hypothesis: orElse(z.optional(z.string()), undefined),
  owner: orElse(z.optional(z.string()), undefined),
  steadyState: orElse(z.record(z.string(), parts), {}),
  faults: orElse(
    z.record(z.string(), z.looseObject({ action: z.string(), parameters: z.optional(parts) })),
    {},
  ),
  stages: orElse(z.array(z.looseObject({ share: z.json(), duration: z.optional(z.json()) })), []),
  rollbacks: orElse(z.record(z.string(), parts), {}),
});

export type ToldDefinition = z.output<typeof definitionSchema>;

/** What of a definition is told; nothing of what is none. */
export const toldDefinition = (definition: unknown): ToldDefinition =>
  definitionSchema.parse(typeof definition === 'object' && definition !== null ? definition : {});
