/** XML that is whole; `element` makes it. */
export interface Xml {
  readonly xml: string;
}

/** All that XML 1.0 has no place for, not even as a reference: most control characters, lone surrogates, U+FFFE and U+FFFF. */
const impossible = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(impossible, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    // On its own it is harmless, behind two brackets it is not.
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    // As references: a reader makes spaces of them in an attribute, and one line break of two.
    .replaceAll('\t', '&#9;')
    .replaceAll('\r', '&#13;');

/** Text inside an element, its lines kept. What XML cannot hold becomes U+FFFD. */
export const text = (given: string): Xml => ({ xml: escaped(given) });

/** An element; attributes without a value are left out. Its name and theirs are constants of the code. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  ...children: readonly (Xml | undefined)[]
): Xml {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escaped(String(value)).replaceAll('\n', '&#10;')}"`],
  );
  const inside = children.flatMap((child) => child?.xml ?? []).join('');
  const start = `<${name}${written.join('')}`;
  return { xml: inside === '' ? `${start}/>` : `${start}>${inside}</${name}>` };
}
