import { PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { createReportHandler } from '../../lambdas/report-handler.ts';
import { renderReport } from '../../lib/report/report.ts';
import { createFakeBucket } from '../fakes/fake-aws-bucket.ts';
import { journalOf } from '../fakes/fake-aws-journal.ts';
import { verdictOf } from '../fakes/verdict-of.ts';

const variables = {
  STEADFAST_ENVIRONMENT: 'staging',
  STEADFAST_TABLE: 'steadfast-staging',
  STEADFAST_BUCKET: 'steadfast-staging-111111111111',
  STEADFAST_TOPIC_ARN: 'arn:aws:sns:eu-west-1:111111111111:steadfast-staging',
};
const journal = journalOf({ runId: 'run-1', verdict: 'deviated' });

function setUp(journalText?: string) {
  const bucket = createFakeBucket();
  if (journalText !== undefined) bucket.objects.set('runs/run-1/journal.json', journalText);
  const errors: Error[] = [];
  const log = { info: () => undefined, error: (_: string, error: Error) => void errors.push(error) };
  return { bucket, errors, handler: createReportHandler({ variables, s3: bucket.s3, log }) };
}

describe('the function of reports', () => {
  it('writes the report beside the journal that the event names, the same however often it is told', async () => {
    const { bucket, handler } = setUp(JSON.stringify(journal));
    await handler(verdictOf('run-1', 'staging'));
    const page = bucket.objects.get('runs/run-1/report.html');
    expect(page).toBe(renderReport(journal));
    await handler(verdictOf('run-1', 'staging'));
    expect(bucket.objects.get('runs/run-1/report.html')).toBe(page);
    expect([...bucket.objects.keys()].toSorted()).toEqual([
      'runs/run-1/journal.json',
      'runs/run-1/report.html',
    ]);
    expect(bucket.mock.commandCalls(PutObjectCommand)[0]?.args[0].input).toMatchObject({
      Bucket: 'steadfast-staging-111111111111',
      ContentType: 'text/html; charset=utf-8',
    });
  });

  it.each([
    ['is missing', undefined, 'holds no runs/run-1/journal.json'],
    ['is cut short', JSON.stringify(journal).slice(0, 100), 'runs/run-1/journal.json cannot be read'],
    ['is none', '{}', 'runs/run-1/journal.json cannot be read'],
  ])('fails where the journal %s, so that it is tried again and then told', async (_, text, message) => {
    const { bucket, errors, handler } = setUp(text);
    await expect(handler(verdictOf('run-1', 'staging'))).rejects.toMatchObject({
      name: 'Steadfast.internal',
      message: expect.stringContaining(message) as unknown,
    });
    expect(errors).toHaveLength(1);
    expect(bucket.objects.has('runs/run-1/report.html')).toBe(false);
  });

  const ours = verdictOf('run-1', 'staging');
  it.each([
    ['of another environment', verdictOf('run-1', 'staging-2')],
    ['of another source', { ...ours, source: 'somebody' }],
    ['of another kind', { ...ours, 'detail-type': 'Approval wanted' }],
    ['that names no journal', { ...ours, detail: { ...ours.detail, journal: 'runs/run-1/input.json' } }],
    ['that names one elsewhere', { ...ours, detail: { ...ours.detail, journal: 'a/runs/b/journal.json' } }],
  ])('leaves an event alone %s', async (_, event) => {
    const { bucket, handler } = setUp(JSON.stringify(journal));
    await handler(event);
    expect(bucket.mock.calls()).toEqual([]);
  });
});
