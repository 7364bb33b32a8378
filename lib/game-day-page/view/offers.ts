import type { GameDayView, Offer } from '../../game-day/view.ts';
import type { Looking } from './looking.ts';
import { type Content, h, type Piece } from './tree.ts';

/** Where on the page an offer stands: beside what it is about. */
export type Place = 'halt' | 'check' | 'pending' | 'observe' | 'note' | 'other';

function placeOf({ command }: Offer, view: GameDayView): Place {
  switch (command.do) {
    case 'halt':
      return 'halt';
    case 'check':
      return view.phase === 'pre-brief' ? 'check' : 'other';
    case 'approve':
    case 'refuse':
      return view.pending?.id === command.proposal ? 'pending' : 'other';
    case 'observe':
      return 'observe';
    case 'note':
      return 'note';
    default:
      return 'other';
  }
}

export const offersAt = (view: GameDayView, place: Place): readonly Offer[] =>
  view.offers.filter((offer) => placeOf(offer, view) === place);

/** A text that must be there is typed where the button is; one that may be is asked for in the dialog. */
const isInline = (offer: Offer): boolean => offer.asks?.required === true && offer.confirm === undefined;

/** Whether something is asked before an offer is carried out. */
export const needsDialog = (offer: Offer): boolean =>
  offer.confirm !== undefined || (offer.asks !== undefined && !isInline(offer));

/** What stands on the button of an offer that stands beside what it is about; `undefined` for all of its label. */
function shortLabel({ command }: Offer): string | undefined {
  switch (command.do) {
    case 'check':
      return command.done ? 'Seen to' : 'Take back';
    case 'observe':
      return command.outcome === 'as predicted' ? 'As predicted' : 'Otherwise';
    default:
      return undefined;
  }
}

/**
 * The button of an offer, with what the server said when it was pressed last. Those who only hear it are told what it is `about`,
 * which others see beside it.
 */
export function offerForm(offer: Offer, looking: Looking, about?: string): Piece {
  const label = about === undefined ? undefined : shortLabel(offer);
  const field = `text-${offer.id}`;
  const told = looking.told[offer.id];
  const isBusy = looking.busy === offer.id;
  return h(
    'form',
    {
      class: 'offer',
      method: 'post',
      'data-key': `offer-${offer.id}`,
      'data-offer': offer.id,
    },
    isInline(offer) && [
      h('label', { for: field }, offer.asks?.label),
      h('input', {
        id: field,
        name: 'text',
        type: 'text',
        required: true,
        maxlength: 2_000,
        autocomplete: 'off',
      }),
    ],
    h(
      'button',
      {
        type: 'submit',
        class: offer.tone,
        disabled: !looking.isLive,
        'aria-disabled': isBusy ? 'true' : undefined,
        'aria-haspopup': needsDialog(offer) ? 'dialog' : undefined,
      },
      label ?? offer.label,
      label !== undefined && h('span', { class: 'unseen' }, about),
    ),
    told !== undefined && h('p', { class: 'told', role: 'alert' }, told),
  );
}

/** The offers of a place, in order. */
export const offerForms = (view: GameDayView, looking: Looking, place: Place): Content =>
  !looking.isProjector && offersAt(view, place).map((offer) => offerForm(offer, looking));
