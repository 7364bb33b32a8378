/** The longest logical name (see `logicalName`). */
const longestName = 64;

/** A logical name like a text of the source, that nothing else has: letters, digits, `-` and `_`, beginning with a letter. */
export function nameLike(text: string, otherwise: string, taken: readonly string[]): string {
  const letters = text
    .slice(0, 4 * longestName)
    .replaceAll(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^[^A-Za-z]+/, '');
  const base = letters.replaceAll(/-+$/g, '') || otherwise;
  for (let number = 1; ; number += 1) {
    const ending = number === 1 ? '' : `-${number}`;
    const name = `${base.slice(0, longestName - ending.length)}${ending}`;
    if (!taken.includes(name)) return name;
  }
}

export const isName = (text: string): boolean => /^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(text);
