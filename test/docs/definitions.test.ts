import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import slowDatabase from '../../experiments/slow-database.ts';
import { type DefinitionKind, definitionKinds, schemas } from '../../lib/definitions/json-schema.ts';
import { loadProject } from '../../lib/definitions/project.ts';
import { experimentSchema } from '../../lib/experiment/experiment.ts';
import { gameDaySchema } from '../../lib/experiment/game-day.ts';
import { problemsOfGameDay } from '../../lib/game-day/problems.ts';
import { planTargetOfLab } from '../../lib/plan/lab-target.ts';
import { problemsOf } from '../../lib/plan/problems.ts';
import { blocksOf, pageFiles, root } from './markdown.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steadfast-docs-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Shown {
  readonly file: string;
  readonly language: string;
  readonly text: string;
}

/** Blocks that show a whole definition. */
const whole: readonly Shown[] = pageFiles.flatMap((file) =>
  blocksOf(file)
    .filter(
      ({ language, text }) =>
        (language === 'ts' && text.includes('export default define')) ||
        (language === 'yaml' && text.startsWith('id:')),
    )
    .map((block) => ({ file, ...block })),
);

const moduleSchema = z.object({
  kind: z.enum(definitionKinds),
  definition: z.unknown(),
});

/** What a block defines; the language's functions give back what they are given. */
async function definitionIn({ language, text }: Shown, index: number) {
  if (language === 'yaml')
    return { kind: 'experiment' as DefinitionKind, definition: parse(text) as unknown };
  const [name = '', defined = ''] = /define(Experiment|Environment|Lab|GameDay)(?=\()/.exec(text) ?? [];
  const kind = `${defined.charAt(0).toLowerCase()}${defined.slice(1)}`;
  const module = join(folder, `${index}.mjs`);
  await writeFile(module, text.replace(/^import .*$/m, `const ${name} = (definition) => definition;`));
  const { default: definition } = z
    .object({ default: z.unknown() })
    .parse({ ...Object(await import(/* @vite-ignore */ pathToFileURL(module).href)) });
  return moduleSchema.parse({ kind, definition });
}

const gameDayParts = z.looseObject({ stages: z.array(z.looseObject({})) });
const gameDayPart = z.looseObject({
  predictions: z.looseObject({}).optional(),
  alerts: z.looseObject({}).optional(),
});

function found(shown: Shown | undefined): Shown {
  if (shown === undefined) throw new Error('the page shows no definition');
  return shown;
}

describe('the definitions that pages show', () => {
  it('are some', () => {
    expect(whole.length).toBeGreaterThan(4);
  });

  it.each(whole.map((shown, index) => [shown.file, shown.language, shown, index] as const))(
    'in %s (%s) are accepted by their schema',
    async (_file, _language, shown, index) => {
      const { kind, definition } = await definitionIn(shown, index);
      const parsed = schemas[kind].safeParse(definition);
      expect(parsed.error?.issues ?? []).toEqual([]);
    },
  );

  it('in the README say nothing but what the experiment says that npm start rehearses', async () => {
    const index = whole.findIndex(({ file }) => file === 'README.md');
    const { definition } = await definitionIn(found(whole[index]), index);
    expect(slowDatabase).toMatchObject(z.looseObject({}).parse(definition));
  });

  it('can be planned for the labs that they name', async () => {
    const project = await loadProject(root);
    const { labs } = project;
    const problems = await Promise.all(
      whole.map(async (shown, index) => {
        const { kind, definition } = await definitionIn(shown, index);
        if (kind === 'gameDay')
          return problemsOfGameDay({ gameDay: gameDaySchema.parse(definition), project });
        if (kind !== 'experiment') return [];
        const experiment = experimentSchema.parse(definition);
        const lab = labs.find(({ id }) => id === experiment.lab);
        return lab === undefined
          ? [`${shown.file}: there is no lab ${experiment.lab}`]
          : problemsOf(experiment, planTargetOfLab(lab.definition, lab.parsed));
      }),
    );
    expect(problems.flat()).toEqual([]);
  });

  it('of game days are accepted in their parts, too', async () => {
    const page = 'docs/how-to/write-a-game-day.md';
    const index = whole.findIndex(({ file }) => file === page);
    const { definition } = await definitionIn(found(whole[index]), index);
    const { stages, ...around } = gameDayParts.parse(definition);
    const parts = blocksOf(page).flatMap(({ language, text }) =>
      language === 'yaml' ? [gameDayPart.parse(parse(text))] : [],
    );
    expect(parts.length).toBeGreaterThan(3);
    for (const { predictions, alerts, ...rest } of parts) {
      const stage = { ...stages[0], ...(predictions && { predictions }), ...(alerts && { alerts }) };
      const read = gameDaySchema.safeParse({ ...around, ...rest, stages: [stage] });
      expect(read.error?.issues ?? []).toEqual([]);
    }
  });
});
