/** Markup that is safe to put into a page; `html` and `trusted` make it. */
export interface Html {
  readonly markup: string;
}

/** What may stand in a template: text is escaped, lists are joined, `undefined` and `false` leave nothing. */
export type Content = Html | string | number | undefined | false | readonly Content[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it stands in markup, inside an element or a quoted attribute. What HTML cannot hold becomes U+FFFD. */
export const escapeHtml = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\p{Cc}/gu, (control) => (control === '\n' || control === '\t' ? control : '\ufffd'))
    .replace(/[&<>"']/g, (character) => entities[character] ?? character);

function render(content: Content): string {
  if (content === undefined || content === false) return '';
  if (typeof content === 'string') return escapeHtml(content);
  if (typeof content === 'number') return String(content);
  return 'markup' in content ? content.markup : content.map(render).join('');
}

/** A template of markup; whatever is put into it is escaped, unless it is markup itself. */
export const html = (strings: TemplateStringsArray, ...contents: readonly Content[]): Html => ({
  markup: strings.map((text, index) => text + render(contents[index])).join(''),
});

/** Takes text for markup as it is. Only for constants of the code, never for anything out of a journal. */
export const trusted = (constant: string): Html => ({ markup: constant });
