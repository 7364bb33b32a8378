import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { readData } from '../../lib/definitions/read-data.ts';
import { matching } from '../fakes/matching.ts';
import { slowDatabase } from '../plan/examples.ts';

const read = (text: string | Uint8Array, file = 'a.yaml') =>
  readData(file, typeof text === 'string' ? new TextEncoder().encode(text) : text);

const valueIn = (text: string, file?: string): unknown => {
  const result = read(text, file);
  return 'value' in result ? result.value : result.problems;
};

const told = (text: string | Uint8Array, file?: string): string[] => {
  const result = read(text, file);
  return 'problems' in result
    ? result.problems.map(({ code, line, message }) => `${code} ${line ?? '-'}: ${message}`)
    : [];
};

describe('data in a file', () => {
  it('is the same in YAML and JSON', () => {
    expect(valueIn(stringify(slowDatabase))).toEqual(slowDatabase);
    expect(valueIn(JSON.stringify(slowDatabase, null, '\t'), 'a.json')).toEqual(slowDatabase);
    expect(valueIn(`\uFEFF${JSON.stringify(slowDatabase)}`, 'a.json')).toEqual(slowDatabase);
  });

  it('is read as it was written, whatever it is', () => {
    const text = fc.string({ unit: 'binary' }).filter((one) => one.isWellFormed());
    const data = fc.dictionary(
      text.filter((key) => !['__proto__', '$schema'].includes(key)),
      fc.oneof(text, fc.integer(), fc.boolean(), fc.array(text)),
      { minKeys: 1 },
    );
    fc.assert(
      fc.property(data, (value) => {
        expect(valueIn(JSON.stringify(value), 'a.json')).toEqual({ ...value });
      }),
    );
  });

  it('may name its JSON Schema, which is no part of the definition', () => {
    expect(valueIn('{"$schema": "../schemas/lab.schema.json", "id": "a"}', 'a.json')).toEqual({ id: 'a' });
  });

  it('knows the line of each part: of its key, or of the item of a list', () => {
    const result = read('a: 1\nb:\n  c:\n    - x\n    - y: 2\nd: &d { e: 1 }\nf: *d\n');
    if (!('lineOf' in result)) throw new Error('it was not read');
    const lines = [
      ['a'],
      ['b'],
      ['b', 'c'],
      ['b', 'c', 1],
      ['b', 'c', 1, 'y'],
      ['f', 'e'],
      ['b', 'missing'],
      ['b', 'c', 9],
      [],
      ['nothing'],
    ];
    expect(lines.map((path) => result.lineOf(path))).toEqual([1, 2, 3, 5, 5, 6, 2, 3, 1, 1]);
  });

  it.each<[string, string | Uint8Array, string, readonly unknown[]]>([
    ['a doubled key', 'a: 1\nb: 2\na: 3\n', 'a.yaml', ['syntax 3: Map keys must be unique']],
    ['a merge key twice', '<<: {a: 1}\n<<: {b: 2}\n', 'a.yaml', ['syntax 2: Map keys must be unique']],
    ['a doubled key in JSON', '{"a": 1,\n"a": 2}', 'a.json', ['syntax 2: Map keys must be unique']],
    ['what only YAML would take', '{"a": 1, # why\n}', 'a.json', [matching(/^syntax 1: /)]],
    ['a comma too many', '{\n  "a": 1,\n}', 'a.json', [matching(/^syntax 3: Expected double-quoted/)]],
    ['several slips', 'a: [\nb: "x\n', 'a.yaml', [matching(/^syntax/), matching(/^syntax/)]],
    ['two documents', 'a: 1\n---\nb: 1\n', 'a.yaml', [matching(/^syntax 2: .*multiple documents/)]],
    ['a key that is a list', '? [a]\n: 1\n', 'a.yaml', [matching(/^syntax 1: /)]],
    ['nothing', '', 'a.yaml', ['empty -: is empty']],
    ['nothing, in JSON', ' \n', 'a.json', ['empty -: is empty']],
    ['comments only', '# to do\n', 'a.yaml', ['empty -: is empty']],
    ['binary', new Uint8Array([0xff, 0xfe, 0x00, 0x9c]), 'a.yaml', ['encoding -: is no text in UTF-8']],
    [
      'a file far too large',
      new Uint8Array(1_048_577),
      'a.yaml',
      ['too-large -: has 1048577 bytes, more than the 1048576 a definition may have'],
    ],
  ])('is refused with %s', (_what, text, file, problems) => {
    expect(told(text, file)).toEqual(problems);
  });

  it('is refused when its aliases would blow it up, and without a crash', () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) =>
        `l${level}: &l${level} [${Array(9)
          .fill(level === 0 ? 'x' : `*l${level - 1}`)
          .join(', ')}]`,
    );
    expect(told(levels.join('\n'))).toEqual([matching(/^aliases -: its aliases cannot be followed/)]);
    expect(told('a: *nowhere\n')).toHaveLength(1);
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void read(bytes)));
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('a.yaml', 'a.json'), (text, file) => void read(text, file)),
    );
  });
});
