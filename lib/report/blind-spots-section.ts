import type { Journal } from '../run/journal.ts';
import { inWords } from './format.ts';
import { type Html, html } from './html.ts';

/** The probes that saw nothing of what was missed; nothing when no tolerance was missed. */
export function blindSpotsSection(journal: Journal): Html | undefined {
  const missed = new Set(
    journal.stages.flatMap((stage) =>
      stage.tolerances
        .filter(({ state }) => state === 'missed')
        .map(({ probe, tolerance }) => `${probe} (${tolerance})`),
    ),
  );
  if (missed.size === 0) return undefined;
  const blind = journal.wouldHaveMissed;
  const words =
    blind.length === 0
      ? html`<p>None: every probe saw it.</p>`
      : html`<p>With ${blind.length === 1 ? 'this probe' : 'these probes'} alone, the run would have looked well: ${blind.length === 1 ? 'its' : 'their'} tolerances were all met while it happened.</p>
<ul>${blind.map((probe) => html`<li><strong>${probe}</strong></li>`)}</ul>
<p>It took ${inWords([...missed])} to see it. Whoever watches the system through the others only would not have been told.</p>`;
  return html`<section><h2>The probes that would have missed this</h2>${words}</section>`;
}
