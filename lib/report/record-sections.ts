import type { Journal } from '../run/journal.ts';
import { formatOffset, plural } from './format.ts';
import { type Html, html } from './html.ts';
import { badge } from './state-badge.ts';
import { table } from './table.ts';

/** The conditions of admission with their evidence; nothing when none was looked at. */
export function checksSection({ checks }: Journal): Html | undefined {
  if (checks.length === 0) return undefined;
  return html`<section><h2>Checks of admission</h2>${table({
    caption: 'The conditions under which the run could start',
    columns: ['Check', 'Result', 'Evidence'],
    rows: checks.map(({ check, passed, evidence }) => ({
      first: true,
      cells: [check, passed ? badge('met', 'passed') : badge('missed', 'failed'), evidence],
    })),
  })}</section>`;
}

/** What happened, in the order of time; nothing when nothing was noted. */
export function timelineSection(journal: Journal): Html | undefined {
  if (journal.timeline.length === 0) return undefined;
  return html`<section><h2>Timeline</h2><ol class="timeline">${journal.timeline.map(
    (entry) =>
      html`<li class="${entry.kind}"><time datetime="${entry.at}">${formatOffset(entry.at, journal.start)}</time> <span class="kind">${entry.kind}</span> <span>${entry.text}</span></li>`,
  )}</ol></section>`;
}

/** Where the evidence lies, and how to run or judge it again. */
export function reportFooter(journal: Journal): Html {
  const { samples, experiment } = journal;
  const again =
    journal.mode === 'rehearsal'
      ? html`Rehearse it again with the same random choices: <code>npx steadfast rehearse ${experiment.id} --seed ${journal.seed}</code>.`
      : html`Run it again by starting the launcher of <code>${experiment.id}</code> in Step Functions with <code>{}</code>.`;
  return html`<footer><h2>To judge again</h2>
<p>The verdict was made from ${plural(samples.count, 'sample')} in <code>${samples.file}</code> (SHA-256 <code class="hash">${samples.sha256}</code>) and the definition above; <code>journal.json</code>, beside this page, holds every figure shown here. Times on this page are UTC.</p>
<p>${again}</p></footer>`;
}
