import { nameOf } from '../actor-name.ts';
import type { ExpectedAlert } from '../alerts.ts';
import { lengthOf } from '../length.ts';
import type { PredictionResult } from '../predictions.ts';
import { asMarkdown } from './markdown-text.ts';
import type { Retro, RetroAction, RetroAttempt, RetroLine } from './retro.ts';

/** The heading below which actions stand: people's edits are read by it. */
export const actionsHeading = 'Actions';

/** The words behind which an action says something, in the order in which they are written. */
export const actionKeys = ['Why', 'Owner', 'Due', 'State', 'Reason'] as const;

/** A retrospective as the Markdown that people go on from. */
export const retroMarkdown = (retro: Retro): string =>
  [
    ...head(retro),
    ...section('What held', list(retro.held, 'Nothing was shown to hold.')),
    ...section('What broke', list(retro.broke, 'Nothing broke.')),
    ...(retro.notShown.length === 0 ? [] : section('What was not shown', list(retro.notShown, ''))),
    ...section('Stages', stages(retro)),
    ...section('Predictions beside what happened', predictions(retro.predictions)),
    ...section('Alerts', alerts(retro)),
    ...section(
      'Notes',
      list(retro.notes.map(told), 'Nobody noted anything.', (line) => line),
    ),
    ...section('Changes', changes(retro)),
    ...(retro.refused.length === 0
      ? []
      : section(
          'Refused',
          list(retro.refused.map(told), '', (line) => line),
        )),
    ...section(actionsHeading, actions(retro.actions)),
    ...section(
      'Timeline',
      list(retro.timeline.map(told), 'Nothing was written down.', (line) => line),
    ),
  ].join('\n');

const section = (title: string, lines: readonly string[]): readonly string[] => [
  `## ${title}`,
  '',
  ...lines,
  '',
];

const list = (
  items: readonly string[],
  none: string,
  form: (item: string) => string = asMarkdown,
): readonly string[] => (items.length === 0 ? [none] : items.map((item) => `- ${form(item)}`));

const told = ({ at, text, by, isLate }: RetroLine): string =>
  `${at} ${asMarkdown(text)} (by ${asMarkdown(by)}${isLate ? '; learnt of later' : ''})`;

function head(retro: Retro): readonly string[] {
  const { hypothesis, title, isRehearsal, environment } = retro;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['edition', retro.edition],
    ['gameDay', retro.gameDay],
    ['environment', environment],
    ['rehearsal', String(isRehearsal)],
    ['began', retro.beganAt],
    ['closed', retro.closedAt],
    ['nextBy', retro.nextBy],
  ];
  return [
    '---',
    ...facts.flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`])),
    '---',
    '',
    `# Retrospective: ${asMarkdown(title)}`,
    '',
    `${isRehearsal ? 'Rehearsed in' : 'Held in'} ${asMarkdown(environment)}, ${retro.beganAt} to ${retro.closedAt ?? 'now: it is not closed yet'}. Times are UTC; the team's time zone is ${asMarkdown(retro.timeZone)}. Owner: ${asMarkdown(retro.owner)}.`,
    '',
    `Blast radius: ${asMarkdown(retro.blastRadius)}`,
    '',
    'Who took part:',
    '',
    ...list(retro.people, 'Nobody did anything.'),
    '',
    '## The hypothesis',
    '',
    `> ${asMarkdown(hypothesis.says)}`,
    '',
    `**It ${{ held: 'held', 'did not hold': 'did not hold', 'not shown': 'was not shown' }[hypothesis.outcome]}.** ${asMarkdown(hypothesis.why)}`,
    '',
  ];
}

const row = (...cells: readonly string[]): string => `| ${cells.map((cell) => cell || '–').join(' | ')} |`;

const tableOf = (columns: readonly string[], rows: readonly (readonly string[])[]): readonly string[] => [
  row(...columns),
  row(...columns.map(() => '---')),
  ...rows.map((cells) => row(...cells)),
];

const seconds = (length: number | undefined): string =>
  length === undefined ? '' : lengthOf(length * 1_000);

function stages({ stages: all }: Retro): readonly string[] {
  const rows = all.flatMap(({ number, title, attempts }) =>
    attempts.length === 0
      ? [[`${number}. ${asMarkdown(title)}`, '', 'not run', '', '', '']]
      : attempts.map((one) => [`${number}. ${asMarkdown(title)}`, String(one.attempt), ...ofAttempt(one)]),
  );
  return tableOf(
    ['Stage', 'Attempt', 'Verdict', 'Time to detect', 'First alert after', 'Time to recover'],
    rows,
  );
}

const ofAttempt = (one: RetroAttempt): readonly string[] => [
  `${one.verdict ?? 'not known'}${one.rejection === undefined ? '' : ` (${asMarkdown(one.rejection)})`}: ${asMarkdown(one.summary)}`,
  seconds(one.detectSeconds),
  seconds(one.alertSeconds),
  seconds(one.recoverSeconds),
];

/** A difference is told by its words and marked. */
const outcomes = {
  'as predicted': 'as predicted',
  otherwise: '**different**',
  unknown: 'not known',
} as const;

function predictions(all: readonly PredictionResult[]): readonly string[] {
  if (all.length === 0) return ['Nothing was predicted.'];
  const rows = all.flatMap((one) => [
    ...one.earlier.map((earlier) => ({ ...one, ...earlier })),
    { ...one, earlier: [] },
  ]);
  return tableOf(
    ['Stage', 'Predicted', 'What happened', 'Result'],
    rows.map(({ stage, attempt, says, happened, by, outcome }) => [
      `${stage}${attempt === undefined ? '' : `, attempt ${attempt}`}`,
      asMarkdown(says),
      `${asMarkdown(happened)}${by === undefined ? '' : `, says ${asMarkdown(nameOf(by))}`}`,
      outcomes[outcome],
    ]),
  );
}

const marks: Readonly<Record<ExpectedAlert['status'], string>> = {
  'as expected': 'as expected',
  late: '**late**',
  missing: '**missing: it should have fired and did not**',
  awaited: 'not awaited: no fault began',
  unknown: 'not known',
};

function alerts({ alerts: { attempts, before } }: Retro): readonly string[] {
  const rows = attempts.flatMap(({ stage, attempt, expected, unexpected }) => {
    const where = `${stage}${attempt === undefined ? '' : `, attempt ${attempt}`}`;
    return [
      ...expected.map((one) => [where, asMarkdown(one.alarm), marks[one.status], asMarkdown(one.text)]),
      ...unexpected.map((one) => [
        where,
        asMarkdown(one.alarm),
        '**unexpected**',
        asMarkdown(`fired ${seconds(one.fireSeconds ?? 0)} after the fault began: ${one.reason}`),
      ]),
    ];
  });
  const early = before.map((one) => [
    'before any fault',
    asMarkdown(one.alarm),
    '**unexpected**',
    asMarkdown(one.reason),
  ]);
  const all = [...early, ...rows];
  if (all.length === 0) return ['No alert was expected, and none fired.'];
  return tableOf(['Stage', 'Alarm', 'Result', 'What happened'], all);
}

const changes = ({ changes: all, changesGap, isRehearsal }: Retro): readonly string[] => [
  ...list(
    all.map(told),
    isRehearsal ? 'Changes are looked for in AWS only.' : 'No change in the account is known of.',
    (line) => line,
  ),
  ...(changesGap === undefined ? [] : ['', `**Gap:** ${asMarkdown(changesGap)}`]),
];

const howTo = [
  'Each needs an owner and a date (`2026-05-31`). Its state is open, done or dropped; what is done or dropped says why as its reason.',
  'More are added in the same form. `npx steadfast gameday retro check FILE` tells what is missing.',
];

function actions(all: readonly RetroAction[]): readonly string[] {
  return [...howTo, ...(all.length === 0 ? ['', 'Nothing is to be done.'] : all.flatMap(actionLines))];
}

const actionLines = ({ id, what, why, owner, due, state, reason }: RetroAction): readonly string[] => {
  const says = { Why: why, Owner: owner, Due: due, State: state, Reason: reason };
  return [
    '',
    `### ${id}: ${asMarkdown(what)}`,
    '',
    ...actionKeys.map((key) => `- ${key}: ${key === 'Due' ? due : asMarkdown(says[key])}`.trimEnd()),
  ];
};
