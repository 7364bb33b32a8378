import type { GameDayView } from '../../game-day/view.ts';
import { html } from '../../report/html.ts';
import { printed } from '../print.ts';
import type { Session } from '../seats.ts';
import { firstLook } from '../view/looking.ts';
import { pageOf } from '../view/page.ts';
import { shell } from './shell.ts';

/** The page of a session as it is now: it can be read without the script, which keeps it true and makes its buttons work. */
export function livePage(view: GameDayView, { seat, name, csrf }: Session): string {
  const isProjector = seat === 'projector';
  const look = firstLook({ ...(!isProjector && { name }), isProjector });
  return shell(
    view.title,
    html`<body class="${isProjector ? 'live projector' : 'live'}" data-seat="${seat}" data-name="${name}" data-csrf="${csrf}">
<a class="skip" href="#todo">To what you can do now</a>
<div id="connection" role="alert"></div>
<p id="politely" class="unseen" role="status"></p>
<p id="urgently" class="unseen" role="alert"></p>
<noscript><p class="told">This is how it was when the page was loaded. To follow it and to act, allow the page its script.</p></noscript>
<main id="page">${printed(pageOf(view, look))}</main>
<dialog id="dialog" aria-labelledby="asked"></dialog>
</body>`,
    html`<script src="/page.js" defer></script>
`,
  );
}
