import type { Verdict } from '../../experiment/verdict.ts';
import { nameOf } from '../../game-day/actor-name.ts';
import type { ExpectedAlert } from '../../game-day/alerts.ts';
import type { PredictionOutcome } from '../../game-day/predictions.ts';
import type { Retro, RetroAction, RetroLine } from '../../game-day/retro/retro.ts';
import { banner } from '../banner.ts';
import { formatSeconds, formatTime } from '../format.ts';
import { type Content, type Html, html } from '../html.ts';
import { renderPage } from '../page.ts';
import { badge } from '../state-badge.ts';
import { table } from '../table.ts';

const own = `
.timeline.whole li { grid-template-columns: 210px 1fr; }
td .state { white-space: nowrap; }
.timeline.whole time { text-align: left; }
ul.outcomes { margin: 0; padding-left: 20px; }
ul.outcomes li { margin-bottom: 4px; }
@media (max-width: 640px) { .timeline.whole li { grid-template-columns: 1fr; } }
`;

/** A retrospective as one self-contained page that needs neither network nor script. Everything that was written is escaped. */
export function renderRetro(retro: Retro): string {
  return renderPage({
    title: `Retrospective: ${retro.title}`,
    own,
    body: html`${bannerOf(retro)}
${outcomes('What broke', retro.broke, 'Nothing broke.')}
${outcomes('What held', retro.held, 'Nothing was shown to hold.')}
${retro.notShown.length > 0 && outcomes('What was not shown', retro.notShown, '')}
${actions(retro.actions)}
${stages(retro)}
${predictions(retro)}
${alerts(retro)}
${changes(retro)}
${facts(retro)}
${retro.refused.length > 0 && lines('Refused', retro.refused)}
${lines('Timeline', retro.timeline)}`,
  });
}

/** How an outcome looks: as the verdict that says the same. */
const looks: Readonly<Record<Retro['hypothesis']['outcome'], Verdict>> = {
  held: 'held',
  'did not hold': 'deviated',
  'not shown': 'inconclusive',
};

const bannerOf = ({ hypothesis, title, isRehearsal, environment, beganAt }: Retro): Html =>
  banner({
    look: looks[hypothesis.outcome],
    where: `Retrospective · ${isRehearsal ? 'rehearsed in' : 'held in'} ${environment}, ${formatTime(beganAt)}`,
    word: hypothesis.outcome,
    title,
    summary: hypothesis.says,
    meaning: hypothesis.why,
  });

const section = (title: string, content: Content): Html =>
  html`<section><h2>${title}</h2>${content}</section>`;

const nothing = (text: string): Html => html`<p class="none">${text}</p>`;

const outcomes = (title: string, items: readonly string[], none: string): Html =>
  section(
    title,
    items.length === 0
      ? nothing(none)
      : html`<ul class="outcomes">${items.map((item) => html`<li>${item}</li>`)}</ul>`,
  );

const notSaid = (what: string): Html => html`<span class="state missed">${what}</span>`;

const actions = (all: readonly RetroAction[]): Html =>
  section(
    'Actions',
    all.length === 0
      ? nothing('Nothing is to be done.')
      : table({
          caption: 'What is to be done, by whom and by when; as retro.md has it',
          columns: ['Action', 'Why', 'Owner', 'Due', 'State'],
          rows: all.map(({ what, why, owner, due, state, reason }) => ({
            first: true,
            cells: [
              what,
              why === '' ? nothing('–') : why,
              owner === '' ? notSaid('no owner yet') : owner,
              due === '' ? notSaid('no date yet') : due,
              reason === '' ? state : `${state}: ${reason}`,
            ],
          })),
        }),
  );

const length = (seconds: number | undefined): Content =>
  seconds === undefined ? nothing('–') : formatSeconds(seconds);

const stages = ({ stages: all }: Retro): Html =>
  section(
    'Stages',
    table({
      caption: 'Each attempt at each stage, with the times to detect and to recover',
      columns: ['Stage', 'Attempt', 'Verdict', 'Detected in', 'First alert after', 'Recovered in'],
      numeric: [3, 4, 5],
      rows: all.flatMap(({ number, title, attempts }) =>
        attempts.length === 0
          ? [{ first: true, cells: [`${number}. ${title}`, nothing('–'), 'not run', '–', '–', '–'] }]
          : attempts.map((one, index) => ({
              first: index === 0,
              cells: [
                `${number}. ${title}`,
                one.attempt,
                html`<span class="badge ${one.verdict ?? 'inconclusive'}">${one.verdict ?? 'not known'}</span> ${one.summary}`,
                length(one.detectSeconds),
                length(one.alertSeconds),
                length(one.recoverSeconds),
              ],
            })),
      ),
    }),
  );

const marks: Readonly<Record<PredictionOutcome, Html>> = {
  'as predicted': badge('met', 'as predicted'),
  otherwise: badge('missed', 'different'),
  unknown: badge('unknown', 'not known'),
};

const where = (stage: number, attempt: number | undefined): string =>
  attempt === undefined ? `Stage ${stage}` : `Stage ${stage}, attempt ${attempt}`;

const predictions = ({ predictions: all }: Retro): Html =>
  section(
    'Predictions beside what happened',
    all.length === 0
      ? nothing('Nothing was predicted.')
      : table({
          caption: 'What was predicted of each stage, and what each attempt showed of it',
          columns: ['Where', 'Predicted', 'What happened', 'Result'],
          rows: all.flatMap((one) =>
            [...one.earlier, one].map(({ attempt, happened, by, outcome }, index) => ({
              first: index === 0,
              cells: [
                where(one.stage, attempt),
                one.says,
                by === undefined ? happened : `${happened}, says ${nameOf(by)}`,
                marks[outcome],
              ],
            })),
          ),
        }),
  );

const alertMarks: Readonly<Record<ExpectedAlert['status'], Html>> = {
  'as expected': badge('met', 'as expected'),
  late: badge('missed', 'late'),
  missing: badge('missed', 'missing'),
  awaited: badge('unknown', 'no fault began'),
  unknown: badge('unknown', 'not known'),
};

function alerts({ alerts: { attempts, before } }: Retro): Html {
  const unexpected = badge('missed', 'unexpected');
  const rows = [
    ...before.map(({ alarm, reason }) => ({
      first: true,
      cells: ['Before any fault', alarm, reason, unexpected],
    })),
    ...attempts.flatMap(({ stage, attempt, expected, unexpected: others }) =>
      [
        ...expected.map(({ alarm, text, status }) => [alarm, text, alertMarks[status]]),
        ...others.map(({ alarm, reason, fireSeconds = 0 }) => [
          alarm,
          `fired ${formatSeconds(fireSeconds)} after the fault began: ${reason}`,
          unexpected,
        ]),
      ].map((cells, index) => ({ first: index === 0, cells: [where(stage, attempt), ...cells] })),
    ),
  ];
  return section(
    'Alerts',
    rows.length === 0
      ? nothing('No alert was expected, and none fired.')
      : table({
          caption: 'Which alerts fired as expected, late, or not at all, and which nobody expected',
          columns: ['Where', 'Alarm', 'What happened', 'Result'],
          rows,
        }),
  );
}

const changes = ({ changes: all, changesGap, isRehearsal }: Retro): Html =>
  section('Changes in the account', [
    isRehearsal
      ? nothing('Changes are looked for in AWS only.')
      : all.length === 0
        ? nothing('No change is known of.')
        : lineList(all),
    changesGap !== undefined && html`<p class="callout doubt">${changesGap}</p>`,
  ]);

const facts = ({ edition, owner, blastRadius, timeZone, nextBy, people, closedAt }: Retro): Html =>
  section(
    'The edition',
    html`<dl class="facts">
<div><dt>Edition</dt><dd><code>${edition}</code></dd></div>
<div><dt>Owner</dt><dd>${owner}</dd></div>
<div><dt>Closed</dt><dd>${closedAt === undefined ? 'not yet' : formatTime(closedAt)}</dd></div>
<div><dt>Time zone of the team</dt><dd>${timeZone}</dd></div>
${nextBy !== undefined && html`<div><dt>Next edition by</dt><dd>${nextBy}</dd></div>`}
<div class="whole"><dt>Blast radius</dt><dd>${blastRadius}</dd></div>
<div class="whole"><dt>Who took part</dt><dd><ul class="plain">${people.map((one) => html`<li>${one}</li>`)}</ul></dd></div>
</dl>`,
  );

const lineList = (all: readonly RetroLine[]): Html =>
  html`<ol class="timeline whole">${all.map(
    ({ at, text, by, isLate }) =>
      html`<li><time datetime="${at}">${formatTime(at)}</time> <span>${text}${isLate && html` <span class="tag">learnt of later</span>`} <span class="note">${by}</span></span></li>`,
  )}</ol>`;

const lines = (title: string, all: readonly RetroLine[]): Html =>
  section(title, all.length === 0 ? nothing('Nothing was written down.') : lineList(all));
