import { relative } from 'node:path';
import { createColors } from 'picocolors';
import type { Loaded } from '../../definitions/load-definition.ts';
import type { Project } from '../../definitions/project.ts';
import { exitCode } from '../exit-code.ts';
import { projectOf } from '../find-experiment.ts';
import { type Io, printJson, printLine } from '../io.ts';
import { tableLines } from '../view/table-lines.ts';

/** Lists the project's experiments with where they run, its environments, its labs and its game days. */
export async function listCommand(io: Io, flags: { readonly json?: boolean | undefined }): Promise<number> {
  const project = await projectOf(io.cwd);
  if (flags.json === true) printJson(io, listOf(project));
  else for (const line of listLines(project, io)) printLine(io.stdout, line);
  return exitCode.fine;
}

function listOf(project: Project) {
  const fileOf = ({ file }: Loaded<unknown, unknown>) => relative(project.root, file);
  return {
    root: project.root,
    experiments: project.experiments.map((one) => ({
      id: one.id,
      title: one.parsed.title,
      owner: one.parsed.owner,
      lab: one.parsed.lab ?? null,
      environments: Object.entries(one.parsed.environments ?? {}).map(([id, deployment]) => ({
        id,
        schedule: deployment.schedule ?? null,
      })),
      file: fileOf(one),
    })),
    environments: project.environments.map((one) => ({
      id: one.id,
      account: one.parsed.account,
      region: one.parsed.region,
      production: one.parsed.production,
      file: fileOf(one),
    })),
    labs: project.labs.map((one) => ({ id: one.id, title: one.parsed.title ?? null, file: fileOf(one) })),
    gameDays: project.gameDays.map((one) => ({
      id: one.id,
      title: one.parsed.title,
      owner: one.parsed.owner,
      lab: one.parsed.lab ?? null,
      environments: Object.keys(one.parsed.environments ?? {}),
      cadence: one.parsed.cadence ?? null,
      file: fileOf(one),
    })),
    /** How many problems `steadfast check` would tell of definitions that are not listed here. */
    problems: project.problems.length,
  };
}

function listLines(project: Project, { stdoutColours, stdoutColumns }: Io): string[] {
  const { bold, dim } = createColors(stdoutColours);
  const section = (title: string, rows: readonly (readonly [string, string, string])[]): string[] => {
    const cells = rows.map(([id, what, more]) => [
      { text: id, paint: bold },
      { text: what },
      { text: more, paint: dim },
    ]);
    const lines = tableLines(cells, stdoutColumns).flat();
    return [title, ...(lines.length === 0 ? ['  none'] : lines), ''];
  };
  const list = listOf(project);
  return [
    ...section(
      'Experiments',
      list.experiments.map((one) => [
        one.id,
        one.title,
        [one.lab === null ? '' : `lab ${one.lab}`, ...one.environments.map(({ id }) => id)]
          .filter(Boolean)
          .join(', '),
      ]),
    ),
    ...section(
      'Environments',
      list.environments.map((one) => [
        one.id,
        `${one.account} ${one.region}`,
        one.production ? 'production' : '',
      ]),
    ),
    ...section(
      'Labs',
      list.labs.map((one) => [one.id, one.title ?? '', '']),
    ),
    ...section(
      'Game days',
      list.gameDays.map((one) => [
        one.id,
        one.title,
        [one.lab === null ? '' : `lab ${one.lab}`, ...one.environments, one.cadence ?? '']
          .filter(Boolean)
          .join(', '),
      ]),
    ),
    ...(list.problems === 0
      ? []
      : [
          `${list.problems} ${list.problems === 1 ? 'problem keeps' : 'problems keep'} definitions out of this list: steadfast check`,
        ]),
  ];
}
