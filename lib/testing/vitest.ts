import type { TestMatchers } from './matchers.ts';

/** The types of the matchers for Vitest, without importing it: `import 'steadfast-chaos/testing/vitest'` once. */
declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown>
    extends TestMatchers {}
}
