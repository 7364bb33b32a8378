import { SteadfastError } from '../../../lib/experiment/steadfast-error.ts';

/** What a construct is refused with, and how to mend it. */
export function refusalOf(prepare: () => unknown): string {
  try {
    prepare();
  } catch (thrown) {
    if (thrown instanceof SteadfastError) return `${thrown.message}; ${thrown.hint}`;
    throw thrown;
  }
  return 'nothing is refused';
}
