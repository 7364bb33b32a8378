import { SteadfastError } from '../experiment/steadfast-error.ts';
import { isDenied, isNamed } from './aws-error.ts';

/**
 * Calls AWS, and tells a missing permission from everything else that a call fails with: `AWS refused to <todo>`. A failure of the
 * name `fine` says that there is nothing to do, and gives undefined.
 */
export async function calling<T>(
  { todo, fine }: { readonly todo: string; readonly fine?: string },
  call: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await call();
  } catch (thrown) {
    if (fine !== undefined && isNamed(thrown, fine)) return undefined;
    throw isDenied(thrown)
      ? new SteadfastError('permission', `AWS refused to ${todo}`, { cause: thrown })
      : thrown;
  }
}
