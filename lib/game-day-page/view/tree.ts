/** What the page is made of. No script, style, frame or object is among it. */
type Tag =
  | 'a'
  | 'b'
  | 'button'
  | 'caption'
  | 'code'
  | 'dd'
  | 'details'
  | 'div'
  | 'dl'
  | 'dt'
  | 'figcaption'
  | 'figure'
  | 'form'
  | 'h1'
  | 'h2'
  | 'h3'
  | 'header'
  | 'input'
  | 'label'
  | 'li'
  | 'main'
  | 'ol'
  | 'option'
  | 'p'
  | 'section'
  | 'select'
  | 'span'
  | 'summary'
  | 'table'
  | 'tbody'
  | 'td'
  | 'th'
  | 'thead'
  | 'time'
  | 'tr'
  | 'ul';

/** A piece of the page as plain data: the server prints it, the browser makes elements of it, and both only ever take text for text. */
export interface Piece {
  readonly tag: Tag;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Piece | string)[];
}

/** `undefined` and `false` leave nothing. */
export type Content = Piece | string | number | undefined | false | readonly Content[];

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

function flatten(content: Content): (Piece | string)[] {
  if (content === undefined || content === false) return [];
  if (typeof content === 'number') return [String(content)];
  if (typeof content === 'string' || 'tag' in content) return [content];
  return content.flatMap(flatten);
}

/** Texts that follow each other are one, and empty ones none, as they are when a browser has read them. */
function joined(pieces: readonly (Piece | string)[]): (Piece | string)[] {
  const all: (Piece | string)[] = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    if (piece === '') continue;
    if (typeof piece === 'string' && typeof last === 'string') all[all.length - 1] = last + piece;
    else all.push(piece);
  }
  return all;
}

const attributesOf = (attributes: Attributes): Record<string, string> =>
  Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) =>
      value === undefined || value === false ? [] : [[name, value === true ? '' : String(value)]],
    ),
  );

/**
 * Makes a piece. `data-key` tells it from its siblings when they change; what is inside one with `data-opaque` belongs to the
 * browser.
 */
export const h = (tag: Tag, attributes: Attributes, ...contents: readonly Content[]): Piece => ({
  tag,
  attributes: attributesOf(attributes),
  children: joined(contents.flatMap(flatten)),
});
