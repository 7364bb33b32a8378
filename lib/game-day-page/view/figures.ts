import { figureTitle } from '../../game-day/figure-title.ts';
import type { Aggregate, GameDayView } from '../../game-day/view.ts';
import { formatMs, formatNumber, formatSeconds } from '../../report/format.ts';
import type { Looking } from './looking.ts';
import { timeTag } from './times.ts';
import { heading } from './todo.ts';
import { type Content, h, type Piece } from './tree.ts';

/** A value as it stands on the page and in charts. */
export function inUnit(value: number, unit: Aggregate['unit']): string {
  switch (unit) {
    case 'ms':
      return formatMs(value);
    case 's':
      return formatSeconds(value);
    case '%':
      return `${formatNumber(value)}%`;
    case '':
      return formatNumber(value);
  }
}

/** Tells an aggregate's chart from the others. */
export const plotKey = ({ probe, figure }: Aggregate): string => `${probe}.${figure}`;

const shown = (value: number | undefined, unit: Aggregate['unit']): string =>
  value === undefined ? 'no data' : inUnit(value, unit);

const isBeyond = ({ now, limit, isFloor = false }: Aggregate): boolean =>
  now !== undefined && limit !== undefined && (isFloor ? now < limit : now > limit);

/** What a chart shows, for whoever does not see it. */
function inWords(aggregate: Aggregate): string {
  const { now, baseline, limit, unit } = aggregate;
  return [
    `Chart of ${figureTitle(aggregate)}: now ${shown(now, unit)}`,
    baseline !== undefined && `before the fault ${inUnit(baseline, unit)}`,
    limit !== undefined && `limit ${inUnit(limit, unit)}`,
  ]
    .filter((part) => part !== false)
    .join(', ');
}

/** So many rows of a table are read without scrolling for long. */
const mostRows = 12;

/** Values spread evenly over all there are, the newest among them. */
const spread = (series: Aggregate['series']): Aggregate['series'] => {
  const every = Math.max(1, Math.ceil(series.length / mostRows));
  return series.filter((_, index) => (series.length - 1 - index) % every === 0);
};

/** The chart as a table, for whoever reads better than they see lines. */
const tableOf = (aggregate: Aggregate, timeZone: string): Piece =>
  h(
    'details',
    { class: 'values' },
    h('summary', {}, 'As a table', h('span', { class: 'unseen' }, figureTitle(aggregate))),
    h(
      'table',
      {},
      h('caption', { class: 'unseen' }, figureTitle(aggregate)),
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Time'), h('th', { scope: 'col' }, 'Value'))),
      h(
        'tbody',
        {},
        spread(aggregate.series).map(([atMs, value]) =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, timeTag(new Date(atMs).toISOString(), timeZone)),
            h('td', {}, shown(value ?? undefined, aggregate.unit)),
          ),
        ),
      ),
    ),
  );

function figure(aggregate: Aggregate, view: GameDayView, looking: Looking): Piece {
  const { now, baseline, limit, unit } = aggregate;
  const fact = (name: string, value: string, kind: string): Piece =>
    h('div', { class: kind }, h('dt', {}, name), h('dd', {}, value));
  return h(
    'figure',
    { 'data-key': plotKey(aggregate), class: isBeyond(aggregate) ? 'beyond' : undefined },
    h(
      'figcaption',
      {},
      h('h3', {}, figureTitle(aggregate)),
      h(
        'dl',
        {},
        fact('now', `${shown(now, unit)}${isBeyond(aggregate) ? ', beyond the limit' : ''}`, 'current'),
        baseline !== undefined && fact('before', inUnit(baseline, unit), 'baseline'),
        limit !== undefined && fact('limit', inUnit(limit, unit), 'limit'),
      ),
    ),
    h('div', {
      class: 'plot',
      'data-opaque': true,
      'data-plot': plotKey(aggregate),
      role: 'img',
      'aria-label': inWords(aggregate),
    }),
    !looking.isProjector && aggregate.series.length > 0 && tableOf(aggregate, view.timeZone),
  );
}

/** The aggregates that are watched, with charts that the script draws. */
export const figuresSection = (view: GameDayView, looking: Looking): Content =>
  view.aggregates.length > 0 &&
  h(
    'section',
    { 'data-key': 'figures', 'aria-labelledby': 'figures' },
    heading('figures', 'What is seen'),
    h(
      'div',
      { class: 'figures' },
      view.aggregates.map((one) => figure(one, view, looking)),
    ),
  );
