import * as z from 'zod/mini';
import { roleNames } from '../experiment/role-names.ts';

const role = z.enum(roleNames);

/** Who did something on a game day, and what shows that it was them. */
export const actorSchema = z.discriminatedUnion('proof', [
  /** A signed call to a function URL: IAM names the caller. */
  z.strictObject({ proof: z.literal('iam'), role, principal: z.string() }),
  /** A widget of the role: IAM decides who may invoke it, and the event names nobody. A name typed there is claimed, never proven. */
  z.strictObject({ proof: z.literal('role'), role, claimed: z.optional(z.string()) }),
  /** A one-time link of a rehearsal; its holder typed the name. */
  z.strictObject({ proof: z.literal('link'), role, claimed: z.string() }),
  /** Steadfast itself. */
  z.strictObject({ proof: z.literal('steadfast') }),
]);

export type Actor = z.output<typeof actorSchema>;

/** A person, or whoever a role's widget was pressed by. */
export type Person = Exclude<Actor, { readonly proof: 'steadfast' }>;
