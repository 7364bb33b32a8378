import * as z from 'zod';
import {
  type Environment,
  type EnvironmentDefinition,
  environmentSchema,
} from '../experiment/environment.ts';
import { type Experiment, type ExperimentDefinition, experimentSchema } from '../experiment/experiment.ts';
import { type Lab, type LabDefinition, labSchema } from '../experiment/lab.ts';
import type { Problem } from '../experiment/steadfast-error.ts';
import type { DefinitionKind } from './json-schema.ts';
import { problemsOfIssues } from './problems-of-issues.ts';
import { type Document, readDocument } from './read-document.ts';

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

/** A definition, or everything that is wrong with it. */
export type LoadResult<Definition, Parsed> =
  | { readonly loaded: Loaded<Definition, Parsed> }
  | { readonly problems: readonly Problem[] };

export const loadExperiment = (file: string) => load('experiment', experimentSchema, file);
export const loadEnvironment = (file: string) => load('environment', environmentSchema, file);
export const loadLab = (file: string) => load('lab', labSchema, file);

async function load<S extends z.ZodType<{ id: string }>>(
  kind: DefinitionKind,
  schema: S,
  file: string,
): Promise<LoadResult<z.input<S>, z.output<S>>> {
  const document = await readDocument(file);
  if ('problem' in document) return { problems: [document.problem] };
  const { value, lineOf } = document;
  const parsed = schema.safeParse(value);
  if (parsed.success && isInputOf(schema, value)) {
    return { loaded: { id: parsed.data.id, file, definition: value, parsed: parsed.data, lineOf } };
  }
  const problems = problemsOfIssues(kind, value, parsed.error?.issues ?? []);
  return { problems: problems.map((problem) => placed(problem, document)) };
}

/** What a schema accepts is its input. */
const isInputOf = <S extends z.ZodType>(schema: S, value: unknown): value is z.input<S> =>
  schema.safeParse(value).success;

/** A problem with its file and, where it has one, its line. */
export function placed(problem: Problem, { file, lineOf }: Pick<Document, 'file' | 'lineOf'>): Problem {
  const line = lineOf(problem.path);
  return { ...problem, file, ...(line === undefined ? {} : { line }) };
}

const shape = z.looseObject({});

/** What kind of definition a file holds, from its content: where it lies says nothing about a file by itself. */
export async function kindOfFile(file: string): Promise<DefinitionKind> {
  const document = await readDocument(file);
  const keys = 'problem' in document ? [] : Object.keys(shape.safeParse(document.value).data ?? {});
  if (keys.includes('account') || keys.includes('region')) return 'environment';
  return keys.includes('services') && !keys.includes('hypothesis') && !keys.includes('faults')
    ? 'lab'
    : 'experiment';
}
