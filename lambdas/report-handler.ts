import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod/mini';
import { createS3Objects, type S3Objects } from '../lib/aws/s3-objects.ts';
import { messageOf, SteadfastError } from '../lib/experiment/steadfast-error.ts';
import { renderReport } from '../lib/report/report.ts';
import { type Journal, journalSchema } from '../lib/run/journal.ts';
import { jsonText } from '../lib/run/json-text.ts';
import { verdictEvent } from '../lib/run/verdict-event.ts';
import { createFunctionLog, type FunctionLog } from './log.ts';
import { reportedError } from './reported-error.ts';
import { readSettings } from './settings.ts';

/** What tests put in place of the real thing. */
interface Replacements {
  readonly variables?: Readonly<Record<string, string | undefined>>;
  readonly s3?: S3Client;
  readonly log?: Pick<FunctionLog, 'error' | 'info'>;
}

/** A call that hangs is given up and made again. */
const createClient = () =>
  new S3Client({ maxAttempts: 4, requestHandler: { connectionTimeout: 2_000, requestTimeout: 10_000 } });

const html = 'text/html; charset=utf-8';
const journalText = z.pipe(jsonText, journalSchema);

/** As much of the event as is needed: whose run it is, and where its journal lies. */
const eventSchema = z.object({
  source: z.literal(verdictEvent.source),
  'detail-type': z.literal(verdictEvent.detailType),
  detail: z.object({
    environment: z.string(),
    journal: z.string().check(z.regex(/^runs\/[^/]+\/journal\.json$/)),
  }),
});

/**
 * A handler that writes `runs/<run>/report.html` from the journal that a verdict's event names. The same event twice writes the same
 * page twice. An event that is no verdict of this environment is left alone.
 *
 * @throws an Error whose name is `Steadfast.<code>`: Lambda tries again, and the function's alarm tells.
 */
export function createReportHandler({
  variables,
  s3,
  log,
}: Replacements = {}): (event: unknown) => Promise<void> {
  let client = s3;
  let logger = log;
  return async (event) => {
    try {
      const { environment, bucket } = readSettings(variables ?? process.env);
      logger ??= createFunctionLog({ environment });
      const told = eventSchema.safeParse(event).data?.detail;
      if (told?.environment !== environment) {
        logger.info('no verdict of this environment', {});
        return;
      }
      client ??= createClient();
      const objects = createS3Objects(client, bucket);
      const key = told.journal.replace(/journal\.json$/, 'report.html');
      await objects.write(key, renderReport(await readJournal(objects, told.journal)), html);
      logger.info('report written', { key });
    } catch (thrown) {
      const error = reportedError(thrown);
      logger?.error('report not written', error);
      throw error;
    }
  };
}

async function readJournal(objects: S3Objects, key: string): Promise<Journal> {
  try {
    return journalText.parse(await objects.read(key));
  } catch (cause) {
    throw new SteadfastError('internal', `${key} cannot be read: ${messageOf(cause)}`, {
      // S3 says so to whoever may not list the bucket.
      hint: 'access denied may mean that it is missing; the verdict stands, and steadfast show tells it',
      cause,
    });
  }
}
