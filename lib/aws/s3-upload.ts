import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';

/** Parts of this size: S3 takes at least 5 MiB (but for the last) and 10,000 parts, so this holds 78 GiB in the memory of one part. */
const partBytes = 8 * 1_024 * 1_024;

/**
 * Writes an object of unknown length, holding no more than a part of it in memory. Nothing is left of it when `chunks` fails: the
 * object is there as a whole, or as it was before.
 */
export async function uploadStream(
  s3: S3Client,
  target: { readonly bucket: string; readonly key: string; readonly contentType: string },
  chunks: AsyncIterable<string>,
): Promise<void> {
  const object = { Bucket: target.bucket, Key: target.key };
  const parts: { PartNumber: number; ETag: string | undefined }[] = [];
  let uploadId: string | undefined;
  let pending: string[] = [];
  let pendingBytes = 0;

  const sendPart = async (): Promise<void> => {
    uploadId ??= (
      await s3.send(new CreateMultipartUploadCommand({ ...object, ContentType: target.contentType }))
    ).UploadId;
    const part = { PartNumber: parts.length + 1, UploadId: uploadId, Body: pending.join('') };
    const { ETag } = await s3.send(new UploadPartCommand({ ...object, ...part }));
    parts.push({ PartNumber: part.PartNumber, ETag });
    pending = [];
    pendingBytes = 0;
  };

  try {
    for await (const chunk of chunks) {
      pending.push(chunk);
      pendingBytes += Buffer.byteLength(chunk);
      if (pendingBytes >= partBytes) await sendPart();
    }
    if (uploadId === undefined) {
      await s3.send(
        new PutObjectCommand({ ...object, ContentType: target.contentType, Body: pending.join('') }),
      );
      return;
    }
    if (pendingBytes > 0) await sendPart();
    await s3.send(
      new CompleteMultipartUploadCommand({
        ...object,
        UploadId: uploadId,
        MultipartUpload: { Parts: parts },
      }),
    );
  } catch (thrown) {
    if (uploadId !== undefined)
      await s3.send(new AbortMultipartUploadCommand({ ...object, UploadId: uploadId }));
    throw thrown;
  }
}
