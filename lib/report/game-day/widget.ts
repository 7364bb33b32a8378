import { shownHash } from '../../game-day/shown.ts';
import type { GameDayView } from '../../game-day/view.ts';
import { type Html, html } from '../html.ts';
import { actionButton, fieldNames, offerButton } from './widget-action.ts';
import {
  type Fit,
  figuresPart,
  headPart,
  pendingPart,
  preBriefPart,
  stagesPart,
  timelinePart,
} from './widget-parts.ts';
import { type WidgetTheme, widgetStyle } from './widget-style.ts';

/** What the widget has to tell besides the view: what came of a button. */
interface WidgetNotice {
  readonly text: string;
  readonly isRefusal: boolean;
}

interface Surroundings {
  /** The ARN of the function that shows the widget, which its buttons call. */
  readonly endpoint: string;
  readonly theme: WidgetTheme;
  readonly notice?: WidgetNotice | undefined;
}

/**
 * No limit of CloudWatch's own is documented for what a custom widget answers; Lambda's is 6 MB ("Lambda quotas"). A dashboard is read
 * anew every few seconds by everybody who has it open, so it stays far below.
 */
export const largestWidgetBytes = 256_000;

/** From all to the least: the timeline goes first. */
const fits: readonly Fit[] = [
  { timeline: 20, details: true, text: 2_000 },
  { timeline: 5, details: true, text: 500 },
  { timeline: 0, details: true, text: 200 },
  { timeline: 0, details: false, text: 100 },
];

const leastFit: Fit = { timeline: 0, details: false, text: 60 };

/**
 * A game day as CloudWatch's custom widget shows it to a role: HTML without JavaScript, in which everything that is not this code's own
 * is escaped. What is too long is shortened, the timeline first; buttons always stay, but that nothing is approved which is not shown
 * whole.
 */
export function renderWidget(
  view: GameDayView,
  options: Surroundings & {
    /** The name that was typed before. */
    readonly claimed?: string | undefined;
  },
): string {
  for (const fit of fits) {
    const markup = widgetOf(view, options, fit, true);
    if (Buffer.byteLength(markup) <= largestWidgetBytes) return markup;
  }
  return widgetOf(view, options, leastFit, false);
}

function widgetOf(
  view: GameDayView,
  options: Parameters<typeof renderWidget>[1],
  fit: Fit,
  isWhole: boolean,
): string {
  return frame(
    options,
    html`${headPart(view, fit)}${pendingPart(view, fit, isWhole)}${buttonsPart(view, options, isWhole)}${preBriefPart(view, fit)}${stagesPart(view, fit)}${figuresPart(view, fit)}${timelinePart(view, fit)}`,
  );
}

const frame = ({ theme, notice }: Surroundings, content: Html): string =>
  html`${widgetStyle(theme)}<div class="steadfast-game-day">${
    notice !== undefined &&
    html`<p class="box ${notice.isRefusal ? 'danger' : 'plain'}" role="${notice.isRefusal ? 'alert' : 'status'}">${notice.text.slice(0, 2_000)}</p>`
  }${content}</div>`.markup;

function buttonsPart(
  view: GameDayView,
  { endpoint, claimed = '' }: Parameters<typeof renderWidget>[1],
  isWhole: boolean,
): Html {
  const seen = shownHash(view);
  const { edition, offers } = view;
  const shown = offers.filter(({ command }) => isWhole || command.do !== 'approve');
  const [dangers, others] = [
    shown.filter(({ tone }) => tone === 'danger'),
    shown.filter(({ tone }) => tone !== 'danger'),
  ];
  const asking = shown.flatMap(({ label, asks }) =>
    asks === undefined ? [] : [`${label} (${asks.label.toLowerCase()}${asks.required ? ', needed' : ''})`],
  );
  const look = actionButton({ label: 'Look again', tone: 'plain', endpoint, action: { edition } });
  return html`<form>${
    asking.length > 0 &&
    html`<label>Your words, for: ${asking.join(', ')}<textarea name="${fieldNames.words}" rows="2" maxlength="2000"></textarea></label>`
  }<label>Your name, written down as claimed<textarea name="${fieldNames.claimed}" rows="1" maxlength="100">${claimed}</textarea></label></form>
<div class="buttons">${[...others, ...dangers].map((offer) => offerButton(offer, { edition, seen, endpoint }))}${look}</div>`;
}

/** Where no edition is open, or several are and one is to be chosen. */
export function renderChoice(
  options: Surroundings & {
    readonly environment: string;
    readonly editions: readonly { readonly edition: string; readonly title: string }[];
    /** The game days that can be started here. */
    readonly gameDays: readonly string[];
  },
): string {
  const { environment, editions, gameDays, endpoint } = options;
  if (editions.length > 0)
    return frame(
      options,
      html`<h2>Game days in ${environment}</h2><p>Several are open. Which one do you take part in?</p><div class="buttons">${editions.map(
        ({ edition, title }) =>
          actionButton({ label: `${title} (${edition})`, tone: 'plain', endpoint, action: { edition } }),
      )}</div>`,
    );
  return frame(
    options,
    html`<h2>Game days in ${environment}</h2><p role="status">No game day is open now.</p>${
      gameDays.length === 0
        ? html`<p>None is deployed here.</p>`
        : html`<p>One is started by its operator, in a terminal:</p><ul>${gameDays.map((id) => html`<li>npx steadfast gameday start ${id} --env ${environment}</li>`)}</ul><p>or by its state machine steadfast-gameday-${environment}-…, in the console of Step Functions, with {}.</p>`
    }`,
  );
}

/** Where nothing can be shown but why not. Whoever cannot see an edition can halt it all the same. */
export function renderTrouble(
  options: Surroundings & { readonly notice: WidgetNotice; readonly edition?: string | undefined },
): string {
  const { endpoint, edition } = options;
  const halt =
    edition !== undefined &&
    actionButton({
      label: 'Halt everything',
      tone: 'danger',
      endpoint,
      confirm: 'End every run and every fault now?',
      action: { edition, press: { command: { do: 'halt' }, seen: '' } },
    });
  const look = actionButton({
    label: 'Look again',
    tone: 'plain',
    endpoint,
    action: edition === undefined ? {} : { edition },
  });
  return frame(options, html`<div class="buttons">${halt}${look}</div>`);
}
