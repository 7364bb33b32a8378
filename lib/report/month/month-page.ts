import { banner } from '../banner.ts';
import { formatTime } from '../format.ts';
import { type Content, type Html, html } from '../html.ts';
import { unreadableSection } from '../over-time/unreadable-section.ts';
import { renderPage } from '../page.ts';
import { badge } from '../state-badge.ts';
import { table } from '../table.ts';
import type { MonthOutcome, MonthReport } from './month-schema.ts';
import {
  actionDue,
  actionOwner,
  brokeWords,
  changeOrder,
  changeTitles,
  changeWords,
  clockOf,
  gameDayWords,
  lookOf,
  silentWords,
  titleOf,
  withstoodWords,
} from './month-words.ts';

/** So many of a list stand in sight; the others are opened. */
const inSight = 30;

const own = `
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 150px), 1fr)); gap: 12px; margin: 16px 0 0; }
.tiles div { border: 1px solid var(--rule); border-radius: 8px; padding: 10px 14px; display: flex; flex-direction: column-reverse; }
.tiles dt { color: var(--soft); font-size: 0.875rem; }
.tiles dd { margin: 0; font-size: 1.9rem; font-weight: 700; line-height: 1.2; font-variant-numeric: tabular-nums; }
.lead { font-size: 1.1rem; max-width: 75ch; }
.steps { margin: 0; padding-left: 24px; }
.steps li { margin-bottom: 10px; }
.list { margin: 0; padding-left: 20px; }
.list li { margin-bottom: 4px; }
main > section { content-visibility: auto; contain-intrinsic-size: auto 500px; }
@media print { main > section { content-visibility: visible; } }
`;

/** A month of an environment as one self-contained page, for people who do not read charts. Everything out of the runs is escaped. */
export function renderMonth(report: MonthReport): string {
  const { headline, summary, counts } = report;
  return renderPage({
    title: `${titleOf(report)}: ${headline}`,
    own,
    body: html`${banner({
      look: lookOf(report),
      where: 'A month in one page',
      word: headline,
      title: titleOf(report),
      summary: counts.runs === 0 ? (summary[0] ?? '') : '',
      meaning: `${clockOf(report)} Made on ${formatTime(report.madeAt)}.`,
    })}
${unreadableSection(report.unreadable)}
${counts.runs > 0 && inShort(report)}
${broke(report)}
${changes(report)}
${outcomes('What was shown to hold', report.withstood, withstoodWords, 'Nothing was shown to hold in this month.')}
${report.open.length > 0 && outcomes('What runs could not tell', report.open, silentWords, '')}
${report.notRun.length > 0 && outcomes('What never got as far as a fault', report.notRun, silentWords, '')}
${untested(report)}
${actions(report)}
${nextSteps(report)}
${unknown(report)}`,
  });
}

/** A list of which only the first stand in sight. */
function list(items: readonly Content[], look = 'list'): Html {
  const shown = (some: readonly Content[]) =>
    html`<ul class="${look}">${some.map((item) => html`<li>${item}</li>`)}</ul>`;
  const rest = items.slice(inSight);
  return html`${shown(items.slice(0, inSight))}${rest.length > 0 && html`<details><summary>${rest.length} more</summary>${shown(rest)}</details>`}`;
}

const section = (title: string, content: Content): Html =>
  html`<section><h2>${title}</h2>${content}</section>`;

const nothing = (words: string): Html => html`<p class="none">${words}</p>`;

function inShort({ summary, counts }: MonthReport): Html {
  const tile = (words: string, count: number) => html`<div><dt>${words}</dt><dd>${count}</dd></div>`;
  return section(
    'In short',
    html`${summary.map((one) => html`<p class="lead">${one}</p>`)}<dl class="tiles">${[
      tile('runs', counts.runs),
      tile('held', counts.held),
      tile('did not hold', counts.notHeld),
      tile('could not tell', counts.open),
      tile('never got that far', counts.notRun),
    ]}</dl>`,
  );
}

function broke(report: MonthReport): Html {
  if (report.broke.length === 0) {
    return section(
      'What broke',
      nothing(
        report.counts.held > 0
          ? 'Nothing that was tried broke the system.'
          : 'Nothing is known to have broken: no run said how the system fares.',
      ),
    );
  }
  return section(
    'What broke',
    list(
      report.broke.map(
        (one) =>
          html`<div class="finding ${one.verdict}"><p><strong>${one.title}</strong> ${
            one.standing === 'over' ? badge('met', 'holds since') : badge('missed', 'still open')
          }</p><p>${brokeWords(one, report)} ${one.summary}</p>${
            one.hint !== undefined &&
            html`<p class="hint"><span class="label">How to mend it</span> ${one.hint}</p>`
          }${one.blind !== undefined && html`<p class="note">These probes saw nothing of it: ${one.blind.join(', ')}. Whoever watches through them alone would not have been told.</p>`}<p class="note"><code>${one.experiment}</code> · <code>${one.runId}</code></p></div>`,
      ),
      'plain',
    ),
  );
}

function changes({ changes: all, held, recovery }: MonthReport): Html {
  const groups = changeOrder.flatMap((change) => {
    const some = all.filter((one) => one.change === change);
    if (some.length === 0) return [];
    return html`<h3>${changeTitles[change]}</h3>${list(some.map((one) => html`<strong>${one.title}</strong>: ${changeWords(one)}`))}`;
  });
  return section(
    'Better and worse than the month before',
    html`${groups.length === 0 ? html`<p>No experiment stands otherwise than in the month before.</p>` : groups}
<h3>All together</h3><p>${held.reason}</p><p>${recovery.reason}</p>`,
  );
}

function outcomes(
  title: string,
  all: readonly MonthOutcome[],
  words: (one: MonthOutcome) => string,
  none: string,
): Html {
  if (all.length === 0) return section(title, nothing(none));
  const why = (one: MonthOutcome) =>
    one.verdict !== 'held' && html`<br><span class="note">${one.verdict}: ${one.summary}</span>`;
  return section(
    title,
    list(all.map((one) => html`<strong>${one.title}</strong>: ${words(one)}${why(one)}`)),
  );
}

function untested({ untested: all, idle }: MonthReport): Html {
  const unknownWords = nothing('Not known: this project does not describe the environment.');
  const gaps = all?.filter(({ what }) => what.length > 0) ?? [];
  const services =
    all === undefined
      ? unknownWords
      : gaps.length === 0
        ? html`<p>Nothing that is known to break is left untested.</p>`
        : list(gaps.map(({ service, what }) => html`<strong>${service}</strong>: ${what.join('; ')}`));
  const quiet =
    idle !== undefined &&
    idle.length > 0 &&
    html`<h3>Not run in this month</h3>${list(idle.map(({ title, experiment }) => html`${title} <span class="note"><code>${experiment}</code></span>`))}`;
  return section('What nothing tests', html`${services}${quiet}`);
}

function actions({ actions: all, gameDays = [] }: MonthReport): Html {
  const todo =
    all === undefined
      ? nothing('Not known: nothing is known here of game days.')
      : all.length === 0
        ? html`<p>No action of a game day is open.</p>`
        : table({
            caption: 'What game days have left to do, the soonest first',
            columns: ['Action', 'Owner', 'Due', 'From'],
            rows: all.map((one) => ({
              first: true,
              cells: [
                one.what,
                one.owner === undefined
                  ? html`<span class="state missed">${actionOwner(one)}</span>`
                  : actionOwner(one),
                one.isOverdue || one.due === undefined
                  ? html`<span class="state missed">${actionDue(one)}</span>`
                  : actionDue(one),
                `${one.gameDay}, ${one.edition}`,
              ],
            })),
          });
  const days =
    gameDays.length > 0 &&
    html`<h3>Game days</h3>${list(gameDays.map((one) => html`<strong>${one.gameDay}</strong>: ${gameDayWords(one)}`))}`;
  return section('What is to be done, and by whom', html`${todo}${days}`);
}

const nextSteps = ({ nextSteps: all }: MonthReport): Html =>
  section(
    'What to do next',
    all.length === 0
      ? html`<p>Nothing presses. Go on as before.</p>`
      : html`<ol class="steps">${all.map(
          ({ text, command }) =>
            html`<li>${text}${command !== undefined && html`<br><code>${command}</code>`}</li>`,
        )}</ol>`,
  );

const unknown = ({ unknown: all }: MonthReport): Html | false =>
  all.length > 0 && section('What this page does not know', list(all));
