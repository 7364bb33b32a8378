import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './markdown.ts';

const text = /\.(md|ts|js|mjs|cjs|json|yaml|yml|sql)$/;

/** The repository's own text files: what is tracked, and what would be. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter((file) => text.test(file) || file === 'LICENSE' || file.startsWith('.ci/'));

/** Each pattern is written so that it does not fit itself. */
const foreign: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a folder of some machine', /(?:^|[\s"'`(=])\/(?:home|root|mnt|work|Users)\/[\w.-]/m],
  ["a package registry's host", /\bregistry\.[a-z]+[a-z.]*\//],
  ['the number of an entry in a tracker', /\b(?:[Ii]ssues?|[Tt]ickets?) #?\d/],
  ['a plan for later', /\b(?:[Rr]oad[ -]?map|[Cc]oming [s]oon|[Tt]o be [i]mplemented)\b/],
  ['a note to oneself', /\b(?:TO[D]O|FIX[M]E|XX[X])\b/],
  ['who or what wrote it', /\b(?:large language [m]odel|AI[ -](?:assistant|agent)s?)\b/i],
];

describe('the repository', () => {
  it('has files to look at', () => {
    expect(files.length).toBeGreaterThan(100);
  });

  it.each(foreign)('does not speak of %s', (_what, pattern) => {
    expect(files.filter((file) => pattern.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
  });
});
