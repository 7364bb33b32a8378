import * as z from 'zod';
import type { Random } from '../../../run/ports.ts';
import type { Direction, Toxic } from '../toxic.ts';
import { latency } from '../toxics/latency.ts';

/** What every toxic has, whatever its type. */
interface Where {
  readonly direction: Direction;
  readonly toxicity: number;
}

/** A type of toxic as the control takes it: the attributes that it has, and what is put on the link. */
interface ToxicType {
  /** Attributes that are left out are 0, and unknown ones do not count, as in Toxiproxy. */
  readonly attributes: z.ZodType<Readonly<Record<string, number>>>;
  readonly make: (where: Where, attributes: Readonly<Record<string, number>>, random: Random) => Toxic;
}

const whole = () => z.int().default(0);

const latencyType: ToxicType = {
  attributes: z.object({ latency: whole(), jitter: whole() }),
  make: (where, { latency: delayMs = 0, jitter: jitterMs = 0 }, random) =>
    latency({ ...where, delayMs, jitterMs }, random),
};

/** Every type of toxic that the control can put on a link, by its name in Toxiproxy. */
export const toxicTypes: ReadonlyMap<string, ToxicType> = new Map([['latency', latencyType]]);

/** A toxic as the control keeps and shows it: Toxiproxy's own shape. */
export const toxicSchema = z.strictObject({
  attributes: z.record(z.string(), z.number()),
  name: z.string(),
  type: z.string(),
  stream: z.string(),
  toxicity: z.number(),
});

export type ControlledToxic = z.output<typeof toxicSchema>;
