import { createHaltHandler } from './halt-handler.ts';

/** The kill switch. */
export const handler = createHaltHandler();
