import type { Command } from '../../game-day/command.ts';
import type { Offer } from '../../game-day/view.ts';
import { type Html, html } from '../html.ts';

/** What a button of the widget sends; CloudWatch puts it into the event beside what was typed. */
export interface WidgetAction {
  /** Absent where none could be shown: then the newest one is looked at. */
  readonly edition?: string;
  /** Absent where the button only looks. */
  readonly press?: {
    readonly command: Command;
    /** The hash of what was shown. */
    readonly seen: string;
    /** The key of the command that the typed words are for. */
    readonly words?: 'text' | 'reason' | 'note';
    readonly needsWords?: boolean;
  };
}

/** The names of the fields in which people type. */
export const fieldNames = { claimed: 'claimed', words: 'words' } as const;

/** JSON that holds nothing of HTML even before it is escaped: it does not matter how a page takes it out of the element. */
const inertJson = (value: unknown): string =>
  JSON.stringify(value).replaceAll(
    /[<>&'\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/**
 * A button and what it does: CloudWatch binds `<cwdb-action>` to the element right before it ("Interactivity in the custom widget"). A
 * real button, unlike a link without an address, is reached and pressed by keyboard.
 */
export const actionButton = (options: {
  readonly label: string;
  readonly tone: Offer['tone'];
  readonly endpoint: string;
  readonly action: WidgetAction;
  readonly confirm?: string | undefined;
}): Html => {
  const { label, tone, endpoint, action, confirm } = options;
  const call = inertJson(action);
  const button = html`<button type="button" class="btn ${tone}">${label}</button>`;
  return confirm === undefined
    ? html`${button}<cwdb-action action="call" display="widget" event="click" endpoint="${endpoint}">${call}</cwdb-action>`
    : html`${button}<cwdb-action action="call" display="widget" event="click" endpoint="${endpoint}" confirmation="${confirm}">${call}</cwdb-action>`;
};

/** An offer as its button. */
export const offerButton = (
  offer: Offer,
  { edition, seen, endpoint }: { readonly edition: string; readonly seen: string; readonly endpoint: string },
): Html =>
  actionButton({
    label: offer.label,
    tone: offer.tone,
    endpoint,
    confirm: offer.confirm,
    action: {
      edition,
      press: {
        command: offer.command,
        seen,
        ...(offer.asks === undefined ? {} : { words: offer.asks.key, needsWords: offer.asks.required }),
      },
    },
  });
