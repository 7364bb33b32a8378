import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { isNamed } from './aws-error.ts';

/** Texts in one bucket. */
export interface S3Objects {
  write(key: string, text: string, contentType: string): Promise<void>;
  read(key: string): Promise<string>;
  /** The keys that begin so, in their order. */
  keys(prefix: string): AsyncIterable<string>;
}

export function createS3Objects(s3: S3Client, bucket: string): S3Objects {
  return {
    write: async (key, text, contentType) => {
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text, ContentType: contentType }));
    },
    read: async (key) => {
      try {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        if (Body === undefined) throw new SteadfastError('internal', `S3 gave ${key} without a body`);
        return await Body.transformToString('utf-8');
      } catch (thrown) {
        if (!isNamed(thrown, 'NoSuchKey')) throw thrown;
        throw new SteadfastError('internal', `the run's bucket holds no ${key}`, {
          hint: 'the run was never admitted, or its records have been removed',
          cause: thrown,
        });
      }
    },
    // S3 lists keys in the order of their UTF-8 bytes.
    keys: async function* keys(prefix) {
      for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix })) {
        for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key;
      }
    },
  };
}
