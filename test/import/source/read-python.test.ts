import { describe, expect, it } from 'vitest';
import { readSource } from '../../../lib/import/source/read-source.ts';
import type { Source } from '../../../lib/import/source/source.ts';

const read = (name: string, text: string) => readSource(name, new TextEncoder().encode(text));

function sourceOf(name: string, text: string): Source {
  const result = read(name, text);
  if ('problems' in result) throw new Error(result.problems[0]?.message);
  return result.source;
}

function problemOf(name: string, text: string) {
  const result = read(name, text);
  return 'problems' in result ? result.problems[0] : undefined;
}

describe('Python source', () => {
  it('is read as a document of each call, with where it stands', () => {
    const { documents } = sourceOf(
      'make.py',
      'def db(client):\n  proxy = client.create("db", listen="a:1")\n',
    );
    expect(documents).toMatchObject([
      {
        index: 0,
        value: { call: 'create', arguments: { listen: 'a:1' }, positional: ['db'] },
        python: { on: 'client', assigned: 'proxy', within: 'db' },
      },
    ]);
    expect(documents[0]?.lineOf(['arguments', 'listen'])).toBe(2);
  });

  it.each([
    ['what YAML takes for one text', 'import boto3\n\nfis = boto3.client("fis")\n'],
    ['what YAML cannot read', 'fis.create_experiment_template(\n  targets={"a": 1},\n  tags={},\n)\n'],
  ])('is known by its text where its name does not tell: %s', (_, text) => {
    expect(sourceOf('make', text).documents).toHaveLength(1);
  });

  it('is not what YAML or JSON can read as data', () => {
    expect(sourceOf('a.yaml', 'import: f(\nfrom: here').documents[0]?.value).toEqual({
      import: 'f(',
      from: 'here',
    });
    expect(problemOf('a.yaml', 'a: [b\nc: }')).toMatchObject({ code: 'syntax', line: 2 });
  });

  it.each([
    ['calls nothing', 'x = 1\n', 'empty', undefined],
    ['cannot be read as Python: it holds a text that never ends', '\nf("', 'syntax', 2],
    ['holds more than 2000 calls', 'f()\n'.repeat(2_001), 'too-many', undefined],
  ])('is refused where it %s', (message, text, code, line) => {
    expect(problemOf('a.py', text)).toMatchObject({ code, message, file: 'a.py' });
    expect(problemOf('a.py', text)?.line).toBe(line);
  });
});
