import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: { 'steadfast-chaos': fileURLToPath(new URL('./lib/experiment/index.ts', import.meta.url)) },
  },
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    // Tests of real processes and pages wait for them, never for time to pass; this is the limit that says they hang.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Two cores: more files at once would only make the ones that measure wait for each other.
    maxWorkers: 2,
    // The gate counts from the second one.
    reporters: ['default', ['json', { outputFile: 'coverage/tests.json' }]],
    coverage: {
      provider: 'v8',
      include: ['lib/**/*.ts', 'lambdas/**/*.ts', 'bin/**/*.ts'],
      reporter: ['json-summary'],
      reportsDirectory: 'coverage',
      // What was covered is told even of a run that failed.
      reportOnFailure: true,
      // The report of the tests lies in the same folder.
      clean: false,
    },
  },
});
