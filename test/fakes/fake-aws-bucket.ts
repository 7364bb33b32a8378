import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  type CompleteMultipartUploadCommandInput,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  GetObjectCommand,
  type GetObjectCommandInput,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  NoSuchKey,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
  UploadPartCommand,
  type UploadPartCommandInput,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';

/** S3 takes no smaller part than this, but for the last. */
const leastPartBytes = 5 * 1_024 * 1_024;

/** The adapter writes texts alone. */
export function textOf(body: unknown): string {
  if (typeof body === 'string') return body;
  throw new Error('the fake bucket takes texts only');
}

/** A bucket behind a mocked S3 client: texts by key, listed in order and page by page, multipart uploads with S3's rules. */
export function createFakeBucket(options: { readonly pageSize?: number } = {}) {
  const { pageSize = 3 } = options;
  const objects = new Map<string, string>();
  const uploads = new Map<string, string[]>();
  const s3 = new S3Client({ region: 'eu-west-1' });
  const mock = mockClient(s3);

  mock.on(PutObjectCommand).callsFake((input: PutObjectCommandInput) => {
    if (input.IfNoneMatch === '*' && objects.has(String(input.Key)))
      throw Object.assign(new Error('it is there'), { name: 'PreconditionFailed' });
    objects.set(String(input.Key), textOf(input.Body));
    return {};
  });
  mock.on(GetObjectCommand).callsFake((input: GetObjectCommandInput) => {
    const text = objects.get(String(input.Key));
    if (text === undefined) throw new NoSuchKey({ message: 'no such key', $metadata: {} });
    return {
      Body: {
        transformToString: () => Promise.resolve(text),
        transformToWebStream: () => new Blob([text]).stream(),
      },
    };
  });
  mock.on(ListObjectsV2Command).callsFake((input: ListObjectsV2CommandInput) => {
    const keys = [...objects.keys()].filter((key) => key.startsWith(input.Prefix ?? '')).toSorted();
    const from = Number(input.ContinuationToken ?? 0);
    const end = from + pageSize;
    const Contents = keys.slice(from, end).map((Key) => ({ Key }));
    return end < keys.length
      ? { Contents, IsTruncated: true, NextContinuationToken: String(end) }
      : { Contents };
  });
  mock.on(CreateMultipartUploadCommand).callsFake((input: CreateMultipartUploadCommandInput) => {
    const UploadId = `upload-${uploads.size + 1} of ${String(input.Key)}`;
    uploads.set(UploadId, []);
    return { UploadId };
  });
  mock.on(UploadPartCommand).callsFake((input: UploadPartCommandInput) => {
    const parts = uploads.get(String(input.UploadId));
    if (parts === undefined) throw new Error(`there is no upload ${String(input.UploadId)}`);
    parts[Number(input.PartNumber) - 1] = textOf(input.Body);
    return { ETag: `etag-${String(input.PartNumber)}` };
  });
  mock.on(CompleteMultipartUploadCommand).callsFake((input: CompleteMultipartUploadCommandInput) => {
    const parts = uploads.get(String(input.UploadId)) ?? [];
    if (input.MultipartUpload?.Parts?.length !== parts.length) throw new Error('InvalidPart');
    if (parts.slice(0, -1).some((part) => Buffer.byteLength(part) < leastPartBytes))
      throw new Error('EntityTooSmall');
    objects.set(String(input.Key), parts.join(''));
    uploads.delete(String(input.UploadId));
    return {};
  });
  mock.on(AbortMultipartUploadCommand).callsFake((input: { UploadId?: string }) => {
    uploads.delete(String(input.UploadId));
    return {};
  });

  return { s3, mock, objects, uploads };
}
