import type { SelfCheck } from '../../lib/probing/self-check.ts';

/** A self-check that says what a test wants it to; `looks` counts how often it was asked. */
export function createFakeSelfCheck(
  says: () => string | undefined = () => undefined,
): SelfCheck & { readonly looks: number } {
  let looks = 0;
  return {
    url: 'http://127.0.0.1:9/',
    look: async () => {
      looks += 1;
      return says();
    },
    get looks() {
      return looks;
    },
  };
}
