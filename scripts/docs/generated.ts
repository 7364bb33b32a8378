/** What every generated page says of itself. */
export const generated = (from: string): string =>
  `<!-- Generated from ${from} by \`npm run docs\`. Change it there; a test compares the two. -->`;

/** Pages end with one line break. */
export const page = (...lines: readonly string[]): string => `${lines.join('\n').trim()}\n`;
