import { createScribeHandler } from './scribe-handler.ts';

/** Writes into the log of game days what nobody tells: alarms that change, and changes in the account; reminds of what is overdue. */
export const handler = createScribeHandler();
