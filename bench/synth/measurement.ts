import * as z from 'zod';

/** Who makes the constructs: Steadfast, or somebody by hand. */
export type Side = 'steadfast' | 'plain';

const measurementSchema = z.object({
  /** From the empty app to the written templates. */
  ms: z.number(),
  /** The processor time of that, of all threads. */
  cpuMs: z.number(),
  /** The most memory that the process held, its modules included. */
  rssMb: z.number(),
  /** Of experiments. */
  stacks: z.number(),
  /** In the stacks of experiments. */
  resources: z.number(),
});

/** What one process measured of one synthesis. */
export type Measurement = z.output<typeof measurementSchema>;

export const measurementIn = (text: string): Measurement => measurementSchema.parse(JSON.parse(text));

const templateSchema = z.looseObject({ Resources: z.record(z.string(), z.unknown()) });

/** How many resources a template has. */
export const resourcesIn = (template: unknown): number =>
  Object.keys(templateSchema.parse(template).Resources).length;
