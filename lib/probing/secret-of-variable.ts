import { SteadfastError } from '../experiment/steadfast-error.ts';

/** The name of an environment variable that a shell can set: a logical name may hold hyphens, which no variable of a shell does. */
export const secretVariable = (name: string): string => name.replaceAll(/\W/g, '_');

/** On a laptop a secret is an environment variable of its name, or of its name with `_` for what no shell can write. */
export async function secretOfVariable(name: string): Promise<string> {
  const value = process.env[name] ?? process.env[secretVariable(name)];
  if (value === undefined) {
    throw new SteadfastError('cannot-begin', `the secret '${name}' is not set`, {
      hint: `set the environment variable ${secretVariable(name)}`,
    });
  }
  return value;
}
