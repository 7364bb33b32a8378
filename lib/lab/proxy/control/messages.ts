import * as z from 'zod';
import { toxicSchema } from './controlled-toxic.ts';
import { proxySchema } from './data-plane.ts';

/** What the control asks of the data plane, over the channel between their processes. */
export const callSchema = z.strictObject({
  call: z.discriminatedUnion('do', [
    z.strictObject({ do: z.literal('list'), id: z.int() }),
    z.strictObject({
      do: z.literal('place'),
      id: z.int(),
      proxy: z.string(),
      toxic: toxicSchema,
      ttlMs: z.number(),
    }),
    z.strictObject({
      do: z.literal('update'),
      id: z.int(),
      handle: z.int(),
      toxic: toxicSchema,
      ttlMs: z.number().optional(),
    }),
    z.strictObject({ do: z.literal('take'), id: z.int(), handle: z.int() }),
  ]),
});

/** What the data plane answers, by the id of the call. */
export const replySchema = z.strictObject({
  reply: z.strictObject({
    id: z.int(),
    proxies: z.array(proxySchema).optional(),
    handle: z.int().optional(),
    error: z.string().optional(),
  }),
});

export type Call = z.output<typeof callSchema>;
export type Reply = z.output<typeof replySchema>;
