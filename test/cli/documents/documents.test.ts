import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documents, withoutDocument } from '../../../lib/cli/documents/documents.ts';
import { commandSchemaFiles } from '../../../scripts/schemas.ts';
import { everyCommand } from '../program/every-command.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const acting = everyCommand()
  .filter(({ acts }) => acts)
  .map(({ words, command }) => [words.join(' '), command] as const);

describe('every command', () => {
  it.each(acting)(
    '%s prints a document with --json, whose schema is published, or is excused',
    (name, command) => {
      if (name === 'completion') expect(command.options.map(({ long }) => long)).not.toContain('--json');
      else
        expect(
          command.options.map(({ long }) => long),
          `give ${name} an option --json`,
        ).toContain('--json');
      expect(
        name in documents !== name in withoutDocument,
        `name the document of '${name}' in lib/cli/documents/documents.ts, or why it has none; then npm run docs`,
      ).toBe(true);
    },
  );

  it('is meant by a document: none is left over', () => {
    const names: readonly string[] = acting.map(([name]) => name);
    const known = [...Object.keys(documents), ...Object.keys(withoutDocument)];
    expect(known.filter((name) => !names.includes(name))).toEqual([]);
  });
});

describe('the JSON Schema of what a command prints', () => {
  it.each(Object.entries(commandSchemaFiles()))(
    '%s lies in schemas/command as it is now',
    (_, { path, text }) => {
      expect(existsSync(join(root, path)), 'npm run docs writes it').toBe(true);
      expect(readFileSync(join(root, path), 'utf8')).toBe(text);
    },
  );

  it('lies there for nothing else', () => {
    const files = readdirSync(join(root, 'schemas', 'command')).map((name) => `schemas/command/${name}`);
    expect(files.toSorted()).toEqual(
      Object.values(commandSchemaFiles())
        .map(({ path }) => path)
        .toSorted(),
    );
  });
});
