import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';

/** Tests of real processes, pages and measurements: each file in a worker of its own. */
const apart = [
  'test/end-to-end/**/*.test.ts',
  'test/bench/**/*.test.ts',
  'test/report/report-page.test.ts',
  'test/game-day-page/{page,bad-days}.test.ts',
  'test/probing/bad-answers.test.ts',
];

/** Tests that load CDK, which takes longer than most of them. */
const constructs = [
  'test/{app,cdk,iam}/**/*.test.ts',
  'test/cli/init/cdk-app.test.ts',
  'test/docs/constructs.test.ts',
  'test/bench/runner.test.ts',
];

/** What the package's own name means here: the sources of its entries. */
const source = (file: string): string => join(import.meta.dirname, 'lib', file);

export default defineConfig({
  resolve: {
    alias: [
      { find: /^steadfast-chaos$/, replacement: source('experiment/index.ts') },
      { find: /^steadfast-chaos\/ports$/, replacement: source('ports/index.ts') },
      { find: /^steadfast-chaos\/testing$/, replacement: source('testing/index.ts') },
      { find: /^steadfast-chaos\/testing\/(vitest|jest)$/, replacement: source('testing/$1.ts') },
    ],
  },
  test: {
    // Files of one worker share what they load. They may: what one test changes for all is undone by itself, as it has to be
    // within a file.
    projects: [
      { extends: true, test: { name: 'apart', include: apart, exclude: constructs } },
      {
        extends: true,
        test: {
          name: 'constructs',
          include: constructs,
          isolate: false,
          setupFiles: ['test/cdk/template/outdir.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'units',
          include: ['test/**/*.test.ts'],
          exclude: [...apart, ...constructs],
          isolate: false,
        },
      },
    ],
    sequence: { sequencer: LongestFirst },
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
      // It runs in browsers alone, where this does not look; the tests of the pages have Chromium run it.
      exclude: ['lib/game-day-page/client/**'],
      reporter: ['json-summary'],
      reportsDirectory: 'coverage',
      // What was covered is told even of a run that failed.
      reportOnFailure: true,
      // The report of the tests lies in the same folder.
      clean: false,
    },
  },
});
