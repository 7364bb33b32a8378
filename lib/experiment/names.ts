import * as z from 'zod';
import { logicalName } from '../fis/name.ts';
import { show } from '../fis/quantity.ts';

export { logicalName };

/** Longest id: what is derived from it (role, state machine and schedule names) must stay within AWS's 64 characters. */
export const longestId = 40;

/** An id: lower case letters, digits and hyphens, beginning with a letter, at most 40 characters. */
export const id = () =>
  z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, {
      error: (issue) =>
        `${show(issue.input)} is no id: write lower case letters, digits and hyphens, beginning with a letter`,
    })
    .max(longestId, {
      error: `an id has at most ${longestId} characters, so that names derived from it fit AWS's limits`,
    });

/** Text that says something. */
export const sentence = () => z.string().trim().min(1, { error: 'must not be empty' });

/** A map of logical names to `value`. */
export const named = <V extends z.ZodType>(value: V) => z.record(logicalName(), value);

/** A path within a service's URL. */
export const urlPath = () =>
  z.string().regex(/^\/[^\s]*$/, { error: (issue) => `${show(issue.input)} is no path: begin it with '/'` });
