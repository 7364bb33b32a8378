/** Longer names FIS and definitions do not take. */
const longest = 64;

/** A text as a logical name; undefined where nothing of it could stand in one. */
export function nameFrom(text: string): string | undefined {
  const name = text
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^[^A-Za-z]+/, '')
    .slice(0, longest)
    .replace(/-+$/, '');
  return name === '' ? undefined : name;
}

/** A name that none of those taken has: itself, else with a number; never longer than a name may be. */
export function freeName(
  wanted: string,
  taken: { readonly has: (name: string) => boolean },
  most = longest,
): string {
  for (let number = 1; ; number += 1) {
    const ending = number === 1 ? '' : `-${number}`;
    const name = `${wanted.slice(0, most - ending.length).replace(/-+$/, '')}${ending}`;
    if (!taken.has(name)) return name;
  }
}

/** A text as the words of an id: `Kill 50% of tasks` becomes `kill-50-of-tasks`. */
export const idFrom = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .replace(/-+$/, '');

/** A word as YAML writes it on one line, such as in a snippet to be copied. */
export const quoted = (text: string): string =>
  /^[A-Za-z][A-Za-z0-9_-]*$/.test(text) ? text : `'${text.replaceAll("'", "''").replaceAll(/\s+/g, ' ')}'`;
