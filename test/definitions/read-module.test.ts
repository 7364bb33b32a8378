import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readModule } from '../../lib/definitions/read-module.ts';
import { temporaryProject } from './temporary-project.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('a module', () => {
  it('is read by its default export', async () => {
    const root = temporaryProject({ 'a.mjs': "export default { id: 'a' };\n" });
    expect(await readModule(join(root, 'a.mjs'))).toMatchObject({ value: { id: 'a' } });
  });

  it('that waits for something for ever is given up', async () => {
    const root = temporaryProject({ 'a.mjs': 'await new Promise(() => {});\nexport default {};\n' });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const reading = readModule(join(root, 'a.mjs'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await reading).toMatchObject({
      problems: [
        { code: 'unreadable', message: 'cannot be loaded: it was still waiting for something after 10 s' },
      ],
    });
  });
});
