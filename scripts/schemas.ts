import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { documents } from '../lib/cli/documents/documents.ts';
import { errorDocument } from '../lib/cli/documents/error.ts';
import { runPlanSchema } from '../lib/cli/plan/run-plan-document.ts';
import { type DefinitionKind, jsonSchemaOf, kindInWords } from '../lib/definitions/json-schema.ts';
import { verdictEventSchema } from '../lib/run/verdict-event-schema.ts';

const home = join(import.meta.dirname, '..');

const fileOf = (kind: DefinitionKind) => ({
  path: `schemas/${kindInWords(kind).replace(' ', '-')}.schema.json`,
  text: `${JSON.stringify(jsonSchemaOf(kind), null, 2)}\n`,
});

/** What those who receive the event that tells of a verdict may rely on. */
const verdictEventFile = () => ({
  path: 'schemas/verdict-event.schema.json',
  text: `${JSON.stringify({ ...z.toJSONSchema(verdictEventSchema), title: 'Steadfast verdict event' }, null, 2)}\n`,
});

/** What those who read the plan of a run may rely on. */
const runPlanFile = () => ({
  path: 'schemas/run-plan.schema.json',
  text: `${JSON.stringify({ ...z.toJSONSchema(runPlanSchema), title: 'Steadfast plan of a run' }, null, 2)}\n`,
});

/** The JSON Schemas, for editors and for receivers of events, as files of this repository. */
export const schemaFiles = () => ({
  experiment: fileOf('experiment'),
  environment: fileOf('environment'),
  lab: fileOf('lab'),
  gameDay: fileOf('gameDay'),
  verdictEvent: verdictEventFile(),
  runPlan: runPlanFile(),
});

/** From here on a schema is written with its repeated parts apart: a journal three times over is 180 kB. */
const longText = 60_000;

const commandFile = (name: string, schema: z.core.$ZodType, title: string) => {
  const text = (reused: 'inline' | 'ref') =>
    `${JSON.stringify({ ...z.toJSONSchema(schema, { reused }), title }, null, 2)}\n`;
  const inline = text('inline');
  return {
    path: `schemas/command/${name.replaceAll(' ', '-')}.schema.json`,
    text: inline.length < longText ? inline : text('ref'),
  };
};

/** What those may rely on who read what the command prints with --json, by the command's words. */
export const commandSchemaFiles = () => ({
  error: commandFile('error', errorDocument, 'Steadfast error'),
  ...Object.fromEntries(
    Object.entries(documents).map(([name, schema]) => [
      name,
      commandFile(name, schema, `Steadfast ${name} --json`),
    ]),
  ),
});

if (import.meta.main) {
  await rm(join(home, 'schemas', 'command'), { recursive: true, force: true });
  for (const { path, text } of [...Object.values(schemaFiles()), ...Object.values(commandSchemaFiles())]) {
    const file = join(home, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
