import type { Journal } from '../run/journal.ts';
import { type Html, html } from './html.ts';

/** A warning of what the fault has left behind; nothing where nothing was found. */
export function residueSection({ residue = [] }: Journal): Html | undefined {
  if (residue.length === 0) return undefined;
  return html`<section class="warning"><h2>Left behind by the fault</h2><p>The run is over, and this is still there:</p><ul>${residue.map(
    ({ what, hint }) =>
      html`<li><p><strong>${what}</strong></p><p class="hint"><span class="label">How to mend it</span> ${hint}</p></li>`,
  )}</ul></section>`;
}
