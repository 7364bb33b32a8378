import { html } from '../../report/html.ts';
import type { Seat } from '../seats.ts';
import { roleWords } from '../view/words.ts';
import { shell } from './shell.ts';

/** What a person can do in a role, for whoever is about to take it. */
const does: Readonly<Record<Seat, string>> = {
  operator: 'You lead: you see to the checklist, and propose what is done next. Somebody else approves it.',
  observer: 'You watch what is seen, approve what is proposed, and halt everything when it is enough.',
  onCall: 'You are the one who is paged: you look after the system, approve or refuse, pause and halt.',
  scribe: 'You write down what people see and do. What the system does is written down by itself.',
  projector: 'This screen is for everyone in the room. It shows what goes on, and does nothing.',
};

export const seatWords: Readonly<Record<Seat, string>> = { ...roleWords, projector: 'the projector' };

/** What a link shows before it is used: previews of links look at them too, so only sending the form uses it. */
export function joinPage({
  title,
  seat,
  path,
  problem,
}: {
  readonly title: string;
  readonly seat: Seat;
  readonly path: string;
  readonly problem?: string;
}): string {
  const isProjector = seat === 'projector';
  return shell(
    `Join as ${seatWords[seat]}`,
    html`<body class="card"><main>
<p class="where"><b class="tag">Rehearsal</b> ${title}</p>
<h1>${isProjector ? 'Show it to the room' : `Join as ${seatWords[seat]}`}</h1>
<p>${does[seat]}</p>
${problem !== undefined && html`<p class="told" role="alert" id="problem">${problem}</p>`}
<form method="post" action="${path}">
${
  !isProjector &&
  html`<p><label for="name">Your name, as the timeline will have it</label>
<input id="name" name="name" type="text" required maxlength="80" autocomplete="name"${
    problem !== undefined && html` aria-invalid="true" aria-describedby="problem"`
  }></p>
`
}<p><button class="good" type="submit">${isProjector ? 'Show it' : 'Join'}</button></p>
</form>
<p class="none">This link can be used once, in this browser.</p>
</main></body>`,
  );
}
