import { performance } from 'node:perf_hooks';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PythonCall, readPythonCalls } from '../../../lib/import/source/python-calls.ts';
import { lineIn, whyNotLiteral } from '../../../lib/import/source/python-value.ts';
import { Unreadable } from '../../../lib/import/source/unreadable.ts';
import { isLong } from '../../setup.ts';

interface Read {
  readonly call: string;
  readonly arguments: Record<string, unknown>;
  readonly positional: unknown[];
}

const isRead = (value: unknown): value is Read =>
  typeof value === 'object' && value !== null && 'call' in value && 'arguments' in value;

function read({ value }: PythonCall): Read {
  if (!isRead(value.value)) throw new Error('it is no call');
  return value.value;
}

/** The first call of a source. */
function callIn(source: string): Read {
  const [first] = readPythonCalls(source);
  if (first === undefined) throw new Error('there is no call');
  return read(first);
}

/** The value that a literal is read as. */
const literalValue = (literal: string): unknown => callIn(`f(x=${literal})`).arguments['x'];

const whyNot = (literal: string): string | undefined => whyNotLiteral(literalValue(literal));

function errorOf(source: string): Unreadable {
  try {
    readPythonCalls(source);
  } catch (error) {
    if (error instanceof Unreadable) return error;
    throw error;
  }
  throw new Error('it can be read');
}

describe('readPythonCalls', () => {
  it('reads a call whose arguments are literals as data', () => {
    const source = `import boto3

fis = boto3.client("fis", region_name="eu-west-1")

# Create a template
response = fis.create_experiment_template(
    description="Kill 50% of 'tasks'",  # half
    targets={
        "Tasks": {
            "resourceTags": {"Service": "shop"},
            "selectionMode": 'PERCENT(50)',
        },
    },
    stopConditions=[{"source": "none"}],
    counts=(1, -2.5, 0x10, 1_000, 1e3),
    flags=[True, False, None],
)
`;
    const [client, create] = readPythonCalls(source);
    expect(client && read(client)).toEqual({
      call: 'client',
      arguments: { region_name: 'eu-west-1' },
      positional: ['fis'],
    });
    expect(client?.place).toEqual({ on: 'boto3', assigned: 'fis' });
    expect(create && read(create)).toEqual({
      call: 'create_experiment_template',
      arguments: {
        description: "Kill 50% of 'tasks'",
        targets: { Tasks: { resourceTags: { Service: 'shop' }, selectionMode: 'PERCENT(50)' } },
        stopConditions: [{ source: 'none' }],
        counts: [1, -2.5, 16, 1000, 1000],
        flags: [true, false, null],
      },
      positional: [],
    });
    expect(create?.place).toEqual({ on: 'fis', assigned: 'response' });
  });

  it('knows the line of each key, item and argument', () => {
    const [call] = readPythonCalls('\n\ncreate(\n  a={\n    "b": [\n      1,\n      2,\n    ],\n  },\n)');
    const line = (...path: (string | number)[]) => call && lineIn(call.value, path);
    expect(line()).toBe(3);
    expect(line('arguments', 'a')).toBe(4);
    expect(line('arguments', 'a', 'b')).toBe(5);
    expect(line('arguments', 'a', 'b', 1)).toBe(7);
    expect(line('arguments', 'a', 'nothing', 'there')).toBe(4);
  });

  it.each([
    ['"a" "b"\n  \'c\'', 'abc'],
    ['("a"\n "b")', 'ab'],
    [`"""two\nlines"""`, 'two\nlines'],
    [`'''it's'''`, "it's"],
    ['"\\x41\\u0042\\U00000043\\104\\n\\q\\""', 'ABCD\n\\q"'],
    ['"a\\\nb"', 'ab'],
    ['r"\\d+"', '\\d+'],
    ['u"text"', 'text'],
    ['f"{{braces}}"', '{braces}'],
    ['"\\ud800"', '\uFFFD'],
    ['"\\U00110000"', '\\U00110000'],
    ['"# no comment"', '# no comment'],
    ['()', []],
    ['(1,)', [1]],
    ['(1)', 1],
    ['+1', 1],
    ['-0', 0],
    ['.5', 0.5],
    ['[[], {}]', [[], {}]],
    ['{"__proto__": 1}', JSON.parse('{"__proto__": 1}')],
  ])('reads %s', (literal, value) => {
    expect(literalValue(literal)).toEqual(value);
  });

  it.each([
    ['name', 'a variable'],
    ['name.attribute', 'an expression'],
    ['os.environ["KEY"]', 'an expression'],
    ['str(uuid.uuid4())', 'a call'],
    ['1 + 2', 'an expression'],
    ['"a" + b', 'an expression'],
    ['"%s" % name', 'an expression'],
    ['f"{name}"', 'a text with fields'],
    ['f"{data["key"]:>{width}} {x!r}"', 'a text with fields'],
    [`f"{x:'>3}"`, 'a text with fields'],
    ['b"bytes"', 'bytes'],
    ['t"template"', 'a template'],
    ['"\\N{BULLET}"', 'a character by its name'],
    ['9007199254740993', 'a number that JSON has not'],
    ['1j', 'a number that JSON has not'],
    ['1e999', 'a number that JSON has not'],
    ['{1, 2}', 'a set, or a dictionary that is put together'],
    ['{**others}', 'a set, or a dictionary that is put together'],
    ['{1: 2}', 'a dictionary whose keys are no texts'],
    ['lambda x, y: (x, y)', 'an expression'],
    ['a if b else c', 'an expression'],
    ['not True', 'an expression'],
    ['[1] * 3', 'an expression'],
    ['None or 1', 'an expression'],
  ])('says that %s is no literal', (expression, why) => {
    expect(whyNot(expression)).toBe(why);
  });

  it('goes on after what is no literal', () => {
    expect(callIn('f(a=lambda x, y: {x: y}, b=[i for i in (1, 2)], c=3, *d, **e)').arguments).toEqual({
      a: { '(not a literal)': 'an expression' },
      b: [{ '(not a literal)': 'an expression' }],
      c: 3,
      '*': { '(not a literal)': 'what is unpacked' },
      '**': { '(not a literal)': 'what is unpacked' },
    });
  });

  it('reads calls within arguments too, in the order in which they begin', () => {
    const calls = readPythonCalls('print(json.dumps(client.create("a", x=[f(1)])), g()(2))');
    expect(calls.map((call) => read(call).call)).toEqual(['print', 'dumps', 'create', 'f', 'g']);
    expect(calls.map(({ place }) => place.on)).toEqual([undefined, 'json', 'client', undefined, undefined]);
  });

  it('tells where a call stands', () => {
    const source = `
class Suite(Base):
    def slow(self, size=len("x")):
        proxy = self.client.create("db")
        if (proxy):
            return proxy.add_toxic("latency")

    async def other(self): pass

def top():
    boto3.client("fis").create()
x[0] = f()
last = (
    g())
`;
    const places = readPythonCalls(source).map((call) => [read(call).call, call.place]);
    expect(places).toEqual([
      ['len', { within: 'slow' }],
      ['create', { on: 'self.client', assigned: 'proxy', within: 'slow' }],
      ['add_toxic', { on: 'proxy', within: 'slow' }],
      ['client', { on: 'boto3', within: 'top' }],
      ['create', { within: 'top' }],
      ['f', {}],
      ['g', { assigned: 'last' }],
    ]);
  });

  it('takes no definition, keyword or new statement for a call', () => {
    expect(
      readPythonCalls('def f(a): return (1)\nclass A(B): pass\nwhile (x): y\n(z)\nname\\\n(1)'),
    ).toHaveLength(1);
  });

  it.each([
    ['f("', 'syntax', 1],
    ['f(\n"a\n")', 'syntax', 2],
    ["f('''a", 'syntax', 1],
    ['\nf(f"{x', 'syntax', 2],
    ['f(\n[', 'syntax', 2],
    ['f(]', 'syntax', 1],
    [')', 'syntax', 1],
    ['f(a=1,\n a=2)', 'syntax', 2],
    ['f({"a": 1, "a": 2})', 'syntax', 1],
    ['('.repeat(101), 'too-deep', 1],
    [`${'f"{f\'{'.repeat(15)}`, 'too-deep', 1],
  ])('refuses %j with its line', (source, code, line) => {
    expect(errorOf(source)).toMatchObject({ code, line });
  });

  it('reads any text or says why not', () => {
    const piece = fc.constantFrom(
      'f(',
      'x=',
      ')',
      '[',
      ']',
      '{',
      '}',
      ':',
      ',',
      '"',
      "'",
      '"""',
      'f"',
      '\\',
      '\n',
      '#',
      '.',
      '*',
      '=',
      '1',
      'lambda ',
      'a',
      ' ',
    );
    const text = fc.oneof(
      fc.string({ unit: 'grapheme-ascii', maxLength: 60 }),
      fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(text, (source) => {
        try {
          for (const call of readPythonCalls(source)) JSON.stringify(call.value.value);
        } catch (error) {
          if (!(error instanceof Unreadable)) throw error;
        }
      }),
      { numRuns: isLong ? 10_000 : 300 },
    );
  });

  it('reads what a dictionary of JSON says', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const literal = JSON.stringify(value).replaceAll(/"(?:[^"\\]|\\.)*"|true|false|null/g, (word) =>
          word.startsWith('"')
            ? word.replaceAll('\\/', '/')
            : ({ true: 'True', false: 'False', null: 'None' }[word] ?? word),
        );
        const whole = (_: string, item: unknown) => (typeof item === 'string' ? item.toWellFormed() : item);
        expect(JSON.stringify(literalValue(literal), whole)).toBe(JSON.stringify(value, whole));
      }),
      { numRuns: isLong ? 10_000 : 200, examples: [[{ a: '\u2028\n"\\' }]] },
    );
  });

  it.each([
    ['calls', 'f(x=1)\n'],
    ['names', 'a.'],
    ['strings', '"a" '],
    ['open fields', 'f"{'],
    ['blanks', ' \t'],
    ['backslashes', '\\\n'],
    ['digits', '1_'],
    ['minus', '-'],
    ['comments', '#\n'],
    ['lambdas', 'lambda '],
  ])('needs time in proportion to the length of many %s', (_, piece) => {
    const time = (length: number) => {
      const source = `f(${piece.repeat(Math.floor(length / piece.length))}`;
      const begin = performance.now();
      try {
        readPythonCalls(source);
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
      }
      return performance.now() - begin;
    };
    time(5_000);
    // What grows with the square takes 10,000 times as long; noise of a busy machine stays far below.
    const short = Math.max(time(isLong ? 10_000 : 1_000), 1);
    expect(time(isLong ? 1_000_000 : 100_000)).toBeLessThan(short * 2_000);
  });
});
