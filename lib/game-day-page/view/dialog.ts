import type { GameDayView, Offer } from '../../game-day/view.ts';
import { h, type Piece } from './tree.ts';

/** What is asked before an offer is carried out; before an approval, with all that would run. */
export function dialogOf(offer: Offer, view: GameDayView): readonly Piece[] {
  const { asks, command } = offer;
  const lines =
    command.do === 'approve' && view.pending?.hash === command.hash ? view.pending.lines : undefined;
  return [
    h('h2', { id: 'asked' }, offer.label),
    h(
      'form',
      { method: 'dialog', class: 'asked' },
      offer.confirm !== undefined && h('p', {}, offer.confirm),
      lines !== undefined &&
        h(
          'ul',
          { class: 'lines' },
          lines.map((line) => h('li', {}, line)),
        ),
      asks !== undefined && [
        h('label', { for: 'asked-text' }, asks.label),
        h('input', {
          id: 'asked-text',
          name: 'text',
          type: 'text',
          required: asks.required,
          maxlength: 2_000,
          autocomplete: 'off',
        }),
      ],
      h(
        'div',
        { class: 'buttons' },
        h('button', { type: 'submit', class: offer.tone }, offer.label),
        h('button', { type: 'button', class: 'plain', 'data-cancel': true }, 'Leave it'),
      ),
    ),
  ];
}
