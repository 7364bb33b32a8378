import type { RoleName } from '../../experiment/role-names.ts';
import { roleTitles } from '../../game-day/actor-name.ts';
import type { GameDayView } from '../../game-day/view.ts';
import { hanging } from '../plan/words.ts';
import { type Look, paint, piece } from '../view/line.ts';
import { pad, plainText } from '../view/text-width.ts';

/** A link for each role and one for a projector. */
type Links = Readonly<Record<RoleName | 'projector', string>>;

const titles: Readonly<Record<keyof Links, string>> = { ...roleTitles, projector: 'projector' };

const seats = ['operator', 'observer', 'onCall', 'scribe', 'projector'] as const;

const longestTitle = Math.max(...Object.values(titles).map((title) => title.length));

/** How people come into a game day that has begun, and how it is ended. */
export function openingLines(
  { edition, title, environment }: Pick<GameDayView, 'edition' | 'title' | 'environment'>,
  links: Links | undefined,
  { columns, colours }: { readonly columns: number; readonly colours: boolean },
): readonly string[] {
  const looking = (text: string, look: Look): string => paint([piece(text, look)], colours);
  const said = (text: string): string[] => hanging('', plainText(text), columns);
  const doors =
    links === undefined
      ? []
      : [
          '',
          ...said('A link for each role; whoever opens it takes it, and it opens once:'),
          // A link is never broken over lines: it would not be one any more.
          ...seats.map((seat) => `  ${pad(titles[seat], longestTitle)}  ${looking(links[seat], 'accent')}`),
        ];
  return [
    '',
    ...said(`${title}, in the lab ${environment}.`).map((line) => looking(line, 'strong')),
    ...said(`Edition ${edition}`),
    ...doors,
    '',
    ...said('In another terminal of this project:'),
    '  npx steadfast gameday status',
    '  npx steadfast gameday note "<text>" --role scribe --as <your name>',
    ...said('Ctrl-C here ends every fault, then the game day.'),
    '',
  ];
}
