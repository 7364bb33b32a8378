import { html } from '../../report/html.ts';
import type { SpentLink } from '../seats.ts';
import { timeOfDay } from '../view/times.ts';
import { seatWords } from './join.ts';
import { shell } from './shell.ts';

/** A page that says something, and what to do about it. */
export const toldPage = (title: string, why: string, hint: string): string =>
  shell(title, html`<body class="card"><main><h1>${title}</h1><p>${why}</p><p>${hint}</p></main></body>`);

const newLink =
  'The operator can make a new one at the foot of their page, and so can whoever started the rehearsal, in its terminal.';

/** Why a link leads nowhere. */
export function spentLinkPage(link: SpentLink, timeZone: string): string {
  switch (link.state) {
    case 'used':
      return toldPage(
        'This link was used',
        `${link.name === '' ? 'Somebody' : link.name} used it at ${timeOfDay(link.atMs, timeZone)} (${timeZone}) to join as ${seatWords[link.seat]}. A link is good for one browser.`,
        newLink,
      );
    case 'expired':
      return toldPage('This link is too old', `It was for ${seatWords[link.seat]}.`, newLink);
    case 'unknown':
      return toldPage(
        'This link leads nowhere',
        'It is none of this rehearsal: it may be of one that has ended, or not be whole.',
        newLink,
      );
  }
}

/** For whoever comes without a session. */
export const lostPage = (): string =>
  toldPage(
    'Join first',
    'This browser has not joined the rehearsal in this role.',
    `Open your link. ${newLink}`,
  );
