import type { Journal } from '../run/journal.ts';
import type { Finding } from '../steady-state/finding.ts';
import { formatOffset } from './format.ts';
import { type Html, html } from './html.ts';
import { stageName } from './spans.ts';
import { surelyNote } from './surely.ts';

function finding(journal: Journal, given: Finding): Html {
  const where = [
    given.rejection && `rejection: ${given.rejection}`,
    given.stage !== undefined && stageName(journal.stages, given.stage),
    given.probe !== undefined && `probe ${given.probe}`,
    given.at !== undefined && !Number.isNaN(Date.parse(given.at)) && formatOffset(given.at, journal.start),
  ].filter((part) => typeof part === 'string');
  return html`<li class="finding ${given.verdict}"><p><span class="badge ${given.verdict}">${given.verdict}</span> <strong>${given.message}</strong></p>
${given.hint !== undefined && html`<p class="hint"><span class="label">How to mend it</span> ${given.hint}</p>`}
<p class="note"><code>${given.code}</code>${where.map((part) => html` · ${part}`)}</p></li>`;
}

/** Everything that bears on the verdict, with how to mend it. */
export function findingsSection(journal: Journal): Html {
  const { findings } = journal;
  return html`<section><h2>Findings</h2>${
    findings.length === 0
      ? html`<p>None: nothing was missed, and nothing was in doubt.</p>`
      : html`<ul class="plain">${findings.map((given) => finding(journal, given))}</ul>`
  }${surelyNote(journal)}</section>`;
}
