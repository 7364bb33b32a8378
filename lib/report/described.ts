import * as z from 'zod/mini';

/** A field of a document that is published, with what it is. */
export const told = <T extends z.core.SomeType>(words: string, schema: z.ZodMiniType & T): T =>
  schema.check(z.describe(words));

/** The same of a field that is absent where there is nothing to say. */
export const maybe = <T extends z.core.SomeType>(words: string, schema: z.ZodMiniType & T) =>
  z.optional(schema).check(z.describe(words));

export const text = (words: string) => told(words, z.string());

export const count = (words: string) => told(words, z.int().check(z.nonnegative()));
