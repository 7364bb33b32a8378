import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { type GameDayInput, gameDayInputSchema } from '../../game-day/input.ts';
import type { GameDayInputs } from '../../game-day/ports.ts';
import { isNamed } from '../aws-error.ts';
import { createS3Objects } from '../s3-objects.ts';

/** What editions were begun with, as files of the environment's bucket. What is there is never replaced, so it is read once. */
export function createS3Inputs(options: { readonly s3: S3Client; readonly bucket: string }): GameDayInputs {
  const { s3, bucket } = options;
  const objects = createS3Objects(s3, bucket);
  const known = new Map<string, GameDayInput>();
  const keyOf = (edition: string) => `game-days/${edition}/input.json`;

  return {
    load: async (edition) => {
      const before = known.get(edition);
      if (before !== undefined) return before;
      const input = gameDayInputSchema.parse(JSON.parse(await read(edition)));
      known.set(edition, input);
      return input;
    },

    save: async (edition, input) => {
      try {
        await s3.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: keyOf(edition),
            Body: JSON.stringify(input),
            ContentType: 'application/json',
            IfNoneMatch: '*',
          }),
        );
      } catch (thrown) {
        // It began before: by the same execution, since no two have one edition.
        if (!isNamed(thrown, 'PreconditionFailed')) throw thrown;
      }
    },
  };

  async function read(edition: string): Promise<string> {
    try {
      return await objects.read(keyOf(edition));
    } catch (thrown) {
      // S3 says `AccessDenied` of what does not exist to whoever may not list the bucket.
      if (!(thrown instanceof SteadfastError) && !isNamed(thrown, 'AccessDenied')) throw thrown;
      throw new SteadfastError('unknown-id', `there is no edition '${edition}' of a game day`, {
        hint: 'steadfast gameday status shows which ones there are',
        cause: thrown,
      });
    }
  }
}
