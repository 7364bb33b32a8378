import { logicalName } from '../names.ts';

/** The control that a probe is judged against. */
export const controlName = () =>
  logicalName()
    .optional()
    .describe("One of the experiment's `controls`: what happens to it as well is not blamed on the fault.");
