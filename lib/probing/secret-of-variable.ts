import { SteadfastError } from '../experiment/steadfast-error.ts';

/** On a laptop a secret is an environment variable of its name. */
export async function secretOfVariable(name: string): Promise<string> {
  const value = process.env[name];
  if (value === undefined) {
    throw new SteadfastError('cannot-begin', `the secret '${name}' is not set`, {
      hint: `set the environment variable ${name}`,
    });
  }
  return value;
}
