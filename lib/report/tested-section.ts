import * as z from 'zod/mini';
import { inWords } from '../plan/variants.ts';
import type { Journal } from '../run/journal.ts';
import { formatNumber, formatSeconds, formatTime } from './format.ts';
import { type Content, type Html, html } from './html.ts';

const withHypothesis = z.looseObject({ hypothesis: z.string(), description: z.optional(z.string()) });

/** What the pace did to the run, in words; undefined when times were as written. */
function paceInWords(pace: number): string | undefined {
  if (pace === 1) return undefined;
  const change = pace < 1 ? `${formatNumber(1 / pace)} times shorter` : `${formatNumber(pace)} times longer`;
  return `Pace ${formatNumber(pace)}: baseline, stages, recovery and its objective were ${change} than written. Latencies and tolerances were not changed.`;
}

/** Who ends the fault on each guard; of one that FIS does not watch, the report says so. */
function guards({ guards: all = [], mode }: Journal): Html | false {
  const byFis = mode === 'aws' ? 'FIS stops on it by itself' : 'the stand-in for FIS stops on it';
  return (
    all.length > 0 &&
    html`<div class="whole"><dt>Guards</dt><dd><ul class="plain">${all.map(
      ({ guard, watches, watchedBy }) =>
        html`<li><strong>${guard}</strong>${watches !== undefined && html` (watches ${watches})`}: ${
          watchedBy === 'fis' ? byFis : 'FIS does not watch this guard; the runner polls it'
        }</li>`,
    )}</ul></dd></div>`
  );
}

const entry = (term: string, detail: Content): Html => html`<div><dt>${term}</dt><dd>${detail}</dd></div>`;

/** What was tested, where, when and how it can be told apart from other runs. */
export function testedSection(journal: Journal): Html {
  const { experiment, environment } = journal;
  const definition = withHypothesis.safeParse(experiment.definition);
  const pace = paceInWords(journal.pace);
  const seconds = (Date.parse(journal.end) - Date.parse(journal.start)) / 1_000;
  const kind = environment.production ? 'production' : 'not production';
  return html`<section><h2>What was tested</h2>
${definition.success && html`<p class="hypothesis">${definition.data.hypothesis}</p>`}
${
  definition.success &&
  definition.data.description !== undefined &&
  html`<p class="description">${definition.data.description}</p>`
}
${pace !== undefined && html`<p class="pace">${pace}</p>`}
<dl class="facts">
${entry('Experiment', html`<code>${experiment.id}</code>`)}
${entry(
  journal.mode === 'rehearsal' ? 'Lab' : 'Environment',
  html`${environment.id} (${kind}), tag <code>${environment.tag.key}=${environment.tag.value}</code>`,
)}
${journal.set !== undefined && entry('Set', html`<code>${inWords(journal.set)}</code>`)}
${entry('Mode', journal.mode === 'rehearsal' ? 'rehearsal with stand-ins' : 'AWS')}
${entry('Started', html`<time datetime="${journal.start}">${formatTime(journal.start)}</time>`)}
${entry('Lasted', formatSeconds(seconds))}
${entry('Run', html`<code>${journal.runId}</code>`)}
${entry('Seed', html`<code>${journal.seed}</code>`)}
${guards(journal)}
<div class="whole"><dt>Definition</dt><dd>SHA-256 <code class="hash">${experiment.hash}</code></dd></div>
</dl>
<details><summary>The definition as it ran</summary><pre tabindex="0">${JSON.stringify(experiment.definition, null, 2)}</pre></details></section>`;
}
