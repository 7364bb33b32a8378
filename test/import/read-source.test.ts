import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestSourceBytes, readSource } from '../../lib/import/source/read-source.ts';

import { anything, matching } from '../fakes/matching.ts';

const encoder = new TextEncoder();
const read = (text: string, name = 'file.yaml') => readSource(name, encoder.encode(text));

function documentsOf(text: string, name?: string) {
  const result = read(text, name);
  if ('problems' in result) throw new Error(result.problems[0]?.message);
  return result.source.documents;
}

function problemOf(bytes: Uint8Array | string, name = 'file.yaml') {
  const result = readSource(name, typeof bytes === 'string' ? encoder.encode(bytes) : bytes);
  if ('source' in result) throw new Error('it was read');
  return result.problems[0];
}

describe('a source', () => {
  it('is read with all its documents and their lines, those that are empty left out', () => {
    const documents = documentsOf('a: 1\n---\n---\nb:\n  - c: 2\n');
    expect(documents.map(({ value }) => value)).toEqual([{ a: 1 }, { b: [{ c: 2 }] }]);
    expect(documents[1]?.lineOf(['b', 0, 'c'])).toBe(5);
    expect(documents[1]?.lineOf(['b', 7])).toBe(4);
    expect(documents.map(({ index }) => index)).toEqual([0, 1]);
  });

  it('may be JSON, begin with a byte order mark and use anchors', () => {
    expect(documentsOf('\uFEFF{"a": [1, null]}', 'x.json')[0]?.value).toEqual({ a: [1, null] });
    expect(documentsOf('a: &x {b: 1}\nc: *x')[0]?.value).toEqual({ a: { b: 1 }, c: { b: 1 } });
  });

  it('gives what JSON has no value for as a text', () => {
    const text =
      'date: 2026-01-02\nnan: .nan\nfar: .inf\nbytes: !!binary aGk=\nbig: 123456789012345678901234567890';
    expect(documentsOf(text)[0]?.value).toEqual({
      date: '2026-01-02',
      nan: 'NaN',
      far: 'Infinity',
      bytes: matching(/./),
      big: anything(),
    });
  });

  it('has no keys but its own', () => {
    const [document] = documentsOf('{"__proto__": {"polluted": 1}}', 'x.json');
    expect(Object.keys(Object(document?.value))).toEqual(['__proto__']);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('what cannot be read', () => {
  it.each([
    ['nothing', '', 'empty'],
    ['only comments', '# nothing\n---\n', 'empty'],
    ['a key twice', '{"a": 1,\n "b": {"c": 1,\n "c": 2}}', 'doubled-key'],
    ['a merge key twice', '<<: {a: 1}\n<<: {b: 2}', 'doubled-key'],
    ['broken syntax', 'a: [1', 'syntax'],
    ['aliases that multiply', bomb(), 'aliases'],
    ['an alias of nothing', 'a: *nothing', 'aliases'],
    ['brackets without end', '['.repeat(5000), 'too-deep'],
    ['lists in lists on one line', `${'- '.repeat(500)}x`, 'too-deep'],
    [
      'maps in maps on many lines',
      Array.from({ length: 1100 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      'too-deep',
    ],
    [
      'maps in maps, some hundred',
      Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      'too-deep',
    ],
    ['more documents than people keep', 'a: 1\n---\n'.repeat(300), 'too-many'],
    [
      'more fields than people read',
      Array.from({ length: 20_001 }, (_, i) => `k${i}: 1`).join('\n'),
      'too-many',
    ],
  ])('is told of: %s', (_what, text, code) => {
    expect(problemOf(text)).toMatchObject({ code, file: 'file.yaml', hint: matching(/./) });
  });

  it('is bytes that are no text', () => {
    expect(problemOf(new Uint8Array([0xff, 0xfe, 0x61, 0]))).toMatchObject({
      code: 'encoding',
      message: 'is text in UTF-16',
    });
    expect(problemOf(new Uint8Array([0xfe, 0xff, 0, 0x61]))).toMatchObject({ code: 'encoding' });
    expect(problemOf(new Uint8Array([0x61, 0xc3, 0x28]))).toMatchObject({ code: 'encoding' });
    expect(problemOf('a: "\0"')).toMatchObject({
      code: 'encoding',
      message: 'is binary: it holds zero bytes',
    });
  });

  it('is a file that is larger than any experiment', () => {
    expect(problemOf(new Uint8Array(largestSourceBytes + 1))).toMatchObject({ code: 'too-large' });
  });

  it('is JSON with comments, and the line says where', () => {
    expect(problemOf('{\n  // mine\n  "a": 1\n}', 'x.json')).toEqual({
      code: 'syntax',
      path: [],
      file: 'x.json',
      line: 2,
      message: 'is no JSON, as its name says',
      hint: 'JSON has no comments: remove them, or write it as YAML with # comments',
    });
  });

  it('is told without a word of the text, which might be a secret', () => {
    for (const text of [
      '{"password": canary-5a1',
      '"canary-5a1" "canary-5a1"',
      'a: canary-5a1: b: c',
      '{"a": canary-5a1}',
    ])
      expect(JSON.stringify(problemOf(text, 'x.json'))).not.toContain('canary');
  });
});

it('ends for whatever bytes it is given, soon', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const result = readSource('x', bytes);
      expect('source' in result ? result.source.documents.length : result.problems.length).toBeGreaterThan(0);
    }),
    { numRuns: 300 },
  );
  expect(problemOf('"'.repeat(200_000))).toMatchObject({ code: 'syntax' });
});

function bomb(): string {
  const names = 'abcdefghi'.split('');
  const [first, ...others] = names;
  const lines = others.map((name, i) => `${name}: &${name} [${Array(9).fill(`*${names[i]}`).join(', ')}]`);
  return [`${first}: &${first} [x, x, x, x, x, x, x, x, x]`, ...lines].join('\n');
}
