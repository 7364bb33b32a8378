import type { GameDayView } from '../../game-day/view.ts';
import { figuresSection } from './figures.ts';
import { head } from './head.ts';
import { linksSection } from './links.ts';
import type { Looking } from './looking.ts';
import { stagesSection } from './stages.ts';
import { timelineSection } from './timeline.ts';
import { pendingSection, preBriefSection, todoSection } from './todo.ts';
import { h, type Piece } from './tree.ts';

/** The whole page of somebody: what the server prints first, and what the browser comes to with each new view. */
export const pageOf = (view: GameDayView, looking: Looking): readonly Piece[] => [
  head(view, looking),
  h(
    'div',
    { class: 'columns', 'data-key': 'columns' },
    h(
      'div',
      { class: 'main', 'data-key': 'main' },
      pendingSection(view, looking),
      todoSection(view, looking),
      view.phase === 'pre-brief' && preBriefSection(view, looking),
      figuresSection(view, looking),
      stagesSection(view, looking),
      view.phase !== 'pre-brief' && preBriefSection(view, looking),
      linksSection(view, looking),
    ),
    timelineSection(view, looking),
  ),
];
