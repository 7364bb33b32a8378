import type { GameDayPhase } from '../../game-day/state.ts';
import type { GameDayView } from '../../game-day/view.ts';
import type { Looking } from './looking.ts';
import { offerForms } from './offers.ts';
import { leftInWords, timeTag } from './times.ts';
import { h, type Piece } from './tree.ts';
import { phaseWords, roleWords } from './words.ts';

const phases: readonly GameDayPhase[] = ['pre-brief', 'experiment', 'retrospective', 'closed'];

function phaseSteps(phase: GameDayPhase): Piece {
  const reached = phases.indexOf(phase);
  return h(
    'ol',
    { class: 'phases', 'aria-label': 'Phases' },
    phases.map((one, index) =>
      h(
        'li',
        {
          'data-key': one,
          class: index < reached ? 'past' : undefined,
          'aria-current': one === phase ? 'step' : undefined,
        },
        phaseWords[one],
      ),
    ),
  );
}

const who = (view: GameDayView, looking: Looking): string =>
  looking.isProjector
    ? 'For everyone in the room'
    : `You are the ${roleWords[view.role]}${looking.name === undefined ? '' : `, ${looking.name}`}`.replace(
        'the on call',
        'on call',
      );

/** What it is, where it is, and what goes on now; the kill switch is always in reach. */
export function head(view: GameDayView, looking: Looking): Piece {
  return h(
    'header',
    { class: 'head', 'data-key': 'head' },
    h(
      'div',
      { class: 'what' },
      h(
        'p',
        { class: 'where' },
        view.isRehearsal && h('b', { class: 'tag' }, 'Rehearsal'),
        h('span', {}, `in ${view.environment}`),
        h('span', {}, who(view, looking)),
        h('span', {}, `Times are ${view.timeZone}`),
      ),
      h('h1', { tabindex: -1, id: 'top' }, view.title),
      h('p', { class: 'hypothesis' }, view.hypothesis),
    ),
    phaseSteps(view.phase),
    h(
      'div',
      { class: view.halted === undefined ? 'now' : 'now halted', 'data-key': 'now' },
      h(
        'div',
        { class: 'said' },
        view.halted !== undefined && h('p', { class: 'halt' }, h('b', {}, 'Halted. '), view.halted),
        view.isPaused &&
          h('p', { class: 'paused' }, h('b', {}, 'Paused: '), 'no stage is offered until it is resumed.'),
        h('p', { class: 'sentence' }, view.now),
        view.timeLeftMs !== undefined &&
          h(
            'p',
            { class: 'left' },
            'Time left ',
            h('b', {}, leftInWords(view.timeLeftMs - looking.elapsedMs)),
            view.endsAt !== undefined && [', until ', timeTag(view.endsAt, view.timeZone)],
          ),
      ),
      offerForms(view, looking, 'halt'),
    ),
  );
}
