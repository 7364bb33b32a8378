import type { Journal } from '../run/journal.ts';
import { plural } from './format.ts';
import { type Html, html } from './html.ts';

/** What the experiment was made of for this run alone, and what of that means something else here; nothing for Steadfast's own. */
export function importedSection({ experiment }: Journal): Html | undefined {
  const { importedFrom } = experiment;
  if (importedFrom === undefined) return undefined;
  const { file, format, sha256, notes, approximated, refused, open } = importedFrom;
  const fields = (title: string, all: readonly { readonly path: string; readonly why: string }[]) =>
    all.length > 0 &&
    html`<h3>${title}</h3><ul>${all.map(({ path, why }) => html`<li><code>${path}</code>: ${why}</li>`)}</ul>`;
  return html`<section><h2>Taken in from another tool</h2>
<p><code>${file}</code> (${format}) was rehearsed as it stands: ${plural(approximated.length, 'field')} of it ${
    approximated.length === 1 ? 'means' : 'mean'
  } nearly the same here, ${plural(refused.length, 'field')} ${refused.length === 1 ? 'was' : 'were'} not taken over. SHA-256 <code class="hash">${sha256}</code></p>
<details><summary>What was made of it</summary>
<ul>${notes.map((note) => html`<li>${note}</li>`)}</ul>
${fields('Approximated', approximated)}
${fields('Not taken over', refused)}
${fields(
  'Left open, with what was proposed meanwhile',
  open.map(({ path, question }) => ({ path, why: question })),
)}</details></section>`;
}
