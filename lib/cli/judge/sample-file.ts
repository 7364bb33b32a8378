import { withSuggestion } from '../../definitions/suggest.ts';
import { type Problem, SteadfastError } from '../../experiment/steadfast-error.ts';
import { isMark, type Observation } from '../../steady-state/observation.ts';
import { readSample } from '../../steady-state/read-sample.ts';
import {
  createRepetitions,
  type Line,
  type SampleSurvey,
  surveySamples,
} from '../../steady-state/sample-survey.ts';
import { createSha256, type FileLine, fileLines } from './file-lines.ts';

/** More than so many problems help nobody to mend a file. */
const mostProblems = 20;

/** The most samples that are sorted in memory, some 100 bytes each. */
const mostSorted = 5_000_000;

/** Recorded observations that have been read through once: nothing about them is wrong. */
export interface SampleFile {
  readonly survey: SampleSurvey;
  /** Of the file's bytes. */
  readonly sha256: string;
  /** Each probe's samples in the order of time. */
  readonly read: () => AsyncGenerator<Observation>;
  /** What the last reading left out, since it was there already. */
  readonly repeated: () => { readonly count: number; readonly firstLine: number } | undefined;
}

/**
 * Reads a file of samples through, in memory that does not grow with it.
 *
 * @param options.asRun the file is a run's own, as it was judged then: marks stand as its runner wrote them, and every line counts
 * @throws SteadfastError `invalid` with its problems, each with its line
 */
export async function openSampleFile(
  file: string,
  options: { readonly shown: string; readonly asRun: boolean },
): Promise<SampleFile> {
  const problems: Problem[] = [];
  const survey = surveySamples();
  const hash = createSha256();
  let lines = 0;
  for await (const line of fileLines(file, hash.add)) {
    const read = readLine(line);
    if (read === undefined) continue;
    lines += 1;
    if ('problems' in read)
      problems.push(...read.problems.map((problem) => ({ ...problem, file, line: line.line })));
    else survey.add(read);
    if (problems.length > mostProblems) break;
  }
  if (!options.asRun) problems.push(...survey.markProblems().map((problem) => ({ ...problem, file })));
  if (!options.asRun && lines === 0) problems.push(emptyFile(file));
  if (survey.late !== undefined && survey.samples > mostSorted)
    problems.push(tooManyToSort(file, survey.late));
  if (problems.length > 0) {
    const more = problems.length > mostProblems ? `; the first ${mostProblems} problems are told` : '';
    throw new SteadfastError('invalid', `${options.shown} cannot be judged${more}`, {
      problems: problems.slice(0, mostProblems),
    });
  }

  let repeatedLines = 0;
  let firstRepeated = 0;
  return {
    survey,
    sha256: hash.hex(),
    repeated: () => (repeatedLines === 0 ? undefined : { count: repeatedLines, firstLine: firstRepeated }),
    async *read() {
      repeatedLines = 0;
      const repetitions = createRepetitions();
      for await (const { line, observation } of survey.late === undefined
        ? linesOf(file)
        : await sorted(file)) {
        if (!options.asRun && !isMark(observation) && repetitions.isRepeated(observation)) {
          if (repeatedLines === 0) firstRepeated = line;
          repeatedLines += 1;
        } else yield observation;
      }
    },
  };
}

function readLine(line: FileLine): Line | { readonly problems: readonly Problem[] } | undefined {
  if ('wrong' in line) return { problems: [wrongBytes(line.wrong)] };
  const read = readSample(line.text);
  if (read === undefined) return undefined;
  if ('observation' in read) return { line: line.line, observation: read.observation };
  return { problems: read.problems.map((problem) => withSuggestion(problem, problem.path.at(-1))) };
}

/** The lines of a file that has been read through already. */
async function* linesOf(file: string): AsyncGenerator<Line> {
  for await (const line of fileLines(file)) {
    const read = readLine(line);
    if (read === undefined) continue;
    if ('problems' in read)
      throw new SteadfastError('cannot-begin', `${file} has changed while it was being judged`);
    yield read;
  }
}

async function sorted(file: string): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const line of linesOf(file)) lines.push(line);
  return lines.sort((a, b) => Date.parse(a.observation.at) - Date.parse(b.observation.at));
}

const wrongBytes = (wrong: 'encoding' | 'too-long'): Problem =>
  wrong === 'encoding'
    ? {
        code: 'encoding',
        path: [],
        message: 'is no text in UTF-8',
        hint: 'save it in UTF-8; unpack it where it is packed',
      }
    : { code: 'too-long', path: [], message: 'is longer than 1 MiB', hint: 'write one JSON object a line' };

const emptyFile = (file: string): Problem => ({
  code: 'empty',
  path: [],
  file,
  message: 'holds no sample and no mark',
  hint: 'its lines are samples and marks, one JSON object each',
});

const tooManyToSort = (file: string, late: NonNullable<SampleSurvey['late']>): Problem => ({
  code: 'unsorted',
  path: ['at'],
  file,
  line: late.first.line,
  message: `comes before an earlier line by its time, and ${mostSorted} samples are the most that are sorted here`,
  hint: 'sort its lines by their time first',
});
