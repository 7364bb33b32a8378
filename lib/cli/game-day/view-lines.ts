import { roleTitles } from '../../game-day/actor-name.ts';
import { figureTitle } from '../../game-day/figure-title.ts';
import type { GameDayView } from '../../game-day/view.ts';
import { formatNumber, formatSeconds } from '../../report/format.ts';
import { hanging } from '../plan/words.ts';
import { pad, plainText } from '../view/text-width.ts';

/** So many lines of the timeline are told where nobody asks for all. */
const newest = 10;

/** A time of day in the people's zone; with the date where it is another day than the view's. */
function momentIn(iso: string, { timeZone, asOf }: Pick<GameDayView, 'timeZone' | 'asOf'>): string {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
    hourCycle: 'h23',
  });
  const [day = '', time = ''] = format.format(new Date(iso)).split(', ');
  return format.format(new Date(asOf)).startsWith(day) ? time : `${day} ${time}`;
}

/** A game day as text: the same in a terminal, on a narrow one, and through a pipe. */
export function viewLines(
  view: GameDayView,
  { columns, all = false }: { readonly columns: number; readonly all?: boolean | undefined },
): string[] {
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', title, ...lines];
  const { timeline, changesKnownUntil } = view;
  const shown = all ? timeline : timeline.slice(0, newest);
  return [
    ...headLines(view, columns),
    ...section('Asked', pendingLines(view, columns)),
    ...section('Pre-brief', view.phase === 'pre-brief' ? preBriefLines(view, columns) : []),
    ...section('Stages', stageLines(view, columns)),
    ...section('Measured', figureLines(view, columns)),
    ...section('Timeline, the newest first', [
      ...shown.flatMap(({ at, text, by, isLate }) =>
        hanging(`  ${momentIn(at, view)}  `, `${text} (${by}${isLate ? ', learnt of later' : ''})`, columns),
      ),
      ...(timeline.length > shown.length
        ? [`  ${timeline.length - shown.length} more: --all shows them`]
        : []),
      ...(changesKnownUntil === undefined
        ? []
        : hanging(
            '  ',
            `Changes in the account are known until ${momentIn(changesKnownUntil, view)}.`,
            columns,
          )),
    ]),
    ...section('You may', offerLines(view, columns)),
  ];
}

function headLines(view: GameDayView, columns: number): string[] {
  const {
    title,
    edition,
    environment,
    isRehearsal,
    role,
    phase,
    isPaused,
    halted,
    now,
    endsAt,
    timeLeftMs,
    timeZone,
    asOf,
  } = view;
  const left =
    endsAt === undefined || timeLeftMs === undefined
      ? []
      : [
          `Time left: ${formatSeconds(Math.max(0, Math.round(timeLeftMs / 1_000)))} (the experiment ends at ${momentIn(endsAt, view)}).`,
        ];
  return [
    ...hanging('', title, columns),
    ...[
      `${edition}, ${isRehearsal ? 'a rehearsal' : 'in'} ${isRehearsal ? `in ${environment}` : environment}. You act as ${roleTitles[role]}.`,
      `Phase: ${phase}${isPaused ? ', paused' : ''}. ${now}`,
      ...(halted === undefined ? [] : [`HALTED: ${halted}`]),
      ...left,
      `As of ${momentIn(asOf, view)} (${timeZone}).`,
    ].flatMap((line) => hanging('  ', line, columns)),
  ];
}

/** What is asked, whole: nothing is approved that was not shown. */
export function pendingLines(view: GameDayView, columns: number): string[] {
  const { pending } = view;
  if (pending === undefined) return [];
  const { title, lines, hash, expiresAt, proposedBy, approvers } = pending;
  return [
    ...hanging('  ', title, columns),
    ...hanging(
      '  ',
      `proposed by ${proposedBy}; ${approvers.map((role) => roleTitles[role]).join(' or ')} may approve it, never who proposed it`,
      columns,
    ),
    ...(expiresAt === undefined ? [] : [`  expires at ${momentIn(expiresAt, view)}`]),
    ...lines.flatMap((line) => hanging(`    ${/^ */.exec(line)?.[0] ?? ''}`, line.trimStart(), columns)),
    hash === undefined
      ? '  its run is being admitted: nothing can be approved yet'
      : `  hash ${plainText(hash)}`,
  ];
}

const preBriefLines = ({ preBrief }: GameDayView, columns: number): string[] =>
  preBrief.flatMap(({ item, text, doneBy }) =>
    hanging(
      `  ${doneBy === undefined ? '[ ]' : '[x]'} `,
      `${item}: ${text}${doneBy === undefined ? '' : ` (${doneBy})`}`,
      columns,
    ),
  );

const stageLines = ({ stages }: GameDayView, columns: number): string[] =>
  stages.flatMap(({ number, title, status, verdict, summary, attempts, predictions, alerts }) => [
    ...hanging(
      `  ${number}. `,
      `${title}: ${status}${verdict === undefined || verdict === status ? '' : `, ${verdict}`}${attempts > 1 ? `, attempt ${attempts}` : ''}`,
      columns,
    ),
    ...(summary === undefined ? [] : hanging('     ', summary, columns)),
    ...predictions.flatMap(({ name, says, outcome }) =>
      hanging(
        '     predicted  ',
        `${name}: ${says} (${outcome === 'unknown' ? 'not known yet' : outcome})`,
        columns,
      ),
    ),
    ...alerts.flatMap(({ alarm, status: alert, text }) =>
      hanging('     alert      ', `${alarm}: ${alert}. ${text}`, columns),
    ),
  ]);

function figureLines({ aggregates }: GameDayView, columns: number): string[] {
  const wide = Math.min(40, columns - 30, Math.max(0, ...aggregates.map((one) => figureTitle(one).length)));
  return aggregates.flatMap((aggregate) => {
    const { unit, now, baseline, limit } = aggregate;
    const figure = (value: number | undefined) =>
      value === undefined
        ? 'no data'
        : `${formatNumber(value)}${unit === '' ? '' : unit === '%' ? '%' : ` ${unit}`}`;
    return hanging(
      `  ${pad(plainText(figureTitle(aggregate)), Math.max(8, wide))}  `,
      `${figure(now)}, before ${figure(baseline)}${limit === undefined ? '' : `, limit ${figure(limit)}`}`,
      columns,
    );
  });
}

const offerLines = ({ offers }: GameDayView, columns: number): string[] =>
  offers.flatMap(({ label, command }) => hanging(`  ${pad(wordsFor(command), 34)}  `, label, columns));

/** The words after `steadfast gameday` that do what is offered. */
function wordsFor(command: GameDayView['offers'][number]['command']): string {
  switch (command.do) {
    case 'check':
      return command.done ? `check ${command.item}` : `check ${command.item} --undo`;
    case 'propose': {
      const { proposal } = command;
      if (proposal.what === 'stage') return `propose stage ${proposal.stage}`;
      return proposal.what === 'go' ? 'propose go' : `extend ${durationWord(proposal.byMs)}`;
    }
    case 'note':
      return 'note "<text>"';
    case 'observe':
      return `observe ${command.stage} ${command.prediction} ${command.outcome === 'otherwise' ? 'otherwise' : 'as-predicted'}`;
    case 'approve':
    case 'refuse':
    case 'pause':
    case 'resume':
    case 'halt':
    case 'finish':
      return command.do;
  }
}

const durationWord = (ms: number) => (ms % 60_000 === 0 ? `${ms / 60_000}m` : `${Math.ceil(ms / 1_000)}s`);
