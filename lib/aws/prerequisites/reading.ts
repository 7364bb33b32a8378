import type { Unmet } from '../../run/ports.ts';
import { isDenied, isNamed } from '../aws-error.ts';

/** What one target lacks; the same sentence about several targets is told once. */
export type Lack = Omit<Unmet, 'targets'>;

/** What AWS told of something, or why nobody can tell: unknown is never fine. */
export type Reading<T> = { readonly value: T } | { readonly unreadable: Lack };

/** What is mended on the resource itself. */
export const lack = (what: string, hint: string): Lack => ({ what, hint, rejection: 'targets' });

/** What nobody can tell for want of a permission of the function that admits runs. */
export const refused = (action: string, what: string, detail = ''): Lack => ({
  what: `AWS refused ${action} on ${what}${detail}, so nobody can tell whether a fault would work there`,
  hint: `Allow the function that admits runs ${action}: deploy the runner again, and see that no other policy denies it.`,
  rejection: 'permission',
});

/** Names that services have for what is not there; ECS calls it a wrong request. */
const absent = ['ResourceNotFoundException', 'ClusterNotFoundException', 'ClientException'];

/**
 * Asks AWS once. A refusal, or something that is not there, is an answer; anything else that fails is thrown, since the same may
 * soon succeed.
 */
export async function reading<T>(
  action: string,
  what: string,
  ask: () => Promise<T | undefined>,
): Promise<Reading<T>> {
  const gone = {
    unreadable: lack(`${what} cannot be found`, 'See that it is there, and start again once it has settled.'),
  };
  try {
    const value = await ask();
    return value === undefined ? gone : { value };
  } catch (thrown) {
    if (isDenied(thrown)) return { unreadable: refused(action, what) };
    if (isNamed(thrown, ...absent)) return gone;
    throw thrown;
  }
}

/** A question whose answer is kept: everyone who asks it again for the same key is given the first answer. */
export function once<T>(ask: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (key) => {
    const answer = answers.get(key) ?? ask(key);
    answers.set(key, answer);
    return answer;
  };
}
