/** An element as a reader of XML sees it. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** The text directly in it. */
  readonly text: string;
}

/** What XML 1.0 calls a character. */
const character = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads references; throws where an ampersand begins none. */
function unescaped(raw: string): string {
  return raw.replace(/&(?:#(\d+);|(\w+);)?/g, (whole, number?: string, name?: string) => {
    if (number !== undefined) return String.fromCodePoint(Number(number));
    const meant = name === undefined ? undefined : named[name];
    if (meant === undefined) throw new Error(`no reference: ${whole}`);
    return meant;
  });
}

function attributesOf(raw: string): Record<string, string> {
  const found: Record<string, string> = {};
  const rest = raw.replace(/\s+([a-z]+)="([^"<]*)"/gi, (_, key: string, value: string) => {
    if (key in found) throw new Error(`twice: ${key}`);
    // A reader makes spaces of line breaks in an attribute, unless they are references.
    found[key] = unescaped(value.replace(/[\t\n\r]/g, ' '));
    return '';
  });
  if (rest.trim() !== '') throw new Error(`not an attribute: ${rest}`);
  return found;
}

/** Reads a document by the rules of XML 1.0, as far as JUnit's files need them; throws where it is not well-formed. */
export function readXml(document: string): Element {
  if (!character.test(document)) throw new Error('a character that XML does not have');
  const body = document.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  if (body === document) throw new Error('no declaration');
  type Open = { name: string; attributes: Record<string, string>; children: Element[]; text: string };
  const root: Open = { name: '', attributes: {}, children: [], text: '' };
  const open: Open[] = [root];
  const inside = (): Open => open.at(-1) ?? root;
  let at = 0;
  for (const match of body.matchAll(/<(\/?)([a-z-]+)((?:\s+[a-z]+="[^"<]*")*)\s*(\/?)>/gi)) {
    const [whole, closing, name = '', attributes = '', empty] = match;
    addText(body.slice(at, match.index));
    at = match.index + whole.length;
    if (closing === '/') {
      const ended = open.pop();
      if (ended?.name !== name || open.length === 0) throw new Error(`</${name}> ends nothing`);
      inside().children.push(ended);
    } else {
      const begun = { name, attributes: attributesOf(attributes), children: [], text: '' };
      if (empty === '/') inside().children.push(begun);
      else open.push(begun);
    }
  }
  addText(body.slice(at));
  const [only, ...more] = root.children;
  if (open.length !== 1 || only === undefined || more.length > 0 || root.text.trim() !== '')
    throw new Error('not one element');
  return only;

  function addText(raw: string): void {
    if (raw.includes('<') || raw.includes(']]>')) throw new Error(`not text: ${raw}`);
    inside().text += unescaped(raw);
  }
}
