import { createDispatchHandler } from './dispatch-handler.ts';

/** Makes one step of a campaign: learns which runs have ended, and starts those whose turn it is. */
export const handler = createDispatchHandler();
