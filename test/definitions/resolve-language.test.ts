import { expect, it, vi } from 'vitest';

it('a Node that cannot do what definitions need is told so, and not by a crash', async () => {
  vi.doMock('node:module', () => ({ default: {} }));
  try {
    vi.resetModules();
    const { resolveLanguage } = await import('../../lib/definitions/resolve-language.ts');
    expect(() => resolveLanguage()).toThrow(
      `definitions need Node 22.15 or later, and this is ${process.versions.node}`,
    );
  } finally {
    vi.doUnmock('node:module');
    vi.resetModules();
  }
});
