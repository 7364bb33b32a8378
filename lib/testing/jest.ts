import type { TestMatchers } from './matchers.ts';

/** The types of the matchers for Jest, without importing it: `import 'steadfast-chaos/testing/jest'` once. */
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends TestMatchers {}
}

/** The same for those who have Jest's globals from @types/jest. */
declare global {
  namespace jest {
    interface Matchers<R, T> extends TestMatchers {}
  }
}
