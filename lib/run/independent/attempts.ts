import { messageOf } from '../../experiment/steadfast-error.ts';

/** Does many things, none of which keeps the others from being done: what fails is remembered. */
export function createAttempts() {
  const problems: string[] = [];
  return {
    problems,
    /** What came of it; undefined where it failed. */
    attempt: async <T>(what: string, doing: () => Promise<T>): Promise<T | undefined> => {
      try {
        return await doing();
      } catch (cause) {
        problems.push(`${what}: ${messageOf(cause)}`);
        return undefined;
      }
    },
  };
}

export type Attempt = ReturnType<typeof createAttempts>['attempt'];
