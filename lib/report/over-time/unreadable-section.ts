import { plural } from '../format.ts';
import { type Html, html } from '../html.ts';
import type { Unreadable } from './unreadable.ts';

/** So many are named; the document holds all. */
const mostNamed = 20;

/** The first of what could not be read, a line each, and how many more there are. */
export const unreadableLines = (all: readonly Unreadable[]): string[] => [
  ...all.slice(0, mostNamed).map(({ what, why }) => `${what}: ${why}`),
  ...(all.length > mostNamed ? [`and ${all.length - mostNamed} more`] : []),
];

export const unreadableTitle = (all: readonly Unreadable[]): string =>
  `${plural(all.length, 'run')} could not be read`;

/** What could not be read counts for nothing, which a reader must know first; nothing where all could. */
export const unreadableSection = (all: readonly Unreadable[]): Html | false =>
  all.length > 0 &&
  html`<section class="warning"><h2>${unreadableTitle(all)}</h2><p>What they would say is in no number on this page.</p><ul>${unreadableLines(
    all,
  ).map((line) => html`<li>${line}</li>`)}</ul></section>`;
