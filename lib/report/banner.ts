import type { Verdict } from '../experiment/verdict.ts';
import { type Content, type Html, html } from './html.ts';
import { signOf } from './verdict-banner.ts';

interface Banner {
  /** It looks as this verdict does. */
  readonly look: Verdict;
  readonly where: string;
  readonly word: string;
  readonly title: string;
  readonly summary: string;
  readonly meaning: Content;
}

/** What is read first: one word, what it is about, and why. */
export const banner = ({ look, where, word, title, summary, meaning }: Banner): Html =>
  html`<header class="banner ${look}">
<svg class="sign" viewBox="0 0 24 24" aria-hidden="true">${signOf(look)}</svg>
<div><p class="where">Steadfast · ${where}</p>
<h1><span class="word">${word}</span> <span class="title">${title}</span></h1>
<p class="summary">${summary}</p>
<p class="meaning">${meaning}</p></div>
</header>`;
