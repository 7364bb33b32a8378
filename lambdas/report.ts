import { createReportHandler } from './report-handler.ts';

/** Writes the report of a run whose verdict has been told. */
export const handler = createReportHandler();
