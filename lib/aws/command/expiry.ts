import type { ClientPlace } from '../client-place.ts';
import { asking } from './aws-problem.ts';

/** When the credentials run out, in milliseconds; undefined where they do not, or do not say. */
export async function credentialsExpireMs({ credentials }: ClientPlace): Promise<number | undefined> {
  if (credentials === undefined) return undefined;
  const { expiration } =
    typeof credentials === 'function'
      ? await asking({ action: 'sts:GetCallerIdentity' }, () => credentials())
      : credentials;
  return expiration?.getTime();
}
