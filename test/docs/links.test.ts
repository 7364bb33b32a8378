import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchorsOf, linksOf, pageFiles, proseOf, root } from './markdown.ts';

describe('the pages', () => {
  it.each(pageFiles)('%s links only to files and headings that are there', (file) => {
    const broken = linksOf(file).filter(
      ({ path, anchor }) =>
        !existsSync(join(root, path)) || (anchor !== undefined && !anchorsOf(path).has(anchor)),
    );
    expect(broken.map(({ target }) => target)).toEqual([]);
  });

  it('are all reached from the README', () => {
    const reached = new Set<string>();
    const follow = (file: string) => {
      if (reached.has(file)) return;
      reached.add(file);
      for (const { path } of linksOf(file)) if (path.endsWith('.md')) follow(path);
    };
    follow('README.md');
    expect(pageFiles.filter((file) => !reached.has(file))).toEqual([]);
  });

  it.each(pageFiles)('%s begins with its one heading of the first level', (file) => {
    const headings = proseOf(file).match(/^#{1,6} .+$/gm) ?? [];
    expect(headings.map((heading) => heading.startsWith('# '))).toEqual(
      headings.map((_, index) => index === 0),
    );
  });
});
