import { describe, expect, it } from 'vitest';
import { credentialsExpireMs } from '../../../lib/aws/command/expiry.ts';

const keys = { accessKeyId: 'a', secretAccessKey: 'b' };

describe('when credentials run out', () => {
  it('is told by those that say so, given or asked for', async () => {
    const expiration = new Date('2026-01-01T00:00:00Z');
    expect(await credentialsExpireMs({ credentials: { ...keys, expiration } })).toBe(expiration.getTime());
    expect(await credentialsExpireMs({ credentials: async () => ({ ...keys, expiration }) })).toBe(
      expiration.getTime(),
    );
  });

  it('is never, where they do not say', async () => {
    expect(await credentialsExpireMs({})).toBeUndefined();
    expect(await credentialsExpireMs({ credentials: keys })).toBeUndefined();
  });
});
