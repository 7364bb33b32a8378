import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The pages that people read, by their path from the root. */
export const pageFiles: readonly string[] = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file))
    .toSorted(),
];

export const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

const fence = /^```(\S*)\n([\s\S]*?)^```$/gm;

/** The fenced blocks of a page, with the word after the fence. */
export const blocksOf = (file: string): readonly { readonly language: string; readonly text: string }[] =>
  [...textOf(file).matchAll(fence)].map(([, language = '', text = '']) => ({ language, text }));

/** A page without what its code says. */
export const proseOf = (file: string): string => textOf(file).replaceAll(fence, '');

/** The anchors that GitHub gives a page's headings: a heading that comes again gets a number. */
export function anchorsOf(file: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of proseOf(file).matchAll(/^#{1,6} (.+)$/gm)) {
    const plain = heading
      .replaceAll('`', '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-');
    let anchor = plain;
    for (let again = 1; anchors.has(anchor); again += 1) anchor = `${plain}-${again}`;
    anchors.add(anchor);
  }
  return anchors;
}

interface PageLink {
  readonly file: string;
  readonly target: string;
  /** Path from the root; the page itself for an anchor alone. */
  readonly path: string;
  readonly anchor: string | undefined;
}

/** The links and images of a page that lead to files of this repository. */
export const linksOf = (file: string): readonly PageLink[] =>
  [
    ...proseOf(file)
      .replaceAll(/`[^`]*`/g, (code) => '_'.repeat(code.length))
      .matchAll(/\]\(([^)\s]+)\)/g),
  ]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path = '', anchor] = target.split('#');
      const resolved = path === '' ? file : relative(root, join(root, dirname(file), path));
      return { file, target, path: resolved, anchor };
    });

/** The lines of a page's `sh` blocks, without comments. */
export const shellLinesOf = (file: string): readonly string[] =>
  blocksOf(file)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.split('\n'))
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter(Boolean);
