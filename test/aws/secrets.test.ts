import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { createSecrets } from '../../lib/aws/secrets.ts';

function setUp() {
  const secretsManager = new SecretsManagerClient({ region: 'eu-west-1' });
  const ssm = new SSMClient({ region: 'eu-west-1' });
  const sources = { token: { secretsManager: 'shop/token' }, key: { ssm: '/shop/key' } };
  return {
    vault: mockClient(secretsManager),
    parameters: mockClient(ssm),
    secret: createSecrets({ secretsManager, ssm, sources }),
  };
}

describe('secrets', () => {
  it('come from Secrets Manager or, decrypted, from a parameter, and are read once', async () => {
    const { secret, vault, parameters } = setUp();
    vault.on(GetSecretValueCommand, { SecretId: 'shop/token' }).resolves({ SecretString: 'abc' });
    parameters
      .on(GetParameterCommand, { Name: '/shop/key', WithDecryption: true })
      .resolves({ Parameter: { Value: 'def' } });
    expect([await secret('token'), await secret('token'), await secret('key')]).toEqual([
      'abc',
      'abc',
      'def',
    ]);
    expect(vault.calls()).toHaveLength(1);
  });

  it('that AWS refuses name the action and the resource, and are asked for again', async () => {
    const { secret, vault } = setUp();
    const denied = Object.assign(new Error('no'), { name: 'AccessDeniedException' });
    vault.on(GetSecretValueCommand).rejectsOnce(denied).resolves({ SecretString: 'abc' });
    await expect(secret('token')).rejects.toMatchObject({
      code: 'permission',
      message: 'AWS refused secretsmanager:GetSecretValue on shop/token',
    });
    expect(await secret('token')).toBe('abc');
  });

  it('that nobody declared, or that are no text, are refused', async () => {
    const { secret, vault } = setUp();
    vault.on(GetSecretValueCommand).resolves({ SecretBinary: new Uint8Array([1]) });
    await expect(secret('other')).rejects.toMatchObject({ code: 'invalid' });
    await expect(secret('token')).rejects.toThrow("the secret 'token' (shop/token) holds no text");
  });
});
