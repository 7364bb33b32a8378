import { exitCodes, type Verdict } from '../../experiment/verdict.ts';
import type { JournalStage } from '../../run/journal.ts';
import type { ToleranceJudgement } from '../../steady-state/judgement.ts';
import type { Figure } from '../figure.ts';
import { figuresOf } from '../figures.ts';
import { formatNumber, formatSeconds, formatTime, measureName, plural } from '../format.ts';
import { haltedBy } from '../halt-part.ts';
import type { ToldRun, ToldStage } from '../told-run.ts';
import { blocks, type Content, code, details, joined, lines, type Markdown, md } from './markdown.ts';
import { table } from './table.ts';

/** A sign per verdict, beside its word. */
const signs: Readonly<Record<Verdict, string>> = {
  held: '✅',
  deviated: '❌',
  inconclusive: '❔',
  halted: '✋',
  rejected: '🚫',
  unrecovered: '🚨',
  errored: '💥',
};

/** A verdict with its sign. */
export const verdictMark = (verdict: Verdict): Markdown => md`${signs[verdict]} **${verdict}**`;

/** More findings than this are for the report. */
const mostFindings = 20;

const figure = (one: Figure | undefined): Content =>
  one !== undefined && `${one.typical === true ? 'about ' : ''}${one.text}`;

/** Each tolerance before, during and after the fault. */
function figures(run: ToldRun): Markdown | undefined {
  const rows = figuresOf(run).flatMap(({ limit, ...row }) =>
    limit === undefined ? [] : [{ ...row, limit }],
  );
  if (rows.length === 0) return undefined;
  const states = { met: 'met', missed: md`**missed**`, unknown: md`**unknown**` };
  return blocks(
    md`### Tolerances`,
    table({
      columns: ['Probe', 'Tolerance', 'Before', 'During', 'After', 'Result'],
      numeric: [2, 3, 4],
      rows: rows.map(({ probe, measure, limit, before, during, after, state }) => [
        probe,
        `${measureName(measure)} ${limit}`,
        figure(before),
        figure(during),
        figure(after),
        state === undefined ? 'not judged' : states[state],
      ]),
    }),
  );
}

const lasted = ({ start, end }: ToldStage): Content =>
  start !== undefined &&
  (end === undefined ? 'its end is not known' : formatSeconds((Date.parse(end) - Date.parse(start)) / 1_000));

function bites(bite: JournalStage['bite']): Content {
  const words = (bit: boolean | undefined) =>
    bit === undefined ? 'unknown' : bit ? 'yes' : md`**did not bite**`;
  return joined(
    bite.map(({ bit, evidence, likely }) => [
      md`${words(bit)}: ${evidence}`,
      bit === false && likely !== undefined && md` (the likely reason: ${likely})`,
    ]),
    '<br>',
  );
}

function result({ tolerances, halt, soak }: ToldStage): Content {
  const count = (all: readonly ToleranceJudgement[], state: ToleranceJudgement['state']) =>
    all.filter((one) => one.state === state).length;
  const words = (all: readonly ToleranceJudgement[]) =>
    (['missed', 'unknown', 'met'] as const)
      .filter((state) => count(all, state) > 0)
      .map((state) => `${count(all, state)} ${state}`)
      .join(', ');
  return joined(
    [
      words(tolerances),
      halt !== undefined && md`**ended early** by ${haltedBy[halt.by]}: ${halt.reason}`,
      soak !== undefined && `soak: ${words(soak.tolerances) || 'not judged'}`,
    ],
    '<br>',
  );
}

function stages({ stages: all }: ToldRun): Markdown | undefined {
  if (all.length === 0) return undefined;
  return blocks(
    md`### Stages`,
    table({
      columns: ['Stage', 'Faults', 'Targets', 'Lasted', 'Bite', 'Result'],
      numeric: [2],
      rows: all.map((stage, index) => [
        `${index + 1}: ${stage.label}`,
        joined(
          (stage.faults ?? []).map(({ name, action }) => md`${name} (${code(action)})`),
          '<br>',
        ),
        stage.targets?.length,
        lasted(stage),
        bites(stage.bite ?? []),
        result(stage),
      ]),
    }),
  );
}

function recovery({ recovery: seen, rollbacks }: ToldRun): Markdown | undefined {
  if (seen === undefined && rollbacks.length === 0) return undefined;
  const when =
    seen?.seconds === undefined ? 'not shown to be back' : `back after ${formatSeconds(seen.seconds)}`;
  return blocks(
    md`### Recovery`,
    seen !== undefined &&
      md`Steady state was **${when}**; the objective was ${formatSeconds(seen.objective)}: ${seen.met === undefined ? 'unknown' : seen.met ? 'met' : 'missed'} (${lines(seen.reason)}).`,
    rollbacks.length > 0 &&
      table({
        columns: ['Rollback', 'Result', 'What happened', 'Proof'],
        rows: rollbacks.map(({ name, result: settled, detail, proof }) => [
          name,
          settled === 'proven' ? settled : md`**${settled}**`,
          lines(detail),
          proof !== undefined && lines(proof),
        ]),
      }),
  );
}

/** A command among other words, as far as it goes. */
const command = /npx (?:steadfast|cdk) .*?(?= {2,}\(| links to | says |$)/s;

/** What to do next, its command in a form that can be copied. */
const nextStep = (next: string): Markdown => {
  const [found] = command.exec(next) ?? [];
  if (found === undefined) return md`**Next:** ${next}`;
  const at = next.indexOf(found);
  const parts = [next.slice(0, at), code(found.trimEnd()), next.slice(at + found.length)];
  return md`**Next:** ${joined(parts, ' ')}`;
};

function findings({ findings: all, summary }: ToldRun): Markdown | undefined {
  const others = all.filter(({ message }) => message !== summary);
  if (others.length === 0) return undefined;
  const more = others.length - mostFindings;
  const items = others
    .slice(0, mostFindings)
    .map(
      ({ verdict, message, hint }) =>
        md`- **${verdict}**: ${lines(message)}${hint !== undefined && md` *How to mend it:* ${lines(hint)}`}`,
    );
  return blocks(
    md`### What else was found`,
    joined([...items, more > 0 && md`- ${plural(more, 'more finding')} in the report.`], '\n'),
  );
}

function residue({ residue: left = [] }: ToldRun): Markdown | undefined {
  if (left.length === 0) return undefined;
  const items = left.map(({ what, hint }) => md`- **${what}.** *How to mend it:* ${hint}`);
  return blocks(md`### Left behind by the fault`, joined(items, '\n'));
}

/** Conditions of admission; told only where one failed. */
function checks({ checks: all }: ToldRun): Markdown | undefined {
  const failed = all.filter(({ passed }) => !passed);
  if (failed.length === 0) return undefined;
  const rows = failed.map(({ check, evidence }) => [check, lines(evidence)]);
  return blocks(md`### Checks that failed`, table({ columns: ['Check', 'Evidence'], rows }));
}

function facts({ experiment, place, runId, start, end, pace, verdict }: ToldRun): Markdown {
  const seconds =
    start === undefined || end === undefined ? undefined : (Date.parse(end) - Date.parse(start)) / 1_000;
  return details(
    'About this run',
    joined(
      [
        md`- Experiment: ${code(experiment.id)}`,
        place !== undefined && md`- Where: ${place}`,
        runId !== undefined && md`- Run: ${code(runId)}`,
        start !== undefined && md`- Started: ${formatTime(start)}`,
        seconds !== undefined && md`- Lasted: ${formatSeconds(seconds)}`,
        pace !== undefined &&
          pace !== 1 &&
          md`- Pace: ${formatNumber(pace)} (baseline, stages and recovery; latencies and tolerances are as written)`,
        md`- Exit code of the verdict: ${exitCodes[verdict]}`,
      ],
      '\n',
    ),
  );
}

/** How to mend what the verdict rests on. */
const hintOf = ({ findings: all, summary }: ToldRun): string | undefined =>
  all.find(({ message }) => message === summary)?.hint;

/** A run for the summary of a job or a comment: the verdict, why, what to do next, then what shows it. Nothing out of the run can form Markdown. */
export function runMarkdown(run: ToldRun, level: '##' | '###' = '##'): Markdown {
  const { experiment, verdict, summary, next } = run;
  const hint = hintOf(run);
  return blocks(
    { markdown: `${level} ${md`${verdictMark(verdict)}: ${experiment.title ?? experiment.id}`.markdown}` },
    experiment.hypothesis !== undefined && md`> ${experiment.hypothesis}`,
    md`**Why:** ${lines(summary)}`,
    hint !== undefined && md`**How to mend it:** ${lines(hint)}`,
    next !== undefined && nextStep(next),
    residue(run),
    figures(run),
    stages(run),
    recovery(run),
    checks(run),
    findings(run),
    facts(run),
  );
}
