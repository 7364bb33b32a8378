import { createProbeHandler } from './probe-handler.ts';

/** Probes from a vantage point: sends the requests it is handed when they are due. It has no other part in a run. */
export const handler = createProbeHandler();
