import * as z from 'zod';
import { createReportHandler } from '../../../lambdas/report-handler.ts';
import { createFakeBucket } from '../../fakes/fake-aws-bucket.ts';
import { journalOf } from '../../fakes/fake-aws-journal.ts';
import { verdictOf } from '../../fakes/verdict-of.ts';
import { environment } from './deployed.ts';
import type { SentCall } from './recorded-calls.ts';

const commandSchema = z.looseObject({ input: z.record(z.string(), z.unknown()) });

/** Every call that the function of reports sends for a run. */
export async function recordReport(): Promise<SentCall[]> {
  const { s3, mock, objects } = createFakeBucket();
  objects.set('runs/run-1/journal.json', JSON.stringify(journalOf()));
  const handler = createReportHandler({
    s3,
    variables: {
      STEADFAST_ENVIRONMENT: environment.id,
      STEADFAST_TABLE: `steadfast-${environment.id}`,
      STEADFAST_BUCKET: `steadfast-${environment.id}-${environment.account}`,
      STEADFAST_TOPIC_ARN: 'arn:aws:sns:eu-west-1:111111111111:steadfast-staging',
    },
    log: { info: () => undefined, error: () => undefined },
  });
  await handler(verdictOf('run-1', environment.id));
  return mock.calls().map(({ args: [command] }) => {
    const { input } = commandSchema.parse(command);
    return { by: 'report', command: command.constructor.name, input };
  });
}
