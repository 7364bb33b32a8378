import type { Verdict } from '../../experiment/verdict.ts';
import type { LeftOutRun, ToldRun } from '../told-run.ts';
import { type Case, casesOf } from './cases.ts';
import { element, text, type Xml } from './xml.ts';

type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

/** What a case came to. A pipeline that does not fail on, say, `inconclusive` has it as skipped: it is never shown as passed. */
function outcomeOf(verdict: Verdict, fails: (verdict: Verdict) => boolean): Outcome {
  switch (verdict) {
    case 'held':
      return 'passed';
    case 'errored':
      return 'error';
    case 'deviated':
    case 'unrecovered':
      return 'failure';
    case 'inconclusive':
    case 'halted':
    case 'rejected':
      return fails(verdict) ? 'failure' : 'skipped';
  }
}

const time = (seconds: number): string => seconds.toFixed(3);

function testcase(suite: string, one: Case, outcome: Outcome, file: string | undefined): Xml {
  const { name, verdict, message, more = [], seconds } = one;
  const body = more.length === 0 ? undefined : text([message, ...more].join('\n'));
  return element(
    'testcase',
    { classname: suite, name, time: time(seconds ?? 0), file },
    outcome === 'passed'
      ? undefined
      : outcome === 'skipped'
        ? element('skipped', { message: `${verdict}: ${message}` }, body)
        : element(outcome, { message, type: verdict }, body ?? text(message)),
    outcome === 'passed' && body !== undefined ? element('system-out', {}, body) : undefined,
  );
}

/** Each on a line of its own, for those who look at the file. */
const onLines = (elements: readonly Xml[]): readonly Xml[] => [
  ...elements.flatMap((one) => [text('\n'), one]),
  text('\n'),
];

interface Suite {
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly seconds: number;
  readonly xml: Xml;
}

function suiteOf(run: ToldRun, fails: (verdict: Verdict) => boolean): Suite {
  const name = run.name ?? run.experiment.id;
  const cases = casesOf(run).map((one) => ({ one, outcome: outcomeOf(one.verdict, fails) }));
  const [verdict] = cases;
  const seconds = verdict?.one.seconds ?? 0;
  const counts = countsOf(cases.map(({ outcome }) => outcome));
  const properties = {
    verdict: run.verdict,
    title: run.experiment.title,
    place: run.place,
    runId: run.runId,
  };
  return {
    counts,
    seconds,
    xml: element(
      'testsuite',
      { name, ...attributesOf(counts), time: time(seconds), timestamp: run.start?.replace(/(\.\d+)?Z$/, '') },
      element(
        'properties',
        {},
        ...Object.entries(properties).map(([key, value]) =>
          value === undefined ? undefined : element('property', { name: key, value }),
        ),
      ),
      ...onLines(cases.map(({ one, outcome }) => testcase(name, one, outcome, run.experiment.file))),
    ),
  };
}

function leftOutSuite({ name, reason }: LeftOutRun): Suite {
  const counts = countsOf(['skipped']);
  return {
    counts,
    seconds: 0,
    xml: element(
      'testsuite',
      { name, ...attributesOf(counts), time: time(0) },
      element(
        'testcase',
        { classname: name, name: 'verdict', time: time(0) },
        element('skipped', { message: reason }),
      ),
    ),
  };
}

function countsOf(outcomes: readonly Outcome[]): Record<Outcome, number> {
  const counts = { passed: 0, failure: 0, error: 0, skipped: 0 };
  for (const outcome of outcomes) counts[outcome] += 1;
  return counts;
}

const attributesOf = ({ passed, failure, error, skipped }: Suite['counts']) => ({
  tests: passed + failure + error + skipped,
  failures: failure,
  errors: error,
  skipped,
});

/**
 * Runs in the XML that pipelines take for the results of tests: a suite for each run, a case for the verdict, each check, tolerance, stage,
 * rollback and the recovery.
 *
 * @param fails whether the pipeline fails on a verdict: of those that are no harm seen, the others are shown as skipped
 */
export function junitXml(
  runs: readonly ToldRun[],
  fails: (verdict: Verdict) => boolean,
  leftOut: readonly LeftOutRun[] = [],
): string {
  const suites = [...runs.map((run) => suiteOf(run, fails)), ...leftOut.map(leftOutSuite)];
  const sum = (count: (suite: Suite) => number) => suites.reduce((total, suite) => total + count(suite), 0);
  const counts = {
    passed: sum((suite) => suite.counts.passed),
    failure: sum((suite) => suite.counts.failure),
    error: sum((suite) => suite.counts.error),
    skipped: sum((suite) => suite.counts.skipped),
  };
  const root = element(
    'testsuites',
    { name: 'steadfast', ...attributesOf(counts), time: time(sum(({ seconds }) => seconds)) },
    ...onLines(suites.map(({ xml }) => xml)),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.xml}\n`;
}
