import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** No file that everything flows through: none of the sources or tests is longer than this. */
const mostLines = 300;

const root = fileURLToPath(new URL('..', import.meta.url));
const long = globSync('{action,bin,lib,lambdas,experiments,bench,scripts,test}/**/*.{ts,js}', { cwd: root })
  .map((file) => ({
    file,
    lines: readFileSync(new URL(`../${file}`, import.meta.url), 'utf8').split('\n').length - 1,
  }))
  .filter(({ lines }) => lines > mostLines);
for (const { file, lines } of long)
  process.stderr.write(`${file} has ${lines} lines, more than ${mostLines}: is it still one idea?\n`);
if (long.length > 0) process.exitCode = 1;
