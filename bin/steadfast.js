#!/usr/bin/env node
// The command's entry. In a checkout it runs the TypeScript sources as they are; the published package holds them compiled.
import { existsSync } from 'node:fs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 15)) {
  process.stderr.write(
    `steadfast needs Node 22.15 or later, and this is ${process.versions.node}.\n` +
      'In a checkout, npm scripts and npx use the Node that the project brings: npx steadfast ...\n',
  );
  process.exit(64);
}
const source = new URL('./steadfast.ts', import.meta.url);
await import(existsSync(source) ? source.href : new URL('../dist/bin/steadfast.js', import.meta.url).href);
