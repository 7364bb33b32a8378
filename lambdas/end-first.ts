import { createEndRunsHandler } from './end-runs-handler.ts';

/** Ends runs before CloudFormation takes away what they need. */
export const handler = createEndRunsHandler();
