import * as z from 'zod';

/** What is asked of a balancer over its channel. */
export const askedSchema = z.union([
  z.strictObject({
    keepFrom: z.strictObject({
      id: z.int(),
      upstreams: z.array(z.string()),
      hangMs: z.number().nonnegative(),
    }),
  }),
  z.strictObject({ giveBack: z.strictObject({ id: z.int() }) }),
]);

/** What it answers once it has given replicas back. */
export const toldSchema = z.strictObject({
  gaveBack: z.strictObject({ id: z.int(), hung: z.int(), passedOver: z.int() }),
});

export type Asked = z.output<typeof askedSchema>;
export type Told = z.output<typeof toldSchema>;
