/** What begins or ends something in Markdown, a table or HTML. */
const special = /[\\`*_{}[\]<>|#~&$]/g;

/** What begins a list, a heading or a rule where a line begins with it. */
const beginning = /^([-+=]|\d+[.)])/;

/**
 * Text as one line of Markdown that shows just this text: what somebody noted neither forms a heading nor an element of HTML. Line breaks
 * and runs of white space become one space.
 */
export const asMarkdown = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .replace(special, String.raw`\$&`)
    .replace(beginning, (sign) => `${sign.slice(0, -1)}\\${sign.slice(-1)}`);

/** The text that a line of Markdown shows, where it was written by `asMarkdown` or by hand. */
export const fromMarkdown = (markdown: string): string =>
  markdown.replace(/\\([\\`*_{}[\]<>|#~&$\-+=.)])/g, '$1').trim();
