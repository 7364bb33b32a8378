import { isTimeZone } from '../../experiment/time-zone.ts';
import { roleTitles } from '../../game-day/actor-name.ts';
import { figureTitle } from '../../game-day/figure-title.ts';
import type { Aggregate, GameDayView } from '../../game-day/view.ts';
import { formatNumber, formatSeconds } from '../format.ts';
import { type Html, html } from '../html.ts';

/** How much of a view is told: what does not fit is left out, in the order of what can best be looked up elsewhere. */
export interface Fit {
  /** So many lines of the timeline, the newest. */
  readonly timeline: number;
  /** Whether predictions, alerts and figures are told. */
  readonly details: boolean;
  /** So many characters of a text. */
  readonly text: number;
}

const clipped = (text: string, { text: longest }: Fit): string =>
  text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;

/** A time of day in the people's zone, such as `14:03:05`. */
const timeOfDay = (iso: string, timeZone: string): string =>
  new Date(iso).toLocaleTimeString('en-GB', {
    timeZone: isTimeZone(timeZone) ? timeZone : 'UTC',
    hour12: false,
  });

/** What goes on, in the first lines. */
export function headPart(view: GameDayView, fit: Fit): Html {
  const { title, phase, now, isPaused, halted, timeLeftMs, endsAt, timeZone, asOf, role } = view;
  const left =
    timeLeftMs === undefined || endsAt === undefined
      ? undefined
      : html`<p>Time left: <b>${formatSeconds(Math.max(0, Math.round(timeLeftMs / 1_000)))}</b> as of the last refresh (ends at ${timeOfDay(endsAt, timeZone)}).</p>`;
  return html`<h2>${clipped(title, fit)}</h2>
<p class="soft">Edition ${view.edition} in ${view.environment}. You act as <b>${roleTitles[role]}</b>. As of ${timeOfDay(asOf, timeZone)} (${timeZone}).</p>
${halted !== undefined && html`<p class="box danger" role="alert"><b>Halted.</b> ${clipped(halted, fit)}</p>`}
<p role="status">Phase: <b>${phase}</b>${isPaused && html`, <b>paused</b>`}. ${clipped(now, fit)}</p>
${left}`;
}

/** What waits for an answer, with exactly what would run. */
export function pendingPart(
  { pending, timeZone }: GameDayView,
  fit: Fit,
  isWhole: boolean,
): Html | undefined {
  if (pending === undefined) return undefined;
  const { title, lines, hash, expiresAt, proposedBy, approvers } = pending;
  const shown = isWhole ? lines : lines.slice(0, 20).map((line) => clipped(line, fit));
  return html`<div class="box asked"><h3>Asked: ${clipped(title, fit)}</h3>
<p>Proposed by ${clipped(proposedBy, fit)}; may be approved by ${approvers.map((role) => roleTitles[role]).join(' or ')}, not by whoever proposed it${expiresAt !== undefined && html`, until ${timeOfDay(expiresAt, timeZone)}`}.</p>
<ul>${shown.map((line) => html`<li>${line}</li>`)}</ul>
${!isWhole && html`<p><b>This is not all of it.</b> Look at it, and answer, with steadfast gameday approve.</p>`}
${hash !== undefined && html`<p class="soft">What is approved is exactly this: hash ${hash}</p>`}</div>`;
}

export function preBriefPart({ phase, preBrief }: GameDayView, fit: Fit): Html | undefined {
  if (phase !== 'pre-brief' || preBrief.length === 0) return undefined;
  return html`<h3>Pre-brief</h3><ul>${preBrief.map(
    ({ text, doneBy }) =>
      html`<li>${doneBy === undefined ? 'Open' : 'Done'}: ${clipped(text, fit)}${doneBy !== undefined && html` <span class="soft">(${clipped(doneBy, fit)})</span>`}</li>`,
  )}</ul>`;
}

export function stagesPart({ stages }: GameDayView, fit: Fit): Html | undefined {
  if (stages.length === 0) return undefined;
  return html`<table><caption>Stages</caption><thead><tr><th scope="col">Stage</th><th scope="col">State</th><th scope="col">What was seen</th></tr></thead><tbody>${stages.map(
    ({ number, title, status, verdict, summary, attempts, predictions, alerts }) =>
      html`<tr><th scope="row">${number}. ${clipped(title, fit)}</th><td>${status}${verdict !== undefined && html`: <b class="${verdict === 'held' ? 'good' : 'bad'}">${verdict}</b>`}${attempts > 1 && ` (attempt ${attempts})`}</td><td>${summary !== undefined && html`<p>${clipped(summary, fit)}</p>`}${
        fit.details &&
        predictions.length + alerts.length > 0 &&
        html`<ul>${predictions.map(({ says, outcome }) => html`<li>Predicted: ${clipped(says, fit)} — <b>${outcome === 'unknown' ? 'not known yet' : outcome}</b></li>`)}${alerts.map(({ alarm, status: alert, text }) => html`<li>Alert ${clipped(alarm, fit)}: <b>${alert}</b>. ${clipped(text, fit)}</li>`)}</ul>`
      }</td></tr>`,
  )}</tbody></table>`;
}

/** Enough to see where it goes in 120 pixels. */
const mostPoints = 60;

/** The last values as a line; the figures beside it say the same in words. */
function sparkline(series: Aggregate['series']): Html | undefined {
  const values = series.slice(-mostPoints).flatMap(([, value]) => value ?? []);
  if (values.length < 2) return undefined;
  const most = Math.max(...values, 0);
  const least = Math.min(...values, 0);
  const points = values.map((value, index) => {
    const x = (index / (values.length - 1)) * 118 + 1;
    const y = most === least ? 22 : 22 - ((value - least) / (most - least)) * 20;
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return html`<svg viewBox="0 0 120 24" aria-hidden="true"><polyline points="${points.join(' ')}"></polyline></svg>`;
}

export function figuresPart({ aggregates }: GameDayView, fit: Fit): Html | undefined {
  if (!fit.details || aggregates.length === 0) return undefined;
  const figure = (value: number | undefined, unit: Aggregate['unit']) =>
    value === undefined
      ? 'no data'
      : `${formatNumber(value)}${unit === '%' ? '%' : unit === '' ? '' : ` ${unit}`}`;
  return html`<table><caption>What is measured</caption><thead><tr><th scope="col">Figure</th><th scope="col">Now</th><th scope="col">Before</th><th scope="col">Limit</th></tr></thead><tbody>${aggregates.map(
    (aggregate) => {
      const { unit, now, baseline, limit, series } = aggregate;
      return html`<tr><th scope="row">${clipped(figureTitle(aggregate), fit)}</th><td>${figure(now, unit)} ${sparkline(series)}</td><td>${figure(baseline, unit)}</td><td>${limit === undefined ? 'none' : figure(limit, unit)}</td></tr>`;
    },
  )}</tbody></table>`;
}

export function timelinePart(
  { timeline, timeZone, changesKnownUntil }: GameDayView,
  fit: Fit,
): Html | undefined {
  const shown = timeline.slice(0, fit.timeline);
  if (shown.length === 0) return undefined;
  const rest = timeline.length - shown.length;
  return html`<h3>Timeline, the newest first</h3><ul>${shown.map(
    ({ at, text, by, isLate, tone }) =>
      html`<li class="${tone}">${timeOfDay(at, timeZone)} ${clipped(text, fit)} <span class="soft">(${clipped(by, fit)}${isLate && ', learnt of later'})</span></li>`,
  )}</ul>${rest > 0 && html`<p class="soft">${rest} more: steadfast gameday status shows them.</p>`}${
    changesKnownUntil !== undefined &&
    html`<p class="soft">Changes in the account are known until ${timeOfDay(changesKnownUntil, timeZone)}.</p>`
  }`;
}
