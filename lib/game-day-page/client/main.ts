import type { GameDayView, Offer } from '../../game-day/view.ts';
import { announcementOf } from '../view/announce.ts';
import type { Looking } from '../view/looking.ts';
import { needsDialog } from '../view/offers.ts';
import { pageOf } from '../view/page.ts';
import { timeOfDay } from '../view/times.ts';
import { ask } from './ask.ts';
import { createCharts } from './charts.ts';
import { follow } from './follow.ts';
import { patchPage } from './patch.ts';
import { send } from './send.ts';

const byId = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element;
};

const { seat = '', name = '', csrf = '' } = document.body.dataset;
const base = `/as/${seat}`;
const root = byId('page');
const dialog = byId('dialog');
const charts = createCharts(root);

let view: GameDayView | undefined;
/** By the browser's own even clock, whatever it takes the time of day for. */
let receivedAtMs = 0;
let looking: Looking = {
  ...(name !== '' && { name }),
  isProjector: seat === 'projector',
  elapsedMs: 0,
  isLive: true,
  told: {},
};

const elapsedMs = (): number => performance.now() - receivedAtMs;

function show(): void {
  if (view === undefined) return;
  looking = { ...looking, elapsedMs: elapsedMs() };
  patchPage(root, pageOf(view, looking));
  charts.show(view, looking.elapsedMs);
}

/** What the clock of the server shows. */
const serverTime = (): string =>
  view === undefined ? '' : timeOfDay(Date.parse(view.asOf) + elapsedMs(), view.timeZone);

function say(what: { readonly politely?: string; readonly urgently?: string }): void {
  if (what.politely !== undefined) byId('politely').textContent = what.politely;
  if (what.urgently !== undefined) byId('urgently').textContent = what.urgently;
}

function tell(id: string, why: string | undefined): void {
  const { [id]: _, ...others } = looking.told;
  looking = { ...looking, told: why === undefined ? others : { ...others, [id]: why } };
}

async function carryOut(form: HTMLFormElement, offer: Offer): Promise<void> {
  if (view === undefined || looking.busy !== undefined) return;
  const field = form.elements.namedItem('text');
  let text = field instanceof HTMLInputElement ? field.value.trim() : '';
  if (needsDialog(offer) && dialog instanceof HTMLDialogElement) {
    const typed = await ask(dialog, offer, view);
    if (typed === undefined) return;
    text = typed;
  }
  looking = { ...looking, busy: offer.id };
  show();
  const command =
    offer.asks === undefined || text === '' ? offer.command : { ...offer.command, [offer.asks.key]: text };
  const answer = await send(`${base}/act`, command, csrf);
  const { busy: _, ...after } = looking;
  looking = after;
  tell(offer.id, 'refused' in answer ? answer.refused : undefined);
  if (!('refused' in answer)) {
    form.reset();
    say({ politely: `Done: ${offer.label}.` });
  }
  show();
}

async function makeLink(form: HTMLFormElement): Promise<void> {
  const select = form.elements.namedItem('seat');
  if (!(select instanceof HTMLSelectElement)) return;
  const answer = await send(`${base}/links`, { seat: select.value }, csrf);
  if ('refused' in answer) {
    tell('links', answer.refused);
  } else {
    const { url = '', until = '' } = answer.done;
    tell('links', undefined);
    looking = { ...looking, link: { seat: select.selectedOptions[0]?.text ?? select.value, url, until } };
  }
  show();
}

root.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement)) return;
  event.preventDefault();
  if ('links' in form.dataset) {
    void makeLink(form);
    return;
  }
  // As it was when the button was pressed: what is approved is what was looked at.
  const offer = view?.offers.find(({ id }) => id === form.dataset['offer']);
  if (offer !== undefined) void carryOut(form, offer);
});

follow(base, {
  view(next) {
    const before = view;
    view = next;
    receivedAtMs = performance.now();
    if (before !== undefined) say(announcementOf(before, next));
    show();
  },
  lost() {
    byId('connection').textContent =
      `Connection lost${view === undefined ? '' : ` since ${serverTime()}`}, trying again. What you see is from before.`;
    document.body.classList.add('lost');
  },
  found() {
    byId('connection').textContent = '';
    document.body.classList.remove('lost');
    say({ politely: 'The connection is back.' });
  },
  ended(why) {
    byId('connection').textContent =
      why === 'over'
        ? 'The rehearsal has ended. What you see is how it was at its end.'
        : 'The server is there, and does not know this browser: it may have been started again. Open a new link.';
    document.body.classList.add('ended');
    looking = { ...looking, isLive: false };
    show();
  },
});

setInterval(() => {
  if (!document.hidden && !document.body.classList.contains('ended')) show();
}, 1_000);
