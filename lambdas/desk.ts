import { createDeskHandler } from './desk-handler.ts';

/** Answers the command: who calls is named by AWS. */
export const handler = createDeskHandler();
