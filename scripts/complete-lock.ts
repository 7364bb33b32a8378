import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { lockSchema, missingPlatforms, platformEntry } from './lock-file.ts';

/** Adds to `package-lock.json` the packages for other platforms that npm left out; to be run after the dependencies change. */
const file = fileURLToPath(new URL('../package-lock.json', import.meta.url));

/** As it is written, with the keys in their order. */
const written = z.record(z.string(), z.json());

const lock = written.parse(JSON.parse(readFileSync(file, 'utf8')));
const packages = written.parse(lock['packages']);
for (const missing of missingPlatforms(lockSchema.parse(lock))) {
  packages[`node_modules/${missing.name}`] = z.json().parse(platformEntry(missing));
  process.stdout.write(`added ${missing.name} ${missing.version}\n`);
}
const inOrder = Object.entries(packages).toSorted(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(inOrder) }, null, 2)}\n`);
