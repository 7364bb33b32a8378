import * as z from 'zod';
import { show } from './quantity.ts';

/** A logical name: letters, digits, hyphens and underscores, beginning with a letter (also FIS's rule for names). */
export const logicalName = () =>
  z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, {
    error: (issue) =>
      `${show(issue.input)} is no name: write letters, digits, '-' and '_', beginning with a letter, at most 64 characters`,
  });
