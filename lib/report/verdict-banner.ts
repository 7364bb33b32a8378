import { exitCodes, type Verdict, verdictMeanings } from '../experiment/verdict.ts';
import type { Journal } from '../run/journal.ts';
import { type Html, html, trusted } from './html.ts';

/** A sign per verdict, so that none is told by its colour alone: paths in a box of 24 by 24. */
const signs: Readonly<Record<Verdict, Html>> = {
  held: trusted('<path d="M5 12.5l4.5 4.5L19 7.5"/>'),
  deviated: trusted('<path d="M6 6l12 12M18 6L6 18"/>'),
  inconclusive: trusted('<path d="M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1.2-1.5 2.3M12 18v.1"/>'),
  halted: trusted('<path d="M9 6v12M15 6v12"/>'),
  rejected: trusted('<path d="M5 12h14"/>'),
  unrecovered: trusted('<path d="M4 7l5 5 4-3 7 8M20 12v5h-5"/>'),
  errored: trusted('<path d="M12 5v9M12 18v.1"/>'),
};

/** What stands beside a verdict, and beside all that looks like one. */
export const signOf = (verdict: Verdict): Html => signs[verdict];

/** The verdict as the first thing that is read, with its reason in one sentence. */
export function verdictBanner(journal: Journal): Html {
  const { verdict } = journal;
  const where = `${journal.mode === 'rehearsal' ? 'Rehearsal in' : 'Run in'} ${journal.environment.id}`;
  return html`<header class="banner ${verdict}">
<svg class="sign" viewBox="0 0 24 24" aria-hidden="true">${signs[verdict]}</svg>
<div><p class="where">Steadfast · ${where}</p>
<h1><span class="word">${verdict}</span> <span class="title">${journal.experiment.title}</span></h1>
<p class="summary">${journal.summary}</p>
<p class="meaning">${journal.summary !== verdictMeanings[verdict] && `${verdictMeanings[verdict]} `}Exit code <code>${exitCodes[verdict]}</code>.</p></div>
</header>`;
}
