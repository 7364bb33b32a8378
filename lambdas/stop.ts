import { createStopHandler } from './stop-handler.ts';

/** Ends every fault and every run that has outlived its runner. */
export const handler = createStopHandler();
