import { SteadfastError } from '../experiment/steadfast-error.ts';

/**
 * Loads a package that only some labs need.
 *
 * @param toInstall what is to be installed where it is not: it, and what is needed with it
 * @throws SteadfastError `cannot-begin` that says why it is needed, when it is not installed
 */
export async function importOptional<Module>(
  load: () => Promise<Module>,
  name: string,
  neededFor: string,
  toInstall: readonly string[] = [name],
): Promise<Module> {
  try {
    return await load();
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_MODULE_NOT_FOUND'))
      throw thrown;
    throw new SteadfastError(
      'cannot-begin',
      `the package ${name} is not installed, and ${neededFor} needs it`,
      {
        hint: `npm install --save-dev ${toInstall.join(' ')}`,
        cause: thrown,
      },
    );
  }
}
