import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { Outside } from './outside.ts';

/**
 * Asks the person whether something is meant: only the words asked for are a yes.
 *
 * @throws SteadfastError `interrupted` where they are not typed, `usage` where nobody can be asked
 */
export async function confirmed(options: {
  readonly ask: Outside['ask'];
  readonly yes: boolean | undefined;
  /** What is about to be done, as a sentence. */
  readonly what: string;
  readonly words: string;
  /** What is told where it is not meant, such as `nothing was halted`. */
  readonly otherwise: string;
}): Promise<void> {
  const { ask, yes, what, words, otherwise } = options;
  if (yes === true) return;
  if (ask === undefined) {
    throw new SteadfastError('usage', `${what} Nobody can be asked here whether that is meant`, {
      hint: 'say --yes',
    });
  }
  if ((await ask(`${what} Type '${words}' to go on: `)) !== words)
    throw new SteadfastError('interrupted', otherwise);
}
