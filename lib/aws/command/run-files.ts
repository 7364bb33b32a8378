import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { isNamed } from '../aws-error.ts';
import { asking } from './aws-problem.ts';

/** What is kept of a run in the environment's bucket. */
export interface RunFiles {
  /** A file of the run, such as `journal.json`, piece by piece; undefined where there is none. */
  readonly open: (file: string) => Promise<ReadableStream<Uint8Array> | undefined>;
  readonly read: (file: string) => Promise<string | undefined>;
}

export function createRunFiles(options: {
  readonly s3: S3Client;
  readonly bucket: string;
  readonly runId: string;
}): RunFiles {
  const { s3, bucket, runId } = options;
  const body = (file: string) => {
    const key = `runs/${runId}/${file}`;
    return asking({ action: 's3:GetObject', resource: `s3://${bucket}/${key}` }, async () => {
      try {
        return (await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))).Body;
      } catch (thrown) {
        if (isNamed(thrown, 'NoSuchKey')) return undefined;
        throw thrown;
      }
    });
  };
  return {
    open: async (file) => (await body(file))?.transformToWebStream(),
    read: async (file) => (await body(file))?.transformToString('utf-8'),
  };
}
