import type { GameDayView, Offer } from '../../game-day/view.ts';
import { dialogOf } from '../view/dialog.ts';
import { make } from './make.ts';

/** Asks before an offer is carried out. Gives what was typed, or `undefined` where somebody thought better of it. */
export function ask(dialog: HTMLDialogElement, offer: Offer, view: GameDayView): Promise<string | undefined> {
  dialog.replaceChildren(...dialogOf(offer, view).map(make));
  dialog.returnValue = '';
  const form = dialog.querySelector('form');
  dialog.querySelector('[data-cancel]')?.addEventListener('click', () => dialog.close('left'));
  return new Promise((resolve) => {
    let isSure = false;
    form?.addEventListener('submit', () => {
      isSure = true;
    });
    const closed = (): void => {
      // A browser tells of a close a moment later: whoever asks again at once would take it for the answer.
      if (dialog.open) return;
      dialog.removeEventListener('close', closed);
      const field = form?.elements.namedItem('text');
      const text = field instanceof HTMLInputElement ? field.value.trim() : '';
      resolve(isSure ? text : undefined);
    };
    dialog.addEventListener('close', closed);
    dialog.showModal();
  });
}
