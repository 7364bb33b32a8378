import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { definitionKinds, jsonSchemaOf, keysAt, schemas } from '../../lib/definitions/json-schema.ts';
import { loadProject, type Project } from '../../lib/definitions/project.ts';
import { schemaFiles } from '../../scripts/schemas.ts';
import { slowDay } from '../game-day/examples.ts';
import { changed } from './told.ts';

const home = join(import.meta.dirname, '..', '..');
let project: Project;
beforeAll(async () => {
  project = await loadProject(home);
});

/** Read back by the JSON Schema reader of zod, which knows nothing of the schema that it was made from. */
const accepts = (kind: (typeof definitionKinds)[number], value: unknown): boolean =>
  z.fromJSONSchema(jsonSchemaOf(kind)).safeParse(value).success;

describe('the JSON Schema', () => {
  it('accepts every definition of this project, and each without a part that may be left out', () => {
    const all = {
      experiment: project.experiments,
      environment: project.environments,
      lab: project.labs,
      gameDay: [...project.gameDays, { definition: slowDay }],
    };
    expect(project.problems).toEqual([]);
    for (const kind of definitionKinds) {
      expect(all[kind].length).toBeGreaterThan(0);
      const definitions = all[kind].map(({ definition }) => definition);
      for (const definition of definitions) expect(accepts(kind, definition), kind).toBe(true);
      fc.assert(
        fc.property(fc.constantFrom(...definitions), fc.nat(), fc.nat(), (definition, first, second) => {
          const keys = Object.keys(definition);
          const key = keys[first % keys.length] ?? 'id';
          const inner = Object.keys(Object(Reflect.get(definition, key)));
          const path =
            second % 2 === 0 || inner.length === 0 ? [key] : [key, inner[second % inner.length] ?? ''];
          const less = changed(definition, path, undefined);
          if (schemas[kind].safeParse(less).success) expect(accepts(kind, less), path.join('.')).toBe(true);
        }),
      );
    }
  });

  it('refuses what an editor can see: unknown keys, missing ones, and quantities without their unit', () => {
    const experiment = project.experiments[0]?.definition;
    expect(accepts('experiment', { ...experiment, tilte: 'x' })).toBe(false);
    expect(accepts('experiment', changed(experiment, ['owner'], undefined))).toBe(false);
    expect(accepts('experiment', changed(experiment, ['recovery', 'objective'], '60'))).toBe(false);
  });

  it('lets a data file name it', () => {
    expect(accepts('lab', { ...project.labs[0]?.definition, $schema: './lab.schema.json' })).toBe(true);
  });

  it('shows defaults as they are written', () => {
    expect(JSON.stringify(definitionKinds.map(jsonSchemaOf))).not.toMatch(/"default":\{"(ms|perSecond)/);
  });

  it.each([...definitionKinds, 'verdictEvent', 'runPlan'] as const)(
    'of a %s lies in schemas/ as it is now (npm run schemas writes it)',
    async (kind) => {
      const file = schemaFiles()[kind];
      expect(JSON.parse(await readFile(join(home, file.path), 'utf8'))).toEqual(JSON.parse(file.text));
    },
  );
});

describe('the keys known at a path', () => {
  it('are those of the alternative that the document is meant as', () => {
    const stop = { faults: { f: { action: 'aws:ecs:stop-task' } } };
    const delay = { faults: { f: { action: 'aws:ecs:task-network-latency' } } };
    const path = ['faults', 'f', 'parameters'];
    expect(keysAt('experiment', stop, path)).toEqual([]);
    expect(keysAt('experiment', delay, path)).toEqual([
      'delay',
      'jitter',
      'to',
      'flows',
      'installDependencies',
    ]);
    expect(keysAt('experiment', {}, path)).toEqual(expect.arrayContaining(['delay', 'failover', 'port']));
  });

  it('are all of them where nothing says which is meant, and none where nothing can be', () => {
    expect(keysAt('lab', {}, ['guards', 'g'])).toEqual(['metric', 'above', 'below', 'for', 'notRehearsable']);
    expect(keysAt('lab', {}, ['pace', 'x'])).toEqual([]);
    expect(keysAt('lab', {}, [])).not.toContain('$schema');
  });
});
