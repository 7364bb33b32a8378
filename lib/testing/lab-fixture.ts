import type { LabDefinition } from '../experiment/lab.ts';
import { lab } from './lab.ts';
import type { LabOptions, TestLab } from './test-lab.ts';

/** A fixture as `test.extend` of Vitest takes it: what makes it, and for how long it lives. */
type Fixture = [
  fixture: (context: object, use: (lab: TestLab) => Promise<void>) => Promise<void>,
  options: { readonly scope: 'file' },
];

/**
 * A lab as a fixture of Vitest: started by the first test of a file that asks for it, stopped when the file is done, on every path.
 *
 * @example
 * const test = base.extend({ shop: labFixture('shop') });
 * test('answers', async ({ shop }) => { ... });
 */
export function labFixture(asked: LabDefinition | string, options: LabOptions = {}): Fixture {
  async function fixture(_context: object, use: (lab: TestLab) => Promise<void>): Promise<void> {
    const started = await lab(asked, options);
    try {
      await use(started);
    } finally {
      await started.stop();
    }
  }
  // Vitest reads in the text of a function which other fixtures it wants; that of a bound one says: none.
  return [fixture.bind(undefined), { scope: 'file' }];
}
