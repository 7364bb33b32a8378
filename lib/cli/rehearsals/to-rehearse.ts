import type { LoadedExperiment, LoadedLab } from '../../definitions/load-definition.ts';
import type { Project } from '../../definitions/project.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { RejectedRun } from '../../rehearsal/rejected-run.ts';
import type { ImportedFrom } from '../../run/imported-from.ts';
import { findExperiment, projectOf } from '../find-experiment.ts';
import { type ForeignFile, foreignFile } from '../foreign/foreign-file.ts';
import type { ForeignExperiment } from '../foreign/import-to-rehearse.ts';
import { labToRehearseIn } from '../foreign/lab-to-rehearse-in.ts';
import { originLines } from '../foreign/origin-lines.ts';
import { readMap } from '../import/read-map.ts';
import { type Io, printLine } from '../io.ts';
import { labOf } from './lab-of.ts';

/** How experiments of other tools are taken in. */
export interface ForeignFlags {
  /** The lab, by id. */
  readonly lab?: string | undefined;
  /** What hosts and targets are called here, `api.myapp.com=shop`. */
  readonly map?: readonly string[] | undefined;
}

interface Found {
  readonly project: Project;
  readonly lab: LoadedLab;
  /** The words to name it by again. */
  readonly words: string;
}

/** What is to be rehearsed, with its lab. */
export type ToRehearse = Found &
  (
    | {
        readonly kind: 'experiment';
        readonly experiment: LoadedExperiment;
        /** Another tool's, made for this run alone; absent for Steadfast's own. */
        readonly imported?: { readonly from: ImportedFrom; readonly title: string };
      }
    | {
        readonly kind: 'refused';
        readonly file: string;
        readonly experiment: RejectedRun['experiment'];
        readonly reasons: Extract<ForeignExperiment, { kind: 'refused' }>['reasons'];
        readonly imported: { readonly from: ImportedFrom; readonly title: string };
      }
  );

/**
 * The experiment of an id or file, which may be another tool's, and the lab that it is rehearsed in.
 *
 * @throws SteadfastError `unknown-id`, `invalid` with all problems of its document, or `usage` where flags do not go with it
 */
export async function toRehearse(argument: string, cwd: string, flags: ForeignFlags): Promise<ToRehearse> {
  const foreign = await foreignFile(argument, cwd);
  if (foreign !== undefined) return takenIn(foreign, cwd, flags);
  const wrong = flags.lab === undefined ? ((flags.map ?? []).length === 0 ? undefined : '--map') : '--lab';
  const { experiment, project } = await findExperiment(argument, cwd);
  if (wrong !== undefined) {
    throw new SteadfastError(
      'usage',
      `${wrong} is for files of other tools, and '${argument}' is Steadfast's own`,
      {
        hint: 'it names its lab and its services itself',
      },
    );
  }
  return { kind: 'experiment', experiment, project, lab: labOf(experiment, project), words: argument };
}

async function takenIn(
  foreign: ForeignFile,
  cwd: string,
  { lab: asked, map = [] }: ForeignFlags,
): Promise<ToRehearse> {
  const { name, file, title } = foreign;
  const project = await projectOf(cwd);
  const lab = labToRehearseIn(project, asked);
  const { importToRehearse } = await import('../foreign/import-to-rehearse.ts');
  const result = importToRehearse(foreign, project, lab, readMap(map));
  const words = [
    name,
    ...(asked === undefined ? [] : ['--lab', asked]),
    ...map.flatMap((word) => ['--map', word]),
  ];
  const found = { project, lab, words: words.join(' ') };
  return result.kind === 'experiment'
    ? {
        ...found,
        kind: 'experiment',
        experiment: result.experiment,
        imported: { from: result.importedFrom, title },
      }
    : { ...found, ...result, file, imported: { from: result.experiment.importedFrom, title } };
}

/** The same where it is rehearsed again and again: what cannot be rehearsed at all throws `invalid`. */
export async function experimentToRehearse(
  argument: string,
  cwd: string,
  flags: ForeignFlags,
): Promise<Extract<ToRehearse, { kind: 'experiment' }>> {
  const asked = await toRehearse(argument, cwd, flags);
  if (asked.kind === 'experiment') return asked;
  const { reasons, file, imported } = asked;
  throw new SteadfastError('invalid', `${imported.from.file} cannot be rehearsed`, {
    problems: reasons.map(({ message, hint }) => ({
      code: 'not-imported',
      path: [],
      file,
      message,
      hint,
    })),
  });
}

/** The same flags for a rehearsal in a process of its own. */
export const foreignSettings = ({ lab, map = [] }: ForeignFlags) => ({
  ...(lab === undefined ? {} : { lab }),
  ...(map.length === 0 ? {} : { map: [...map] }),
});

/** Says what was made of another tool's experiment, before anything is started. */
export function tellImport(io: Io, { imported, lab }: ToRehearse): void {
  if (imported === undefined) return;
  const columns = io.isTerminal ? (io.stderr.columns ?? 80) : Number.POSITIVE_INFINITY;
  const look = { colours: io.stderrColours, columns };
  for (const line of originLines(imported.from, imported.title, lab.id, look)) printLine(io.stderr, line);
}
