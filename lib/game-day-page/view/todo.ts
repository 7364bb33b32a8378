import type { GameDayView } from '../../game-day/view.ts';
import type { Looking } from './looking.ts';
import { offerForm, offerForms, offersAt } from './offers.ts';
import { leftUntil } from './times.ts';
import { type Content, h, type Piece } from './tree.ts';
import { anyOf } from './words.ts';

/** The heading of a section; focus goes there when what had it has gone. */
export const heading = (id: string, text: string): Piece => h('h2', { id, tabindex: -1 }, text);

/** What somebody proposed, and exactly what would run. */
export function pendingSection(view: GameDayView, looking: Looking): Content {
  const { pending } = view;
  if (pending === undefined) return undefined;
  return h(
    'section',
    { class: 'pending', 'data-key': `pending-${pending.id}`, 'aria-labelledby': 'pending' },
    heading('pending', `Proposed: ${pending.title}`),
    h(
      'p',
      { class: 'by' },
      `Proposed by ${pending.proposedBy}. May be approved by ${anyOf(pending.approvers)}, and not by whoever proposed it.`,
    ),
    pending.lines.length > 0 &&
      h(
        'ul',
        { class: 'lines', 'aria-label': 'What would run' },
        pending.lines.map((line) => h('li', {}, line)),
      ),
    pending.expiresAt !== undefined &&
      h(
        'p',
        { class: 'left' },
        'An answer is waited for another ',
        h('b', {}, leftUntil(pending.expiresAt, view.asOf, looking.elapsedMs)),
      ),
    pending.hash !== undefined &&
      h('p', { class: 'hash' }, 'An approval is of exactly this: ', h('code', {}, pending.hash.slice(0, 12))),
    h('div', { class: 'buttons' }, offerForms(view, looking, 'pending')),
  );
}

/** The offers that have no better place. */
export function todoSection(view: GameDayView, looking: Looking): Content {
  if (looking.isProjector) return undefined;
  const offers = offersAt(view, 'other');
  return h(
    'section',
    { 'data-key': 'todo', 'aria-labelledby': 'todo' },
    heading('todo', 'What you can do now'),
    offers.length === 0
      ? h('p', { class: 'none' }, elsewhere(view))
      : h(
          'div',
          { class: 'buttons' },
          offers.map((offer) => offerForm(offer, looking)),
        ),
    strayRefusals(view, looking),
  );
}

/** Where the buttons are when none stands here. */
function elsewhere(view: GameDayView): string {
  if (offersAt(view, 'pending').length > 0) return 'Read what is proposed, and answer it.';
  if (offersAt(view, 'check').length > 0) return 'See to what is left of the pre-brief.';
  return view.offers.length > 0 ? 'Nothing but to watch, and to note what you see.' : 'Nothing but to watch.';
}

/** What was refused of offers that have gone since, so that it is told all the same. */
const strayRefusals = (view: GameDayView, looking: Looking): Content =>
  Object.entries(looking.told)
    .filter(([id]) => !view.offers.some((offer) => offer.id === id))
    .map(([id, why]) => h('p', { class: 'told', role: 'alert', 'data-key': `told-${id}` }, why));

/** Who saw to an item; that nobody did, its sign says to whoever sees it. */
function seenTo(doneBy: string | undefined, { isProjector }: Looking): Piece {
  const isPlain = doneBy === undefined && isProjector;
  return h(
    'span',
    { class: isPlain ? 'unseen' : 'by' },
    doneBy === undefined ? ' Not yet seen to.' : ` Seen to by ${doneBy}.`,
  );
}

/** What must be seen to before go or no-go is asked; later it can be read again. */
export function preBriefSection(view: GameDayView, looking: Looking): Content {
  const { preBrief } = view;
  if (preBrief.length === 0 || (looking.isProjector && view.phase !== 'pre-brief')) return undefined;
  const checks = offersAt(view, 'check');
  const list = h(
    'ul',
    { class: 'checklist' },
    preBrief.map(({ item, text, doneBy }) =>
      h(
        'li',
        { 'data-key': item, class: doneBy === undefined ? undefined : 'done' },
        h('span', { class: 'sign', 'aria-hidden': 'true' }, doneBy === undefined ? '☐' : '☑'),
        h('span', { class: 'item' }, text, seenTo(doneBy, looking)),
        !looking.isProjector &&
          checks
            .filter(({ command }) => command.do === 'check' && command.item === item)
            .map((offer) => offerForm(offer, looking, text)),
      ),
    ),
  );
  const done = preBrief.filter(({ doneBy }) => doneBy !== undefined).length;
  const title = `Pre-brief: ${done} of ${preBrief.length} seen to`;
  return h(
    'section',
    { 'data-key': 'pre-brief', 'aria-labelledby': 'pre-brief' },
    heading('pre-brief', title),
    h('p', { class: 'by' }, `What may be harmed: ${view.blastRadius}`),
    view.phase === 'pre-brief'
      ? list
      : h('details', {}, h('summary', {}, 'What was seen to, and by whom'), list),
  );
}
