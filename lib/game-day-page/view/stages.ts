import type { GameDayView } from '../../game-day/view.ts';
import type { Looking } from './looking.ts';
import { offerForm, offersAt } from './offers.ts';
import { heading } from './todo.ts';
import { type Content, h, type Piece } from './tree.ts';
import { alertTones, stageSigns, stageWords } from './words.ts';

type Stage = GameDayView['stages'][number];

const outcomes = {
  'as predicted': { word: 'as predicted', tone: 'good' },
  otherwise: { word: 'otherwise', tone: 'bad' },
  unknown: { word: 'not known yet', tone: 'plain' },
} as const;

const chip = (text: string, tone: 'good' | 'bad' | 'plain'): Piece => h('b', { class: `chip ${tone}` }, text);

function predictions(stage: Stage, view: GameDayView, looking: Looking): Content {
  if (stage.predictions.length === 0) return undefined;
  const offers = looking.isProjector ? [] : offersAt(view, 'observe');
  return [
    h('p', { class: 'label' }, 'Predicted, and what happened'),
    h(
      'ul',
      { class: 'facts' },
      stage.predictions.map(({ name, says, outcome }) => {
        const own = offers.filter(
          ({ command }) =>
            command.do === 'observe' && command.stage === stage.number && command.prediction === name,
        );
        return h(
          'li',
          { 'data-key': name },
          h('span', {}, says, ' ', chip(outcomes[outcome].word, outcomes[outcome].tone)),
          own.length > 0 &&
            h(
              'div',
              { class: 'buttons small' },
              own.map((offer) => offerForm(offer, looking, says)),
            ),
        );
      }),
    ),
  ];
}

const alerts = ({ alerts: expected }: Stage): Content =>
  expected.length > 0 && [
    h('p', { class: 'label' }, 'Alerts'),
    h(
      'ul',
      { class: 'facts' },
      expected.map(({ name, alarm, status, text }) =>
        h(
          'li',
          { 'data-key': name, title: alarm },
          h('span', {}, text, ' ', chip(status, alertTones[status])),
        ),
      ),
    ),
  ];

const attempts = ({ attempts: count, status }: Stage): string =>
  count > 1 || (count === 1 && status === 'failed') ? `, attempt ${count}` : '';

function stageItem(stage: Stage, view: GameDayView, looking: Looking): Piece {
  return h(
    'li',
    {
      'data-key': stage.number,
      class: `stage ${stage.status}`,
      'aria-current': stage.status === 'running' || stage.status === 'asking' ? 'step' : undefined,
    },
    h('span', { class: 'sign', 'aria-hidden': 'true' }, stageSigns[stage.status]),
    h(
      'div',
      {},
      h('h3', {}, `${stage.number}. ${stage.title}`),
      h(
        'p',
        { class: 'status' },
        h('b', {}, stageWords[stage.status], attempts(stage)),
        stage.verdict !== undefined && stage.verdict !== 'held' && `: ${stage.verdict}`,
      ),
      stage.summary !== undefined && h('p', { class: 'summary' }, stage.summary),
      // A room reads what there is now; what is still to come has its turn.
      (!looking.isProjector || stage.status !== 'later') && [
        predictions(stage, view, looking),
        alerts(stage),
      ],
    ),
  );
}

/** The ramp: each stage is offered only when the one before held. */
export const stagesSection = (view: GameDayView, looking: Looking): Piece =>
  h(
    'section',
    { 'data-key': 'stages', 'aria-labelledby': 'stages' },
    heading('stages', 'Stages'),
    h(
      'ol',
      { class: 'ladder' },
      view.stages.map((stage) => stageItem(stage, view, looking)),
    ),
  );
