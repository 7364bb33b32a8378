import type { GameDayView } from '../../game-day/view.ts';
import type { Looking } from './looking.ts';
import { offerForms } from './offers.ts';
import { timeTag } from './times.ts';
import { heading } from './todo.ts';
import { type Content, h, type Piece } from './tree.ts';

/** A room reads what is newest; everyone else can read all of it. */
const mostOnProjector = 8;

type Line = GameDayView['timeline'][number];

const line = ({ number, at, text, by, isLate, tone }: Line, timeZone: string): Piece =>
  h(
    'li',
    { 'data-key': number, class: tone },
    timeTag(at, timeZone),
    h(
      'span',
      {},
      tone === 'bad' && h('span', { class: 'sign', 'aria-hidden': 'true' }, '! '),
      text,
      !text.startsWith(by) && h('span', { class: 'by' }, ` ${by}`),
      isLate && h('b', { class: 'chip plain' }, 'learnt later'),
    ),
  );

const changes = ({ changesKnownUntil, timeZone }: GameDayView): Content =>
  changesKnownUntil !== undefined &&
  h(
    'p',
    { class: 'gap' },
    'Changes in the account are known until ',
    timeTag(changesKnownUntil, timeZone),
    '; later ones are still to come.',
  );

/** Everything that happened, the newest first. */
export function timelineSection(view: GameDayView, looking: Looking): Piece {
  const lines = looking.isProjector ? view.timeline.slice(0, mostOnProjector) : view.timeline;
  return h(
    'section',
    { class: 'record', 'data-key': 'timeline', 'aria-labelledby': 'timeline' },
    heading('timeline', 'Timeline'),
    offerForms(view, looking, 'note'),
    changes(view),
    h(
      'ol',
      { class: 'timeline', reversed: true },
      lines.map((one) => line(one, view.timeZone)),
    ),
  );
}
