import { createHash } from 'node:crypto';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod/mini';
import { rejectionSchema, verdictSchema } from '../../experiment/verdict.ts';
import { gameDayOfRunSchema } from '../../plan/game-day-of-run.ts';
import { onlySchema } from '../../plan/only.ts';
import type { Records } from '../../run/independent/ports.ts';
import { isNamed } from '../aws-error.ts';

/** As much of a journal as is told of it. */
const toldSchema = z.object({
  runId: z.string(),
  experiment: z.object({ id: z.string(), title: z.string(), hash: z.string() }),
  environment: z.object({ id: z.string(), production: z.boolean() }),
  verdict: verdictSchema,
  summary: z.string(),
  findings: z.array(z.object({ code: z.string(), rejection: z.optional(rejectionSchema) })),
  start: z.string(),
  end: z.string(),
  only: z.optional(onlySchema),
  gameDay: z.optional(gameDayOfRunSchema),
  stages: z.array(
    z.object({
      faults: z.array(z.object({ action: z.string() })),
      start: z.optional(z.string()),
      end: z.optional(z.string()),
      tolerances: z.array(z.object({ state: z.string(), detectedSeconds: z.optional(z.number()) })),
      bite: z.array(z.object({ bit: z.optional(z.boolean()) })),
    }),
  ),
  recovery: z.optional(z.object({ seconds: z.optional(z.number()) })),
});

const samplesFile = 'samples.ndjson';

/**
 * Reads a text; undefined where there is none. Whether there is one is asked first: whoever may not list the whole bucket is refused what
 * does not exist, and could not tell that from a missing permission (S3 API reference, GetObject).
 */
export async function readText(
  s3: S3Client,
  object: { readonly Bucket: string; readonly Key: string },
): Promise<string | undefined> {
  const { Bucket, Key } = object;
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: Key, MaxKeys: 1 }));
  if (!Contents.some((one) => one.Key === Key)) return undefined;
  const { Body } = await s3.send(new GetObjectCommand(object));
  return await Body?.transformToString('utf-8');
}

/** The records of runs that were ended for them. Nothing that is there is ever overwritten. */
export function createS3Records(options: { readonly s3: S3Client; readonly bucket: string }): Records {
  const { s3, bucket } = options;
  const at = (runId: string, file: string) => ({ Bucket: bucket, Key: `runs/${runId}/${file}` });

  const writeOnce = async (
    object: ReturnType<typeof at>,
    text: string,
    contentType: string,
  ): Promise<void> => {
    try {
      await s3.send(
        new PutObjectCommand({ ...object, Body: text, ContentType: contentType, IfNoneMatch: '*' }),
      );
    } catch (thrown) {
      if (!isNamed(thrown, 'PreconditionFailed')) throw thrown;
    }
  };

  return {
    journal: async (runId) => {
      const text = await readText(s3, at(runId, 'journal.json'));
      return text === undefined ? undefined : toldSchema.parse(JSON.parse(text));
    },

    samples: async (runId) => {
      await writeOnce(at(runId, samplesFile), '', 'application/x-ndjson');
      const text = (await readText(s3, at(runId, samplesFile))) ?? '';
      return {
        file: samplesFile,
        sha256: createHash('sha256').update(text).digest('hex'),
        count: text.split('\n').filter((line) => line !== '').length,
      };
    },

    save: (journal) =>
      writeOnce(
        at(journal.runId, 'journal.json'),
        `${JSON.stringify(journal, null, 2)}\n`,
        'application/json',
      ),
  };
}
