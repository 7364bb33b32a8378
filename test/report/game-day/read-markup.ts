/** An element as it begins, or text. */
export type Token =
  | { readonly element: string; readonly attributes: Readonly<Record<string, string>> }
  | { readonly text: string };

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
};

const decoded = (text: string): string =>
  text.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? '');

/**
 * Reads markup as strictly as it is written here: a `<` begins an element with quoted attributes or ends one, and stands nowhere else.
 * Elements must be closed in order.
 */
export function readMarkup(markup: string): Token[] {
  const tokens: Token[] = [];
  const open: string[] = [];
  const pattern = /<(\/?)([a-z][a-z0-9-]*)((?: [a-zA-Z-]+="[^"<>]*")*)>|([^<>]+)/y;
  while (pattern.lastIndex < markup.length) {
    const at = pattern.lastIndex;
    const [, slash, name, attributes = '', text] = pattern.exec(markup) ?? [];
    if (text !== undefined) tokens.push({ text: decoded(text) });
    else if (name === undefined) throw new Error(`what is this? ${markup.slice(at, at + 80)}`);
    else if (slash === '/') {
      const last = open.pop();
      if (last !== name) throw new Error(`</${name}> closes <${last ?? 'nothing'}>`);
    } else {
      open.push(name);
      const pairs = [...attributes.matchAll(/ ([a-zA-Z-]+)="([^"]*)"/g)];
      tokens.push({
        element: name,
        attributes: Object.fromEntries(
          pairs.map(([, key = '', value = '']): [string, string] => [key, decoded(value)]),
        ),
      });
    }
  }
  if (open.length > 0) throw new Error(`never closed: ${open.join(', ')}`);
  return tokens;
}

/** What there is of elements and attributes, whatever they hold. */
export const skeletonOf = (markup: string): string[] =>
  readMarkup(markup).flatMap((token) =>
    'element' in token ? [`${token.element} ${Object.keys(token.attributes).join(' ')}`] : [],
  );

export const textOf = (markup: string): string =>
  readMarkup(markup)
    .flatMap((token) => ('text' in token ? [token.text] : []))
    .join('');

/** Each button with what CloudWatch would send when it is pressed. */
export function buttonsOf(markup: string) {
  const tokens = readMarkup(markup);
  return tokens.flatMap((token, index) => {
    if (!('element' in token) || token.element !== 'cwdb-action') return [];
    const [button, label, , json] = tokens.slice(index - 2, index + 2);
    if (button === undefined || !('element' in button) || button.element !== 'button')
      throw new Error('an action that no button comes before does nothing');
    return [
      {
        label: label !== undefined && 'text' in label ? label.text : '',
        attributes: token.attributes,
        sends: JSON.parse(json !== undefined && 'text' in json ? json.text : '') as unknown,
      },
    ];
  });
}
