import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readerOf } from '../../lib/experiment/answer-reader.ts';
import { answerSchema } from '../../lib/experiment/answer-schema.ts';

/** What is wrong with a schema, as `path: message`. */
const problemsOf = (schema: object) =>
  (answerSchema().safeParse(schema).error?.issues ?? []).map(({ path, message }) =>
    [path.join('.'), message].join(': '),
  );

const accepts = (schema: object, body: unknown): boolean =>
  readerOf(answerSchema().parse(schema))(body) === undefined;

const product = {
  type: 'object',
  properties: { name: { type: 'string', minLength: 1 }, price: { type: 'number', minimum: 0 } },
  required: ['name', 'price'],
};

const mapOfNumbers = { properties: {}, additionalProperties: { type: 'number' } };

describe('a schema of answers', () => {
  it.each<[string, object, readonly unknown[], readonly unknown[]]>([
    [
      'a list of things',
      {
        type: 'object',
        properties: { products: { type: 'array', minItems: 2, items: product } },
        required: ['products'],
      },
      [
        {
          products: [
            { name: 'tea', price: 0 },
            { name: 'mug', price: 3.5, more: true },
          ],
        },
      ],
      [
        {},
        { products: [] },
        { products: [{ name: 'tea', price: 1 }, { name: 'mug' }] },
        { products: 'none' },
        [],
        null,
      ],
    ],
    [
      'a thing of no other keys',
      { ...product, additionalProperties: false },
      [{ name: 'a', price: 1 }],
      [{ name: 'a', price: 1, b: 2 }],
    ],
    ['alternatives', { anyOf: [{ type: 'string' }, { type: 'null' }] }, ['a', null], [1, {}]],
    ['several types', { type: ['string', 'null'], minLength: 2 }, ['ab', null], ['a', 1]],
    ['a choice', { enum: ['open', 'closed', 3] }, ['open', 3], ['shut', 4]],
    ['one value', { const: 5 }, [5], [4, '5']],
    [
      'what refers to itself',
      {
        $ref: '#/$defs/tree',
        $defs: {
          tree: {
            type: 'object',
            properties: { child: { $ref: '#/$defs/tree' } },
            additionalProperties: false,
          },
        },
      },
      [{}, { child: { child: {} } }],
      [{ child: { child: 1 } }, { leaf: 1 }],
    ],
    [
      'a text by its pattern',
      { type: ['string', 'null'], pattern: '^[a-z]+$' },
      ['abc', null],
      ['', 'a1', 3],
    ],
    [
      'a map by how many keys it has',
      { type: 'object', minProperties: 1, maxProperties: 2 },
      [{ a: 1 }],
      [{}, { a: 1, b: 2, c: 3 }, 'ab'],
    ],
    [
      'a list without two maps that are equal, whatever the order of their keys',
      { type: 'array', uniqueItems: true },
      [
        [
          { a: 1, b: 2 },
          { a: 1, b: 3 },
        ],
        [1, '1'],
      ],
      [
        [
          { a: 1, b: 2 },
          { b: 2, a: 1 },
        ],
      ],
    ],
    ['a list that may repeat itself', { type: 'array', uniqueItems: false }, [[1, 1]], [1]],
    [
      'the first places of a list, and then the others',
      { type: 'array', prefixItems: [{ const: 'head' }], items: { type: 'number' } },
      [['head'], ['head', 1, 2], []],
      [['head', 'x'], [1]],
    ],
    [
      'a map or nothing',
      { type: ['object', 'null'], ...mapOfNumbers },
      [null, {}, { id: 1, x: 2 }],
      [{ x: 'a' }, 'x'],
    ],
    ['what a list contains', { type: 'array', contains: { const: 'ok' } }, [['a', 'ok']], [['a'], []]],
  ])('tells %s', (_what, schema, good, bad) => {
    expect(problemsOf(schema)).toEqual([]);
    for (const body of good) expect([body, accepts(schema, body)]).toEqual([body, true]);
    for (const body of bad) expect([body, accepts(schema, body)]).toEqual([body, false]);
  });

  it.each<[string, object, readonly unknown[]]>([
    ['a key that is required and not described', { type: 'object', required: ['id'] }, [{}]],
    ['the length of a list whose items are not described', { type: 'array', minItems: 1 }, [[]]],
    [
      'a required key with a default',
      { type: 'object', properties: { id: { type: 'string', default: 'x' } }, required: ['id'] },
      [{}],
    ],
  ])('passes over nothing: %s', (_what, schema, bad) => {
    for (const body of bad) expect(accepts(schema, body)).toBe(false);
  });

  it.each<[string, object, string | RegExp]>([
    [
      'a misspelt keyword',
      { ...product, requird: ['name'] },
      /^requird: 'requird' is no keyword that an answer is checked by/,
    ],
    [
      'a keyword without its type',
      { required: ['name'] },
      "required: 'required' says nothing without type: 'object'",
    ],
    [
      'a keyword without its type, deep inside',
      { type: 'object', properties: { a: { type: 'array', items: { minLength: 1 } } } },
      "properties.a.items.minLength: 'minLength' says nothing without type: 'string'",
    ],
    [
      'a keyword of another type',
      { type: 'array', minLength: 1 },
      "minLength: 'minLength' says nothing without type: 'string'",
    ],
    ['an unknown type', { type: 'objct' }, "type: is not what 'type' takes in JSON Schema"],
    [
      'a number in words',
      { type: 'array', minItems: 'two' },
      "minItems: is not what 'minItems' takes in JSON Schema",
    ],
    ['a broken pattern', { type: 'string', pattern: '(' }, /^: cannot be read: /],
    [
      'a schema elsewhere',
      { $ref: 'https://example.com/a.json' },
      "$ref: is not what '$ref' takes in JSON Schema",
    ],
    [
      'a definition that is itself alone',
      { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/a' } } },
      /^: cannot be read: /,
    ],
    ['a reference to nothing', { $ref: '#/$defs/a' }, /^: cannot be read: /],
    ['conditions', { if: { type: 'string' } }, /^if: 'if' is no keyword that an answer is checked by/],
    [
      'a schema that is none',
      { type: 'array', items: 'string' },
      'items: is no JSON Schema: a map is needed',
    ],
  ])('is refused with %s', (_what, schema, message) => {
    const [only, ...more] = problemsOf(schema);
    expect(more).toEqual([]);
    expect(only).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
  });

  it('never fails on a body, whatever it is', () => {
    const reader = readerOf(
      answerSchema().parse({ type: 'object', properties: { a: product }, required: ['a'] }),
    );
    fc.assert(fc.property(fc.jsonValue(), (body) => reader(body) === undefined || true));
  });

  it.each<[string, readonly unknown[]]>([
    ['date', ['2026-05-01', '2026-13-01', '1.5.2026', 5]],
    ['date-time', ['2026-05-01T09:30:00Z', '2026-05-01T09:30:00+02:00', '2026-05-01 09:30']],
    ['duration', ['PT5M', 'P1D', '5 minutes']],
    ['email', ['a@example.com', 'a@', '@example.com']],
    ['ipv4', ['127.0.0.1', '127.0.0', '::1']],
    ['ipv6', ['::1', '127.0.0.1']],
    ['time', ['09:30:00Z', '09:30', '25:00:00Z']],
    ['uri', ['https://example.com/a', 'example.com']],
    ['uuid', ['123e4567-e89b-42d3-a456-426614174000', '123e4567']],
  ])('tells the format %s as zod does', (format, bodies) => {
    const schema = { type: 'string', format };
    const reference = z.fromJSONSchema(z.record(z.string(), z.json()).parse(schema));
    for (const body of bodies)
      expect([body, accepts(schema, body)]).toEqual([body, reference.safeParse(body).success]);
  });

  it('tells whatever body as zod does', () => {
    const inner = { type: 'object', properties: { b: { type: 'integer', minimum: 2 } }, required: ['b'] };
    const schemas = [
      {
        type: 'array',
        items: { type: ['number', 'null'], exclusiveMaximum: 3 },
        uniqueItems: true,
        maxItems: 3,
      },
      {
        type: 'object',
        properties: { a: inner },
        additionalProperties: { type: 'boolean' },
        minProperties: 1,
      },
      { type: 'array', prefixItems: [{ type: 'string', maxLength: 1 }, { const: 1 }], items: inner },
      {
        oneOf: [
          { type: 'number', multipleOf: 2 },
          { type: 'number', minimum: 3 },
        ],
      },
      {
        allOf: [
          { type: 'array', items: true, minItems: 1 },
          { type: 'array', contains: { enum: [1, 'a', null] } },
        ],
      },
    ];
    const references = schemas.map((schema) =>
      z.fromJSONSchema(z.record(z.string(), z.json()).parse(schema)),
    );
    const leaf = fc.oneof(fc.integer({ min: -1, max: 6 }), fc.constantFrom('a', 'ab', null, true, 2.5));
    const body = fc.oneof(
      leaf,
      fc.array(fc.oneof(leaf, fc.dictionary(fc.constantFrom('a', 'b'), leaf)), { maxLength: 4 }),
      fc.dictionary(
        fc.constantFrom('a', 'b', 'c'),
        fc.oneof(leaf, fc.dictionary(fc.constantFrom('b'), leaf)),
      ),
    );
    fc.assert(
      fc.property(body, (one) => {
        for (const [index, schema] of schemas.entries())
          expect([index, accepts(schema, one)]).toEqual([index, references[index]?.safeParse(one).success]);
      }),
      { numRuns: 500 },
    );
  });
});
