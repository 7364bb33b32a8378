import type * as z from 'zod';
import type { Direction, Toxic } from './toxic.ts';

/** What every toxic has, whatever its type. */
export interface Where {
  readonly direction: Direction;
  /** The share of connections affected, from 0 to 1. */
  readonly toxicity: number;
}

/** Attributes as they are sent and shown. */
export type ToxicAttributes = Readonly<Record<string, number | string>>;

/** A type of toxic as others name it: by itself it is data, so that a control, a page of reference and a test can list them. */
export interface ToxicType {
  readonly name: string;
  /** What it does, as a sentence, for people who look it up. */
  readonly summary: string;
  /** Whether it is Toxiproxy's, with its attributes and defaults, or one of our own. */
  readonly origin: 'toxiproxy' | 'steadfast';
  /** Unknown attributes do not count, as in Toxiproxy; those that make no sense are refused. Each is described. */
  readonly attributes: z.ZodType<ToxicAttributes>;
  /** @param attributes as `attributes` gives them; what is left out has its default */
  readonly make: (where: Where, attributes: Readonly<Record<string, unknown>>) => Toxic;
}

/** Binds the attributes of a type to what is made of them. */
export const toxicType = <Attributes extends z.ZodType<ToxicAttributes>>(
  type: Omit<ToxicType, 'attributes' | 'make'> & {
    readonly attributes: Attributes;
    readonly make: (where: Where, attributes: z.output<Attributes>) => Toxic;
  },
): ToxicType => ({
  ...type,
  make: (where, given) => type.make(where, type.attributes.parse(given)),
});
