import { createTwoFilesPatch } from 'diff';
import { checkBroken, checkExperiment } from '../../definitions/check-experiment.ts';
import { judgeExperiment } from '../../definitions/load-definition.ts';
import type { Project } from '../../definitions/project.ts';
import { hintFor, suggest } from '../../definitions/suggest.ts';
import { type Problem, SteadfastError } from '../../experiment/steadfast-error.ts';
import type { Mended } from '../../import/contract.ts';
import type { Field } from '../../import/field.ts';
import { formatIds } from '../../import/formats.ts';
import { type Imported, type ImportResult, importSource } from '../../import/import-source.ts';
import { exitCode } from '../exit-code.ts';
import { projectOf } from '../find-experiment.ts';
import { importLines } from '../import/import-lines.ts';
import { readFileToImport } from '../import/read-file.ts';
import { readMap } from '../import/read-map.ts';
import { writeDefinitions } from '../import/write-definitions.ts';
import { type Io, printJson, printLine } from '../io.ts';
import { knownProjectOf } from '../new/known-project.ts';
import { pathText, problemJson } from '../print-problems.ts';

export interface ImportFlags {
  readonly format?: string | undefined;
  readonly env?: string | undefined;
  readonly lab?: string | undefined;
  readonly map: readonly string[];
  readonly out?: string | undefined;
  readonly fix?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** Takes in an experiment of another tool: the definition on stdout or in a file, the account of every field on stderr. */
export async function importCommand(io: Io, file: string, flags: ImportFlags): Promise<number> {
  refuseUnknownFormat(flags.format);
  const map = readMap(flags.map);
  const project = await projectOf(io.cwd);
  const environment = known('environment', flags.env, project.environments);
  const lab = known('lab', flags.lab, project.labs);
  const result = importSource(file, await readFileToImport(file, io.cwd), {
    project: knownProjectOf(project),
    map,
    fix: flags.fix === true,
    ...(flags.format === undefined ? {} : { format: flags.format }),
    ...(environment === undefined ? {} : { environment }),
    ...(lab === undefined ? {} : { lab }),
  });
  if (result.problems.length > 0)
    throw new SteadfastError('invalid', `${file} cannot be imported`, { problems: result.problems });
  const problems = result.definitions.flatMap((one) => problemsOf(one, project));
  const ok = result.refusals.length === 0;
  const written =
    ok && flags.out !== undefined ? await writeDefinitions(result.definitions, flags.out, io.cwd) : [];
  if (flags.json === true) printJson(io, documentOf(result, problems, written));
  else print(io, file, result, problems, written);
  return ok ? exitCode.fine : exitCode.refused;
}

function print(
  io: Io,
  file: string,
  result: ImportResult,
  problems: readonly Problem[],
  written: readonly string[],
): void {
  for (const line of importLines(file, result, problems, io.stderrColours)) printLine(io.stderr, line);
  if (result.mended !== undefined) printLine(io.stderr, `\n${differenceOf(file, result.mended)}`);
  if (written.length > 0) {
    printLine(io.stderr);
    for (const name of written) printLine(io.stdout, name);
    return;
  }
  if (result.definitions.length > 0) printLine(io.stderr);
  io.stdout.write(result.definitions.map(({ text }) => text).join('---\n'));
}

/** What `--json` prints. */
function documentOf(result: ImportResult, problems: readonly Problem[], written: readonly string[]) {
  const { format, definitions, fields, decisions, refusals, mended, notes } = result;
  return {
    ok: refusals.length === 0,
    format,
    definition: definitions[0]?.definition ?? null,
    definitions: definitions.map(({ kind, definition, text }) => ({ kind, definition, text })),
    fields: fields.map(fieldJson),
    decisions: decisions.map((decision) => ({ ...decision, path: pathText(decision.path) })),
    refusals: refusals.map((refusal) => ({ ...refusal, path: pathText(refusal.path) })),
    problems: problems.map(problemJson),
    notes,
    ...(mended === undefined ? {} : { mended: { why: mended.why, diff: differenceOf('source', mended) } }),
    written,
  };
}

const fieldJson = (field: Field) => ({ ...field, path: pathText(field.path) });

const differenceOf = (name: string, { before, after }: Mended): string =>
  createTwoFilesPatch(name, `${name} (mended)`, before, after);

/** What `check` has against a definition as it is now; a lab is checked where it lies. */
function problemsOf(imported: Imported, project: Project): Problem[] {
  if (imported.kind !== 'experiment') return [];
  const file = `${imported.definition.id}.yaml`;
  const judged = judgeExperiment({ file, value: imported.definition, lineOf: () => undefined });
  return 'loaded' in judged ? checkExperiment(judged.loaded, project) : checkBroken(judged.broken, project);
}

function refuseUnknownFormat(format: string | undefined): void {
  if (format === undefined || formatIds.includes(format)) return;
  const meant = suggest(format, formatIds);
  throw new SteadfastError('usage', `'${format}' is no format that can be imported`, {
    hint: meant === undefined ? `these are: ${formatIds.join(', ')}` : `did you mean '${meant}'?`,
  });
}

/** An environment or lab of the project by its id. */
function known(
  what: 'environment' | 'lab',
  id: string | undefined,
  all: readonly { readonly id: string }[],
): string | undefined {
  if (id === undefined || all.some((one) => one.id === id)) return id;
  throw new SteadfastError('unknown-id', `there is no ${what} '${id}'`, {
    hint: hintFor(
      id,
      all.map((one) => one.id),
      'the project has none; steadfast init writes a first one',
    ),
  });
}
