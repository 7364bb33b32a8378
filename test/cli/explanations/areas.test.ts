import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitCode } from '../../../lib/cli/exit-code.ts';
import { areas, explainedCodes, senses, sensesOf } from '../../../lib/cli/explanations/areas.ts';
import { exitCodes, rejectionSchema } from '../../../lib/experiment/verdict.ts';
import { everyCommand } from '../program/every-command.ts';
import { codesInSource, errorNamesInSource } from './codes-in-source.ts';

const source = codesInSource();

/** What ends of codes are computed of, by their beginnings. */
const ends: Readonly<Record<string, readonly string[]>> = {
  'broken-': ['experiment', 'environment', 'lab'],
  'check-': [...source.checks],
  'fis-': ['failed', 'cancelled'],
  'rejected-': rejectionSchema.options,
};

/** Files whose `code` is none of Steadfast's: Lambda's code, answers of AWS that a lab plays, exits of processes, words of other tools, a schema. */
const notOurs = new Set([
  'lib/cdk/own-function.ts',
  'lib/cdk/probe-functions.ts',
  'lib/cli/commands/plan.ts',
  'lib/cli/completion/what-is-taken.ts',
  'lib/cli/pipeline/results.ts',
  'lib/import/chaos-mesh/fields/chaos-fields.ts',
  'lib/lab/calls/aws-errors.ts',
  'lib/lab/fis/actions/stream-expired-iterator-exception.ts',
  'lib/lab/fis/actions/stream-provisioned-throughput-exception.ts',
  'lib/lab/processes/signal-to.ts',
  'lib/report/compare/comparison-schema.ts',
]);

/** The words of zod for its own issues. */
const ofZod = ['custom', 'invalid_type', 'invalid_union', 'invalid_value'];

const ours = (files: ReadonlySet<string>) => [...files].some((file) => !notOurs.has(file));

/** Everything that the source can tell. */
const told = new Set([
  ...[...source.told].filter(([, files]) => ours(files)).map(([code]) => code),
  ...Object.entries(ends).flatMap(([begin, rest]) => rest.map((end) => `${begin}${end}`)),
  ...errorNamesInSource(),
  ...Object.keys(exitCodes),
  ...rejectionSchema.options,
  ...[...Object.values(exitCodes), ...Object.values(exitCode)].map(String),
]);
for (const word of ofZod) told.delete(word);

describe('the explanations of codes', () => {
  it('explain every code that the source tells', () => {
    expect([...told].filter((code) => !explainedCodes.includes(code)).toSorted()).toEqual([]);
  });

  it('explain no code that the source no longer tells', () => {
    expect(explainedCodes.filter((code) => !told.has(code))).toEqual([]);
  });

  it('miss none because it is computed in a way that cannot be read', () => {
    const unread = [...source.unread].filter((one) => {
      const file = one.slice(0, one.indexOf(':'));
      return !notOurs.has(file);
    });
    expect(unread).toEqual([]);
    expect([...source.begun.keys()].toSorted()).toEqual(Object.keys(ends));
  });

  it('are read from the source as it is', () => {
    expect(source.told.size).toBeGreaterThan(200);
    expect(source.checks.size).toBeGreaterThan(15);
    expect(source.told.get('freeze-unreadable')).toEqual(new Set(['lib/run/admission/check-freezes.ts']));
    expect(source.told.get('key')).toEqual(new Set(['lib/game-day/evidence/verify-evidence.ts']));
  });

  it('say everything of each, and name a page that is there', () => {
    for (const { code, means, why, mend, example, docs } of senses) {
      for (const text of [means, why, mend]) expect(text, code).toMatch(/^[A-Z].*[.:]$/);
      expect(example.trim(), code).not.toBe('');
      expect(existsSync(join(import.meta.dirname, '../../../docs', docs)), docs).toBe(true);
    }
    expect(new Set(areas.map(({ id }) => id)).size).toBe(areas.length);
  });

  it('show commands that there are, with options that they take', () => {
    const commands = everyCommand();
    const unknown = senses.flatMap(({ code, example }) => {
      const [, shown] = /^steadfast (.+)$/.exec(example) ?? [];
      if (shown === undefined) return [];
      const words = shown.split(' ');
      const found = commands
        .filter((one) => one.words.every((word, index) => words[index] === word))
        .toSorted((a, b) => b.words.length - a.words.length)[0];
      const known = found?.command.options.flatMap(({ long }) => long ?? []) ?? [];
      const wrong = words.filter((word) => word.startsWith('--') && !['--help', ...known].includes(word));
      return found?.acts === true && wrong.length === 0 ? [] : [`${code}: ${example} (${wrong.join(' ')})`];
    });
    expect(unknown).toEqual([]);
  });

  it('are found by code, by the name of a step’s error, and by exit code', () => {
    expect(sensesOf('permission').map(({ area }) => area.id)).toEqual(['rejections', 'errors']);
    expect(sensesOf('Steadfast.permission').map(({ area }) => area.id)).toEqual(['errors']);
    expect(sensesOf('exit 5').map(({ code }) => code)).toEqual(['5']);
    expect(sensesOf('NO-BITE')).toHaveLength(1);
    expect(sensesOf('nothing-of-ours')).toEqual([]);
  });
});
