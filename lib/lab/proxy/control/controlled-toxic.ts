import * as z from 'zod';

/** A toxic as the control keeps and shows it: Toxiproxy's own shape, in its order. */
export const toxicSchema = z.strictObject({
  attributes: z.record(z.string(), z.union([z.number(), z.string()])),
  name: z.string(),
  type: z.string(),
  stream: z.string(),
  toxicity: z.number(),
});

export type ControlledToxic = z.output<typeof toxicSchema>;
