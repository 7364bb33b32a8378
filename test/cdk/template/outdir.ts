import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** Where the apps of this worker are synthesized. */
export const outdir = join(tmpdir(), `steadfast-constructs-${process.pid}`);

// Set up for each file anew, whoever shares the worker.
afterAll(() => rmSync(outdir, { recursive: true, force: true }));
