import type { ToleranceState } from '../steady-state/judgement.ts';
import { type Html, html } from './html.ts';

/** Good, bad or not known, as a word with a sign beside its colour. */
export const badge = (look: ToleranceState, word: string): Html =>
  html`<span class="badge ${look}">${word}</span>`;

export const stateBadge = (state: ToleranceState): Html => badge(state, state);
