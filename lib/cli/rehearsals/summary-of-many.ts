import { join } from 'node:path';
import { exitCodes, type Verdict, worstVerdict } from '../../experiment/verdict.ts';
import { runFiles } from '../../rehearsal/file-run-store.ts';
import { formatNumber, plural } from '../../report/format.ts';
import { exitCode } from '../exit-code.ts';
import { type Line, piece, verdictLooks } from '../view/line.ts';
import { pad, plainText, widthOf, wrap } from '../view/text-width.ts';
import { nameOf, type Outcome } from './job.ts';
import { countsOf, type Repeats, reasonOf, repeatsOf } from './repeats.ts';
import type { LeftOut } from './selection.ts';

/** Everything that many rehearsals came to. */
export interface Many {
  readonly outcomes: readonly Outcome[];
  readonly notRehearsable: readonly LeftOut[];
  readonly broken: readonly LeftOut[];
  readonly interrupted: boolean;
}

/** The verdicts of those that ran or cannot be read; undefined where nothing came to any. */
function verdictsOf({ outcomes, broken, interrupted }: Many): readonly Verdict[] | undefined {
  const ran = outcomes.flatMap(({ verdict }): Verdict[] => (verdict === 'not run' ? [] : [verdict]));
  if (ran.length === 0 && (interrupted || broken.length === 0)) return undefined;
  return [
    ...ran,
    ...broken.map((): Verdict => 'rejected'),
    // What was left out for it might have failed.
    ...(interrupted ? (['halted'] as const) : []),
  ];
}

/** The worst of them. */
function worstOf(many: Many): Verdict | undefined {
  const all = verdictsOf(many);
  return all === undefined ? undefined : worstVerdict(all);
}

/** @param fails whether a verdict counts; all but `held` do where it is not given */
export function exitCodeOfMany(many: Many, fails: (verdict: Verdict) => boolean = () => true): number {
  const all = verdictsOf(many);
  if (all !== undefined) return exitCodes[worstVerdict(all.filter(fails))];
  return many.interrupted ? exitCode.interrupted : exitCode.refused;
}

/** The one document of many rehearsals. */
export function documentOf(
  many: Many,
  parallel: number,
  seconds: number,
  fails?: (verdict: Verdict) => boolean,
) {
  return {
    schemaVersion: 1,
    verdict: worstOf(many) ?? null,
    exitCode: exitCodeOfMany(many, fails),
    parallel,
    seconds: rounded(seconds),
    counts: countsOf(many.outcomes),
    runs: many.outcomes.map(({ job, seconds: took, verdict, journal, failure }) => ({
      experiment: job.experiment.id,
      ...(job.time === undefined ? {} : { time: job.time }),
      verdict,
      summary: journal?.summary ?? failure?.message ?? null,
      seconds: rounded(took),
      seed: job.seed,
      runId: journal === undefined ? null : job.runId,
      folder: journal === undefined ? null : job.out,
      findings: journal?.findings ?? [],
      ...(failure === undefined ? {} : { error: failure }),
    })),
    notRehearsable: many.notRehearsable,
    broken: many.broken,
    repeats: repeatsOf(many.outcomes),
  };
}

const rounded = (seconds: number): number => Math.round(seconds * 10) / 10;

/** Where lines are not broken: output that goes to no terminal. */
const unlimited = Number.POSITIVE_INFINITY;

/** The end of many rehearsals, a line each; none is wider than `columns`, apart from paths. */
export function summaryOfMany(many: Many, pathOf: (path: string) => string, columns = unlimited): Line[] {
  const { outcomes, notRehearsable, broken } = many;
  const width = (texts: readonly string[]) => Math.max(0, ...texts.map(widthOf));
  const widths = {
    name: width(['experiment', ...outcomes.map(({ job }) => nameOf(job))]),
    verdict: width(['verdict', ...outcomes.map(({ verdict }) => verdict)]),
    seconds: width(['seconds', ...outcomes.map(({ seconds }) => secondsText(seconds))]),
  };
  const reportOf = ({ job, journal }: Outcome) =>
    journal === undefined ? '' : pathOf(join(job.out, runFiles.report));
  const used = widths.name + widths.verdict + widths.seconds + 6;
  // In a narrow terminal reports have lines of their own, so that a path can still be copied as a whole.
  const isNarrow = used + width(outcomes.map(reportOf)) > columns;
  const row = (name: string, verdict: Line[number], seconds: string, report: string): Line[] => {
    const cells: Line = [
      piece(`${pad(plainText(name), widths.name)}  `),
      verdict,
      ...(seconds === ''
        ? []
        : [
            piece(
              `${' '.repeat(widths.verdict - widthOf(verdict.text))}  ${pad(seconds, widths.seconds, 'left')}`,
            ),
          ]),
    ];
    if (!isNarrow) return [report === '' ? cells : [...cells, piece(`  ${report}`)]];
    return report === '' ? [cells] : [cells, [piece(`  ${report}`)]];
  };
  const rows = outcomes.flatMap((outcome) => {
    const { verdict } = outcome;
    const look = verdict === 'not run' ? 'faint' : verdictLooks[verdict];
    const seconds = verdict === 'not run' ? '' : secondsText(outcome.seconds);
    return [
      ...row(nameOf(outcome.job), piece(verdict, look), seconds, reportOf(outcome)),
      ...indented(reasonOf(outcome), columns),
    ];
  });
  const header = row('experiment', piece('verdict'), 'seconds', isNarrow ? '' : 'report');
  return [
    ...(rows.length === 0 ? [] : [...header, ...rows, []]),
    ...leftOut('Not valid, and so rejected:', broken, columns),
    ...leftOut('Not rehearsable:', notRehearsable, columns),
    ...repeatsOf(outcomes).flatMap((repeats) => repeatLines(repeats, columns)),
    [piece(countsText(many), 'strong')],
  ];
}

const secondsText = (seconds: number): string => rounded(seconds).toFixed(1);

const indented = (text: string | undefined, columns: number): Line[] =>
  text === undefined
    ? []
    : text
        .split('\n')
        .flatMap((line) => wrap(plainText(line), columns - 2))
        .map((line) => [piece(`  ${line}`)]);

const leftOut = (title: string, list: readonly LeftOut[], columns: number): Line[] =>
  list.length === 0
    ? []
    : [
        [piece(title)],
        ...list.flatMap(({ experiment, reasons }) =>
          indented(`${experiment}: ${reasons.join('; ')}`, columns),
        ),
        [],
      ];

function repeatLines({ experiment, runs, verdicts, flaky, differing }: Repeats, columns: number): Line[] {
  const counts = Object.entries(verdicts).map(([verdict, count]) => `${verdict} ${count} of ${runs}`);
  return [
    [
      piece(`${experiment}: ${counts.join(', ')}: `),
      flaky ? piece('flaky', 'doubt') : piece('the same each time', 'good'),
    ],
    ...differing.flatMap(({ message, times }) =>
      indented(
        `only in ${times.length === 1 ? 'run' : 'runs'} ${times.map(formatNumber).join(', ')}: ${message}`,
        columns,
      ),
    ),
    [],
  ];
}

function countsText(many: Many): string {
  const counts = Object.entries(countsOf(many.outcomes)).map(([verdict, count]) => `${count} ${verdict}`);
  const worst = worstOf(many);
  const invalid = many.broken.length === 0 ? [] : [`${many.broken.length} not valid`];
  const none = many.notRehearsable.length === 0 ? [] : [`${many.notRehearsable.length} not rehearsable`];
  const all = [...counts, ...invalid, ...none].join(', ');
  const what = plural(many.outcomes.length, 'rehearsal');
  return `${what}: ${all === '' ? 'none' : all}.${worst === undefined || worst === 'held' ? '' : ` The worst is ${worst}.`}`;
}
