import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { type Call, callsOf } from './calls.ts';
import { called, findSteadfast } from './command.ts';
import { InputError, type Inputs, readInputs } from './inputs.ts';
import { documentOf, listAt, textAt } from './read.ts';
import { placeOf, type Run, runsIn, worstExit, worstVerdict } from './runs.ts';
import { problemsIn, summaryOf } from './summary.ts';
import { addSummary, annotation, silenceCommands, writeOutputs } from './tell.ts';

const { env } = process;
const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const workspace = env['GITHUB_WORKSPACE'] || process.cwd();

/** After these no further fault is begun: the system may still be hurt, or nobody knows. */
const endsAll = ['unrecovered', 'errored'];

/** A call that has ended. */
interface Ended extends Call {
  readonly code: number;
  readonly runs: readonly Run[];
}

type CallSteadfast = (
  words: readonly string[],
) => Promise<{ readonly code: number; readonly document: unknown }>;

/** Does what the inputs ask for, tells it, and returns the exit code of the step. */
async function main(): Promise<number> {
  const inputs = readInputs(env);
  const folder = resolve(workspace, inputs.workingDirectory);
  if (!existsSync(folder)) throw new InputError(`there is no folder ${inputs.workingDirectory}`);
  const temporary = env['RUNNER_TEMP'] || tmpdir();
  const results = mkdtempSync(join(temporary, 'steadfast-'));
  const steadfast = await findSteadfast({ version: inputs.version, folder, temporary, env });
  const call: CallSteadfast = async (words) => {
    const resume = silenceCommands(print);
    try {
      const { code, stdout } = await called([...steadfast, ...words], { cwd: folder, env });
      return { code, document: documentOf(stdout) };
    } finally {
      resume();
    }
  };
  const ended = await callAll(inputs, results, call);
  await annotateRuns(ended, folder, call);
  const code = worstExit(ended.map((one) => one.code));
  const runs = ended.flatMap((one) => one.runs);
  writeOutputs(env['GITHUB_OUTPUT'], {
    verdict: worstVerdict(runs.map(({ verdict }) => verdict)),
    'exit-code': String(code),
    'run-id': runs.flatMap(({ runId }) => runId ?? []).join(' '),
    ...placesOf(ended, inputs, results),
    'artifact-name': inputs.artifactName || basename(results),
  });
  return code;
}

/** One call after the other, each told as it ends. */
async function callAll(inputs: Inputs, results: string, call: CallSteadfast): Promise<readonly Ended[]> {
  const calls = callsOf(inputs, results);
  const ended: Ended[] = [];
  for (const one of calls) {
    const { code, document } = await call(one.words);
    const runs = runsIn(document);
    ended.push({ ...one, code, runs });
    const problems = problemsIn(document, workspace);
    for (const problem of problems) print(annotation(problem));
    const markdown = one.left?.markdown;
    addSummary(
      env['GITHUB_STEP_SUMMARY'],
      markdown !== undefined && existsSync(markdown)
        ? readFileSync(markdown, 'utf8')
        : summaryOf(inputs.command, code, document, problems),
    );
    if (runs.some(({ verdict }) => endsAll.includes(verdict))) break;
  }
  const left = calls.slice(ended.length).flatMap(({ experiment }) => experiment ?? []);
  if (left.length > 0)
    print(
      annotation({
        level: 'warning',
        title: 'Steadfast',
        message: `Not begun after that: ${left.join(', ')}`,
      }),
    );
  return ended;
}

/** What there is of what calls leave; nothing is named that is not. */
function placesOf(ended: readonly Ended[], { experiments }: Inputs, results: string) {
  const left = ended.flatMap((one) => one.left ?? []).filter(({ junit }) => existsSync(junit));
  const [first] = left;
  if (first === undefined) return { report: '', junit: '', results: '' };
  const report = join(first.folder, 'report.html');
  return {
    report: experiments.length === 1 && existsSync(report) ? report : results,
    junit: experiments.length > 1 ? join(results, '*', 'junit.xml') : first.junit,
    results,
  };
}

/** What did not hold is told at the line of the definition that it is about. */
async function annotateRuns(ended: readonly Ended[], folder: string, call: CallSteadfast): Promise<void> {
  const unheld = ended.flatMap((one) =>
    one.runs.filter(({ verdict }) => verdict !== 'held').map((run) => ({ run, of: one })),
  );
  if (unheld.length === 0) return;
  const { document } = await call(['list', '--json']);
  const files = new Map(
    listAt(document, 'experiments').map((one) => [
      textAt(one, 'id'),
      resolve(textAt(document, 'root') ?? folder, textAt(one, 'file') ?? ''),
    ]),
  );
  for (const { run, of } of unheld) {
    const asked = of.experiment === undefined ? undefined : resolve(folder, of.experiment);
    const file = files.get(run.experiment) ?? asked;
    print(
      annotation({
        level: of.code === 0 ? 'warning' : 'error',
        title: `${run.experiment}: ${run.verdict}`,
        message: `${run.summary}${run.hint === undefined ? '' : `\n${run.hint}`}`,
        ...placeOf({ file, run, workspace }),
      }),
    );
  }
}

try {
  process.exitCode = await main();
} catch (cause) {
  const isInput = cause instanceof InputError;
  const message = isInput || !(cause instanceof Error) ? String(cause) : (cause.stack ?? cause.message);
  print(annotation({ level: 'error', title: 'Steadfast', message: message.replace(/^Error: /, '') }));
  process.exitCode = isInput ? 64 : 70;
  writeOutputs(env['GITHUB_OUTPUT'], { 'exit-code': String(process.exitCode) });
}
