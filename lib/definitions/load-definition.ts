import type * as z from 'zod';
import {
  type Environment,
  type EnvironmentDefinition,
  environmentSchema,
} from '../experiment/environment.ts';
import { type Experiment, type ExperimentDefinition, experimentSchema } from '../experiment/experiment.ts';
import { type GameDay, type GameDayDefinition, gameDaySchema } from '../experiment/game-day.ts';
import { type Lab, type LabDefinition, labSchema } from '../experiment/lab.ts';
import type { Problem } from '../experiment/steadfast-error.ts';
import type { Document } from './document.ts';
import { type DefinitionKind, definitionKinds } from './json-schema.ts';
import { readDocument } from './read-document.ts';
import { judgeWhole, type Salvaged } from './salvage.ts';
import { valueAt } from './value-at.ts';

/** A definition that fits its schema: as it was written, and read. */
export interface Loaded<Definition, Parsed> {
  readonly id: string;
  readonly file: string;
  readonly definition: Definition;
  readonly parsed: Parsed;
  readonly lineOf: Document['lineOf'];
}

export type LoadedExperiment = Loaded<ExperimentDefinition, Experiment>;
export type LoadedEnvironment = Loaded<EnvironmentDefinition, Environment>;
export type LoadedLab = Loaded<LabDefinition, Lab>;
export type LoadedGameDay = Loaded<GameDayDefinition, GameDay>;

/** A definition that cannot be accepted, with everything that its file and schema have against it. */
export interface Broken<Parsed> {
  readonly kind: DefinitionKind;
  /** The id it gives itself, where that can be read. */
  readonly id?: string;
  readonly file: string;
  readonly problems: readonly Problem[];
  /** What of it can be judged all the same. */
  readonly salvaged?: Salvaged<Parsed>;
  readonly lineOf: Document['lineOf'];
}

export type LoadResult<Definition, Parsed> =
  | { readonly loaded: Loaded<Definition, Parsed> }
  | { readonly broken: Broken<Parsed> };

export const loadExperiment = (file: string) => load('experiment', experimentSchema, file);
/** An experiment that is not in a file of its own, such as one that was imported. */
export const judgeExperiment = (document: Document) => judge('experiment', experimentSchema, document);
export const loadEnvironment = (file: string) => load('environment', environmentSchema, file);
export const loadLab = (file: string) => load('lab', labSchema, file);
export const loadGameDay = (file: string) => load('gameDay', gameDaySchema, file);

async function load<S extends z.ZodType<{ id: string }>>(
  kind: DefinitionKind,
  schema: S,
  file: string,
): Promise<LoadResult<z.input<S>, z.output<S>>> {
  const document = await readDocument(file);
  if ('problems' in document)
    return { broken: { kind, file, problems: document.problems, lineOf: () => undefined } };
  return judge(kind, schema, document);
}

function judge<S extends z.ZodType<{ id: string }>>(
  kind: DefinitionKind,
  schema: S,
  document: Document,
): LoadResult<z.input<S>, z.output<S>> {
  const { file, value, lineOf } = document;
  const parsed = schema.safeParse(value);
  if (parsed.success && isInputOf(schema, value)) {
    return { loaded: { id: parsed.data.id, file, definition: value, parsed: parsed.data, lineOf } };
  }
  const { problems, salvaged } = judgeWhole(kind, schema, value);
  const id = valueAt(value, ['id']);
  return {
    broken: {
      kind,
      ...(typeof id === 'string' ? { id } : {}),
      file,
      problems: problems.map((problem) => placed(problem, document)),
      ...(salvaged === undefined ? {} : { salvaged }),
      lineOf,
    },
  };
}

/** What a schema accepts is its input. */
const isInputOf = <S extends z.ZodType>(schema: S, value: unknown): value is z.input<S> =>
  schema.safeParse(value).success;

/** A problem with its file and, where it has one, its line. */
export function placed(problem: Problem, { file, lineOf }: Pick<Document, 'file' | 'lineOf'>): Problem {
  const line = lineOf(problem.path);
  return { ...problem, file, ...(line === undefined ? {} : { line }) };
}

/** What kind of definition a file holds, from its content: where it lies says nothing about a file by itself. */
export async function kindOfFile(file: string): Promise<DefinitionKind> {
  const document = await readDocument(file);
  if ('problems' in document) return kindOfPlace(file);
  const has = (key: string) => valueAt(document.value, [key]) !== undefined;
  if (has('account') || has('region')) return 'environment';
  if (has('blastRadius') || valueAt(document.value, ['stages', 0, 'experiment']) !== undefined)
    return 'gameDay';
  if (has('hypothesis') || has('faults') || has('steadyState') || has('stages')) return 'experiment';
  return has('services') || has('pace') ? 'lab' : kindOfPlace(file);
}

/** The folder that holds the definitions of each kind. */
export const folderOf: Readonly<Record<DefinitionKind, string>> = {
  experiment: 'experiments',
  environment: 'environments',
  lab: 'labs',
  gameDay: 'game-days',
};

/** Where nothing can be read of it, its folder says what it was to be. */
const kindOfPlace = (file: string): DefinitionKind =>
  definitionKinds.find((kind) => file.split(/[\\/]/).at(-2) === folderOf[kind]) ?? 'experiment';
