import * as z from 'zod';

/** A whole number from 0, as Toxiproxy's attributes are; 0 where it is left out. */
export const whole = (description: string) => z.int().min(0).default(0).describe(description);

/** A share from 0 to 1. */
export const share = (description: string) => z.number().min(0).max(1).describe(description);
