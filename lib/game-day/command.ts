import * as z from 'zod/mini';

/** What people may propose; each needs somebody else's approval. */
export const proposalSchema = z.discriminatedUnion('what', [
  /** That the experiment begins; after a halt, that it goes on. */
  z.strictObject({ what: z.literal('go') }),
  /** That a stage runs (the first is 1): its run is started, and waits for the approval of exactly what it would do. */
  z.strictObject({ what: z.literal('stage'), stage: z.int().check(z.positive()) }),
  /** That the experiment may last longer. */
  z.strictObject({ what: z.literal('extend'), byMs: z.int().check(z.positive()) }),
]);

export type Proposal = z.output<typeof proposalSchema>;

const text = z.string().check(z.trim(), z.minLength(1), z.maxLength(2_000));

/** What people in roles do on a game day: the one language of terminal, widget and page. */
export const commandSchema = z.discriminatedUnion('do', [
  /** Ticks an item of the pre-brief, or takes that back. */
  z.strictObject({ do: z.literal('check'), item: z.string(), done: z.boolean() }),
  z.strictObject({ do: z.literal('propose'), proposal: proposalSchema }),
  /** `hash` is of what the person looked at: anything else is refused. */
  z.strictObject({
    do: z.literal('approve'),
    proposal: z.string(),
    hash: z.string(),
    note: z.optional(text),
  }),
  z.strictObject({ do: z.literal('refuse'), proposal: z.string(), hash: z.string(), note: z.optional(text) }),
  /** Nothing more is offered until it is resumed; a fault under way goes on. */
  z.strictObject({ do: z.literal('pause') }),
  z.strictObject({ do: z.literal('resume') }),
  /** Ends every run and fault at once. */
  z.strictObject({ do: z.literal('halt'), reason: z.optional(text) }),
  z.strictObject({ do: z.literal('note'), text, at: z.optional(z.iso.datetime()) }),
  /** Says whether what was predicted is what happened, of a prediction that no tolerance shows. */
  z.strictObject({
    do: z.literal('observe'),
    stage: z.int().check(z.positive()),
    prediction: z.string(),
    outcome: z.enum(['as predicted', 'otherwise']),
    note: z.optional(text),
  }),
  /** No further stage: the retrospective begins. */
  z.strictObject({ do: z.literal('finish') }),
]);

export type Command = z.output<typeof commandSchema>;
