import { asMarkdown } from '../../game-day/retro/markdown-text.ts';
import { escapeHtml } from '../html.ts';

/** Markdown that is safe to put into a document; `md`, `code` and `lines` make it. */
export interface Markdown {
  readonly markdown: string;
}

/** What may stand in a template: text is escaped, lists are joined, `undefined` and `false` leave nothing. */
export type Content = Markdown | string | number | undefined | false | readonly Content[];

/** A space without width: it is not seen, and ends a mention or a link where one would begin. */
const apart = '&#8203;';

/**
 * What platforms make links of after Markdown has been read, where an escape no longer counts, as far as the sign at which they do:
 * `@team`, addresses for mail, `#12`, `!12`, `GH-12`, `https://…`, `www.…`.
 */
const linked = /@|(?:\\#|#|!|GH-)(?=\w)|:(?=\/\/)|www(?=\.)/gi;

/** Text as one line of Markdown that shows just this text: no heading, no HTML, no link, and nobody is mentioned by it. */
const escaped = (text: string): string =>
  asMarkdown(text)
    // A number with digits behind its point begins no list.
    .replace(/^(\d+)\\(?=\.\d)/, '$1')
    .replace(linked, (sign) => `${sign}${apart}`);

/** The markdown of some content, on one line where the content is. */
export function render(content: Content): string {
  if (content === undefined || content === false) return '';
  if (typeof content === 'string') return escaped(content);
  if (typeof content === 'number') return String(content);
  return 'markdown' in content ? content.markdown : content.map(render).join('');
}

/** A template of Markdown; whatever is put into it is escaped, unless it is Markdown itself. */
export const md = (strings: TemplateStringsArray, ...contents: readonly Content[]): Markdown => ({
  markdown: strings.map((text, index) => text + render(contents[index])).join(''),
});

/** A name, an id or a command. What a code span cannot hold everywhere, also in a table, stands there as text. */
export const code = (text: string): Markdown =>
  /^[^\s`|\p{C}\u2028\u2029](?:[^`|\p{C}\u2028\u2029]*[^\s`|\p{C}\u2028\u2029])?$/u.test(text)
    ? { markdown: `\`${text}\`` }
    : { markdown: escaped(text) };

/** Text that may hold lines of its own, as the end of a log, each kept apart. */
export const lines = (text: string): Markdown => ({
  markdown: text
    .split('\n')
    .map(escaped)
    .filter((line) => line !== '')
    .join('<br>'),
});

/** What is between, kept apart by `separator`; what is nothing is left out. */
export const joined = (contents: readonly Content[], separator: string): Markdown => ({
  markdown: contents
    .map(render)
    .filter((part) => part !== '')
    .join(separator),
});

/** Parts of a document, a blank line between them. */
export const blocks = (...parts: readonly Content[]): Markdown => joined(parts, '\n\n');

/** Something that is opened by whoever wants to see it. Its title is HTML, in which Markdown means nothing. */
export const details = (title: string, inside: Markdown): Markdown => ({
  markdown: `<details><summary>${escapeHtml(title)
    .replace(/\s+/g, ' ')
    .replace(linked, (sign) => `${sign}${apart}`)}</summary>\n\n${inside.markdown}\n\n</details>`,
});
