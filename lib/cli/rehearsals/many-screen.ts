import { formatSeconds } from '../../report/format.ts';
import { cutTo, type Line, piece, verdictLooks } from '../view/line.ts';
import type { RunPicture } from '../view/run-picture.ts';
import { pad, plainText, widthOf } from '../view/text-width.ts';
import { type Job, nameOf, type Outcome } from './job.ts';

/** A rehearsal as the list shows it. */
export type Row =
  | { readonly kind: 'waiting'; readonly job: Job }
  | { readonly kind: 'running'; readonly job: Job; readonly startMs: number; readonly picture: RunPicture }
  | { readonly kind: 'over'; readonly outcome: Outcome };

/** Where a run is, in a few words. */
export const whereIs = ({ steps, current, phase }: RunPicture): string =>
  current === undefined ? 'its lab is starting' : (steps[current]?.name ?? phase?.phase ?? '');

/** The longest name that is shown whole in a list. */
const longestName = 40;

const wholeSeconds = (ms: number): string => formatSeconds(Math.max(0, Math.round(ms / 1_000)));

const jobOf = (row: Row) => (row.kind === 'over' ? row.outcome.job : row.job);

function lineOf(row: Row, width: number, nowMs: number): Line {
  const name = pad(plainText(nameOf(jobOf(row))), width);
  switch (row.kind) {
    case 'waiting':
      return [piece(` · ${name}`, 'faint')];
    case 'running': {
      const { phase } = row.picture;
      const left = phase?.untilMs === undefined ? '' : `, ${wholeSeconds(phase.untilMs - nowMs)} left`;
      return [
        piece(' ▶ ', 'accent'),
        piece(name, 'strong'),
        piece(`  ${pad(wholeSeconds(nowMs - row.startMs), 12)}`, 'faint'),
        piece(`  ${plainText(whereIs(row.picture))}${left}`),
      ];
    }
    case 'over': {
      const { verdict, seconds } = row.outcome;
      const look = verdict === 'not run' ? 'faint' : verdictLooks[verdict];
      const mark = verdict === 'held' ? piece(' ✔ ', 'good') : piece(' ✗ ', look);
      const time = verdict === 'not run' ? '' : formatSeconds(Math.round(seconds));
      return [mark, piece(name), piece(`  ${pad(time, 12)}`, 'faint'), piece(`  ${verdict}`, look)];
    }
  }
}

/** The rows that there is room for: first what runs, then what ended last, then what comes next; in their order. */
function roomFor(rows: readonly Row[], room: number): readonly Row[] {
  const urgency = { running: 0, over: 1, waiting: 2 } as const;
  const ranked = rows.map((row, index) => ({
    row,
    index,
    // What ended last is more news than what ended first.
    within: row.kind === 'over' ? -index : index,
  }));
  return ranked
    .toSorted((a, b) => urgency[a.row.kind] - urgency[b.row.kind] || a.within - b.within)
    .slice(0, room)
    .toSorted((a, b) => a.index - b.index)
    .map(({ row }) => row);
}

/** Many rehearsals as lines, none wider than the terminal, and no more than it has rows. */
export function screenOfMany(
  title: string,
  rows: readonly Row[],
  notes: readonly string[],
  size: { readonly columns: number; readonly rows: number | undefined },
  nowMs: number,
): Line[] {
  const width = Math.min(longestName, Math.max(0, ...rows.map((row) => widthOf(nameOf(jobOf(row))))));
  const last: Line[] = notes.slice(-2).map((note) => [piece(plainText(note), 'doubt')]);
  // The title, an empty line, what is left out, and the line that the cursor is on.
  const room = size.rows === undefined ? rows.length : Math.max(1, size.rows - 4 - last.length);
  const shown = roomFor(rows, room);
  const hidden = rows.length - shown.length;
  const lines: Line[] = [
    [piece(plainText(title), 'strong')],
    [],
    ...shown.map((row) => lineOf(row, width, nowMs)),
    ...(hidden === 0 ? [] : [[piece(`   and ${hidden} more`, 'faint')]]),
    ...last,
  ];
  return lines.map((line) => cutTo(line, size.columns));
}
