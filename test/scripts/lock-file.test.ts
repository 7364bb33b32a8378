import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lockSchema, missingPlatforms, platformEntry } from '../../scripts/lock-file.ts';

const text = readFileSync('package-lock.json', 'utf8');

describe('the lock file', () => {
  it('knows every package for every platform, or npm ci would refuse it (npm run lock adds them)', () => {
    expect(missingPlatforms(lockSchema.parse(JSON.parse(text))).map(({ name }) => name)).toEqual([]);
  });

  it('names no place that packages come from', () => {
    expect(text).not.toContain('"resolved"');
  });
});

describe('the entry of a package for another platform', () => {
  it('says by its name where it is installed', () => {
    const by = { license: 'MIT', engines: { node: '>=20' } };
    expect(platformEntry({ name: '@tool/core-linux-arm64-musl', version: '1.2.3', by })).toEqual({
      version: '1.2.3',
      cpu: ['arm64'],
      dev: true,
      libc: ['musl'],
      license: 'MIT',
      optional: true,
      os: ['linux'],
      engines: { node: '>=20' },
    });
    expect(platformEntry({ name: '@tool/core-win32-x64-msvc', version: '1.2.3', by: {} })).toEqual({
      version: '1.2.3',
      cpu: ['x64'],
      dev: true,
      optional: true,
      os: ['win32'],
    });
  });
});
