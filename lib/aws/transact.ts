import {
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Clock } from '../run/ports.ts';
import { isNamed } from './aws-error.ts';

const cancelledSchema = z.object({
  CancellationReasons: z.array(z.object({ Code: z.optional(z.string()) })),
});

/** How long to step aside for another transaction, longer each time, and how often. */
const conflictMs = 50;
const attempts = 5;

/**
 * Writes all or nothing. Gives the numbers of the items whose conditions did not hold; none where all was written. Another
 * transaction in the way says nothing about the conditions, so it is tried again.
 */
export async function transact(
  { dynamo, clock }: { readonly dynamo: DynamoDBDocumentClient; readonly clock: Clock },
  items: NonNullable<TransactWriteCommandInput['TransactItems']>,
): Promise<readonly number[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await dynamo.send(new TransactWriteCommand({ TransactItems: items }));
      return [];
    } catch (thrown) {
      if (!isNamed(thrown, 'TransactionCanceledException')) throw thrown;
      const reasons = cancelledSchema.safeParse(thrown).data?.CancellationReasons ?? [];
      const failed = reasons.flatMap(({ Code }, index) => (Code === 'ConditionalCheckFailed' ? [index] : []));
      if (failed.length > 0) return failed;
      if (attempt >= attempts) throw thrown;
      await clock.sleep(attempt * conflictMs);
    }
  }
}
