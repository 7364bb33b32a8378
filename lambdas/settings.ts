import * as z from 'zod/mini';
import { SteadfastError } from '../lib/experiment/steadfast-error.ts';

const settingsSchema = z.object({
  STEADFAST_ENVIRONMENT: z.string().check(z.minLength(1)),
  STEADFAST_TABLE: z.string().check(z.minLength(1)),
  STEADFAST_BUCKET: z.string().check(z.minLength(1)),
  STEADFAST_TOPIC_ARN: z.string().check(z.startsWith('arn:')),
});

/** What a function is told by its environment variables; the core stack sets them. */
export interface Settings {
  readonly environment: string;
  readonly table: string;
  readonly bucket: string;
  readonly topicArn: string;
}

export function readSettings(variables: Readonly<Record<string, string | undefined>>): Settings {
  const settings = settingsSchema.safeParse(variables);
  if (!settings.success) {
    const names = settings.error.issues.map((issue) => issue.path.join('.')).join(', ');
    throw new SteadfastError('invalid', `environment variables are missing or wrong: ${names}`, {
      hint: 'deploy the runner again',
    });
  }
  const { STEADFAST_ENVIRONMENT, STEADFAST_TABLE, STEADFAST_BUCKET, STEADFAST_TOPIC_ARN } = settings.data;
  return {
    environment: STEADFAST_ENVIRONMENT,
    table: STEADFAST_TABLE,
    bucket: STEADFAST_BUCKET,
    topicArn: STEADFAST_TOPIC_ARN,
  };
}
