import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod';
import { isDefinitionFile } from '../definitions/definition-file.ts';
import { loadLab } from '../definitions/load-definition.ts';
import { projectRootOf } from '../definitions/project-root.ts';
import { resolveLanguage } from '../definitions/resolve-language.ts';
import { judgeWhole } from '../definitions/salvage.ts';
import { valueAt } from '../definitions/value-at.ts';
import { type Lab, type LabDefinition, labSchema } from '../experiment/lab.ts';
import { type Problem, SteadfastError } from '../experiment/steadfast-error.ts';
import { readApart } from './read-apart.ts';
import { refused } from './refused.ts';

/** A lab that has been read. */
export interface FoundLab {
  readonly definition: LabDefinition;
  readonly parsed: Lab;
  /** What its commands run in. */
  readonly folder: string;
}

/** What the schema accepts is a definition. */
const isLab = (value: unknown): value is LabDefinition => labSchema.safeParse(value).success;

const readProblems = z.object({
  problems: z.array(
    z.object({
      code: z.string(),
      message: z.string(),
      path: z.array(z.union([z.string(), z.number()])),
    }),
  ),
});

const extensions = ['ts', 'mts', 'js', 'mjs', 'yaml', 'yml', 'json'];

/** Whether this process can be told how definitions are loaded; Jest, which loads modules in its own way, throws an error of its own. */
function takesDefinitions(): boolean {
  try {
    resolveLanguage();
    return true;
  } catch (thrown) {
    if (thrown instanceof SteadfastError) throw thrown;
    return false;
  }
}

async function loaded(file: string): Promise<FoundLab> {
  const folder = dirname(file);
  if (!takesDefinitions()) {
    const apart = await readApart(file);
    const definition = valueAt(apart, ['definition']);
    if (definition !== undefined) return read(definition, folder);
    throw refused(`the lab in ${file} cannot be used`, readProblems.parse(apart).problems);
  }
  const result = await loadLab(file);
  if ('broken' in result) throw refused(`the lab in ${file} cannot be used`, result.broken.problems);
  const { definition, parsed } = result.loaded;
  return { definition, parsed, folder };
}

function read(definition: unknown, folder: string): FoundLab {
  const result = labSchema.safeParse(definition);
  if (result.success && isLab(definition)) return { definition, parsed: result.data, folder };
  const { problems } = judgeWhole('lab', labSchema, definition);
  throw refused('the lab cannot be used', problems);
}

/**
 * Finds a lab by its id, by its file, or takes its definition as it is.
 *
 * @throws SteadfastError `unknown-id` where there is none of that name, `invalid` for one that does not fit its schema
 */
export async function findLab(asked: LabDefinition | string, folder = process.cwd()): Promise<FoundLab> {
  if (typeof asked !== 'string') return read(asked, resolve(folder));
  if (isDefinitionFile(asked)) return loaded(resolve(folder, asked));
  const labs = join(projectRootOf(folder), 'experiments', 'labs');
  const file = extensions
    .map((extension) => join(labs, `${asked}.${extension}`))
    .find((one) => existsSync(one));
  if (file === undefined) {
    throw new SteadfastError('unknown-id', `there is no lab '${asked}' in ${labs}`, {
      hint: 'name the lab by its file name without the extension, or by the path of its file',
    });
  }
  return loaded(file);
}

/** The same lab, with other environment variables for some of its services. */
export function withEnv(
  { parsed, ...lab }: FoundLab,
  env: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): FoundLab {
  const services = { ...parsed.services };
  for (const [name, variables] of Object.entries(env)) {
    const service = services[name];
    if (service === undefined || !('command' in service)) {
      const problem: Problem = {
        code: 'unknown-name',
        path: ['env', name],
        message: `'${name}' is no service of the lab '${parsed.id}' that is played by a command`,
      };
      throw refused(`the environment of '${name}' cannot be changed`, [problem]);
    }
    services[name] = { ...service, env: { ...service.env, ...variables } };
  }
  return { ...lab, parsed: { ...parsed, services } };
}
