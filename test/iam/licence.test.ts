import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '../..');

/** The simulator is under the AGPL: a tool of the tests, never a part of what is deployed or published. */
describe('the IAM simulator', () => {
  it('is a dependency of development alone', () => {
    const ofIt = (names: object) => Object.keys(names).filter((name) => name.startsWith('@cloud-copilot/'));
    expect(ofIt(packageJson.devDependencies)).toHaveLength(2);
    expect([...ofIt(packageJson.dependencies), ...ofIt(packageJson.peerDependencies)]).toEqual([]);
  });

  it('is named by no source outside the tests', () => {
    const sources = globSync('{bin,lib,lambdas,experiments,scripts,bench}/**/*.{ts,js,json}', { cwd: root });
    expect(sources.length).toBeGreaterThan(300);
    const naming = sources.filter((file) =>
      readFileSync(join(root, file), 'utf8').includes('@cloud-copilot'),
    );
    expect(naming).toEqual([]);
  });
});
