import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { SecretSource } from '../experiment/environment.ts';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { isDenied } from './aws-error.ts';

/**
 * Reads an environment's secrets by logical name, each once. What is read goes into a request's headers and nowhere else: it is
 * in no log, journal or error.
 */
export function createSecrets(options: {
  readonly secretsManager: SecretsManagerClient;
  readonly ssm: SSMClient;
  readonly sources: Readonly<Record<string, SecretSource>>;
}): (name: string) => Promise<string> {
  const { secretsManager, ssm, sources } = options;
  const cache = new Map<string, Promise<string>>();

  const read = async (source: SecretSource): Promise<string | undefined> => {
    if ('ssm' in source) {
      return (await ssm.send(new GetParameterCommand({ Name: source.ssm, WithDecryption: true }))).Parameter
        ?.Value;
    }
    return (await secretsManager.send(new GetSecretValueCommand({ SecretId: source.secretsManager })))
      .SecretString;
  };

  const resolve = async (name: string): Promise<string> => {
    const source = sources[name];
    if (source === undefined) {
      throw new SteadfastError('invalid', `no secret is called '${name}'`, {
        hint: 'add it to the secrets of the environment',
      });
    }
    const [action, resource] =
      'ssm' in source
        ? ['ssm:GetParameter', source.ssm]
        : ['secretsmanager:GetSecretValue', source.secretsManager];
    try {
      const value = await read(source);
      if (value !== undefined) return value;
    } catch (thrown) {
      if (!isDenied(thrown)) throw thrown;
      throw new SteadfastError('permission', `AWS refused ${action} on ${resource}`, {
        hint: 'allow the functions that ask services to read it, and its key',
        cause: thrown,
      });
    }
    throw new SteadfastError('invalid', `the secret '${name}' (${resource}) holds no text`, {
      hint: 'store it as a string',
    });
  };

  return (name) => {
    const value = cache.get(name) ?? resolve(name);
    cache.set(name, value);
    // What failed is asked for again by the next who needs it.
    value.catch(() => cache.delete(name));
    return value;
  };
}
