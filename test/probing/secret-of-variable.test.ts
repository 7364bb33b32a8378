import { afterEach, expect, it, vi } from 'vitest';
import { secretOfVariable } from '../../lib/probing/secret-of-variable.ts';

afterEach(() => void vi.unstubAllEnvs());

it('a secret is the environment variable of its name, or of what a shell can write of it', async () => {
  vi.stubEnv('KEY_OF_A_SECRET', '1');
  vi.stubEnv('shop_authorization', '2');
  expect(await secretOfVariable('KEY_OF_A_SECRET')).toBe('1');
  expect(await secretOfVariable('shop-authorization')).toBe('2');
  vi.stubEnv('shop-authorization', '3');
  expect(await secretOfVariable('shop-authorization')).toBe('3');
});

it('a secret that is not set is told with the variable to set', async () => {
  await expect(secretOfVariable('shop-key-nobody-set')).rejects.toMatchObject({
    message: "the secret 'shop-key-nobody-set' is not set",
    hint: 'set the environment variable shop_key_nobody_set',
  });
});
