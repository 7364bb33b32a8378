import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type DefinitionKind, jsonSchemaOf } from '../lib/definitions/json-schema.ts';

const home = join(import.meta.dirname, '..');

const fileOf = (kind: DefinitionKind) => ({
  path: `schemas/${kind}.schema.json`,
  text: `${JSON.stringify(jsonSchemaOf(kind), null, 2)}\n`,
});

/** The JSON Schemas for editors, as files of this repository. */
export const schemaFiles = () => ({
  experiment: fileOf('experiment'),
  environment: fileOf('environment'),
  lab: fileOf('lab'),
});

if (import.meta.main) {
  for (const { path, text } of Object.values(schemaFiles())) {
    const file = join(home, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
