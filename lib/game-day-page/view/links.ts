import type { GameDayView } from '../../game-day/view.ts';
import type { Looking } from './looking.ts';
import { timeTag } from './times.ts';
import { heading } from './todo.ts';
import { type Content, h } from './tree.ts';
import { roleWords } from './words.ts';

/** Links for those who join later, or lost theirs; the operator gives them out. */
export function linksSection(view: GameDayView, looking: Looking): Content {
  if (looking.isProjector || view.role !== 'operator') return undefined;
  const told = looking.told['links'];
  return h(
    'section',
    { 'data-key': 'links', 'aria-labelledby': 'links' },
    heading('links', 'Let somebody join'),
    h(
      'form',
      { class: 'offer', method: 'post', 'data-links': true },
      h('label', { for: 'seat' }, 'A new link for'),
      h(
        'select',
        { id: 'seat', name: 'seat' },
        Object.entries({ ...roleWords, projector: 'a projector' }).map(([seat, words]) =>
          h('option', { value: seat }, words),
        ),
      ),
      h('button', { type: 'submit', class: 'plain', disabled: !looking.isLive }, 'Make a link'),
      told !== undefined && h('p', { class: 'told', role: 'alert' }, told),
    ),
    looking.link !== undefined &&
      h(
        'p',
        { class: 'link', role: 'status' },
        `For ${looking.link.seat}, to be used once, until `,
        timeTag(looking.link.until, view.timeZone),
        ': ',
        h('code', {}, looking.link.url),
      ),
  );
}
