import { describe, expect, it } from 'vitest';
import { definitionIn, fieldAt, importing, placeholder, probing } from './importing.ts';

/** The probe that comes of a tolerance. */
const probeOf = (tolerance: unknown, more: Readonly<Record<string, unknown>> = {}): unknown =>
  definitionIn(importing(probing({ tolerance }, more))).steadyState['products-come'];

const at = 'steady-state-hypothesis.probes.0.tolerance';

/** The outcome and reason of a place in the tolerance. */
function said(tolerance: unknown, place = ''): string {
  const { outcome, why } = fieldAt(importing(probing({ tolerance })), `${at}${place}`);
  return [outcome, why].filter(Boolean).join(': ');
}

const asked = { service: 'shop', path: '/products' };
const fewErrors = { errorRate: { below: '1%' } };

describe('a tolerance of a probe of HTTP', () => {
  it.each<[what: string, tolerance: unknown, http: object, tolerances: object]>([
    ['a status', 204, { expect: { status: 204 } }, {}],
    ['one of several statuses', [200, 301], { expect: { status: [200, 301] } }, {}],
    [
      'a status in a range',
      { type: 'range', target: 'status', range: [200, 202] },
      { expect: { status: [200, 201, 202] } },
      {},
    ],
    [
      'a status like a pattern',
      { type: 'regex', target: 'status', pattern: '^50[02]$' },
      { expect: { status: [500, 502] } },
      {},
    ],
    [
      'a number in a range',
      { type: 'range', target: 'body', range: [0, 5] },
      { numberOf: '$' },
      { value: { above: -0.000001, below: 5.000005 } },
    ],
    [
      'a value at a place',
      { type: 'jsonpath', target: 'body', path: '$.state', expect: 'up' },
      { expect: { body: { '$.state': 'up' } } },
      {},
    ],
    [
      'one value in a list',
      { type: 'jsonpath', target: 'body', path: '$.state', expect: [null] },
      { expect: { body: { '$.state': null } } },
      {},
    ],
    [
      'a place of the whole answer',
      { type: 'jsonpath', path: '$.body.state', expect: true },
      { expect: { body: { '$.state': true } } },
      {},
    ],
    [
      'something at a place',
      { type: 'jsonpath', target: 'body', path: "$.shop['list'][1].name" },
      {
        expect: {
          schema: {
            type: 'object',
            required: ['shop'],
            properties: {
              shop: {
                type: 'object',
                required: ['list'],
                properties: {
                  list: {
                    type: 'array',
                    minItems: 2,
                    prefixItems: [{}, { type: 'object', required: ['name'] }],
                  },
                },
              },
            },
          },
        },
      },
      {},
    ],
    [
      'once at a place',
      { type: 'jsonpath', target: 'body', path: '$.list[0]', count: 1 },
      {
        expect: {
          schema: {
            type: 'object',
            required: ['list'],
            properties: { list: { type: 'array', minItems: 1 } },
          },
        },
      },
      {},
    ],
    ['anything at all', { type: 'jsonpath', target: 'body', path: '$' }, {}, {}],
    [
      'matches of a filter',
      { type: 'jsonpath', target: 'body', path: '$.list[?(@.kind="a=b")]' },
      { countOf: '$.list[?(@.kind=="a=b")]' },
      { count: { atLeast: 1 } },
    ],
    [
      'so many matches',
      { type: 'jsonpath', target: 'body', path: '$.list[*].id', count: 3 },
      { countOf: '$.list[*].id' },
      { count: { atLeast: 3 } },
    ],
    [
      'the statuses that count as good anyway',
      { type: 'range', target: 'status', range: [200, 399] },
      {},
      {},
    ],
  ])('becomes what the language has for %s', (_what, tolerance, http, tolerances) => {
    expect(probeOf(tolerance)).toEqual({
      http: { ...asked, ...http },
      tolerances: { ...fewErrors, ...tolerances },
    });
  });

  it.each<[what: string, tolerance: unknown, why: RegExp, place?: string]>([
    ['true', true, /a map of status, headers and body, which never equals it: write `http.expect`/],
    ['a text', 'OK', /never equals it/],
    ['a fraction', 1.5, /takes no fraction as a tolerance/],
    ['a number that is no status', 7, /no status of HTTP/],
    ['a list without a status', ['a', 7], /none of it is a status/, '.0'],
    [
      'a pattern of the body',
      { type: 'regex', pattern: 'up' },
      /write what must stand at a JSONPath/,
      '.pattern',
    ],
    [
      'a pattern of a status that there is not',
      { type: 'regex', target: 'status', pattern: 'x' },
      /no status of HTTP is like it/,
      '.pattern',
    ],
    [
      'a pattern that is none',
      { type: 'regex', target: 'status', pattern: '(' },
      /no status of HTTP is like it/,
      '.pattern',
    ],
    [
      'a range without two numbers',
      { type: 'range', target: 'body', range: [1, 'a'] },
      /a range is two numbers/,
      '.range.1',
    ],
    [
      'a range the wrong way round',
      { type: 'range', target: 'body', range: [5, 1] },
      /the lesser first/,
      '.range.1',
    ],
    [
      'a range of no status',
      { type: 'range', target: 'status', range: [1, 5] },
      /no status of HTTP lies in it/,
      '.range.0',
    ],
    ['a range of the whole answer', { type: 'range', range: [1, 5] }, /write `http.numberOf`/, '.range.0'],
    ['a path that is none', { type: 'jsonpath', path: '$[' }, /cannot be read as a JSONPath/, '.path'],
    [
      'a path into the headers',
      { type: 'jsonpath', path: '$.headers.etag' },
      /it looks beside the body/,
      '.path',
    ],
    [
      'a path into another part',
      { type: 'jsonpath', target: 'status', path: '$.x' },
      /it looks beside the body/,
      '.target',
    ],
    [
      'a place deep in a list',
      { type: 'jsonpath', target: 'body', path: '$[99]' },
      /no schema of an answer/,
      '.path',
    ],
    [
      'no matches',
      { type: 'jsonpath', target: 'body', path: '$.x', count: 0 },
      /or none is wanted/,
      '.count',
    ],
    [
      'more matches than a place has',
      { type: 'jsonpath', target: 'body', path: '$.x', count: 2 },
      /no answer has so many/,
      '.count',
    ],
    [
      'several values',
      { type: 'jsonpath', target: 'body', path: '$.x', expect: [1, 2] },
      /several values/,
      '.expect.0',
    ],
    [
      'a secret',
      { type: 'jsonpath', target: 'body', path: '$.token', expect: 'abcdef' },
      /looks like a secret/,
      '.expect',
    ],
    ['code', { type: 'probe', provider: { type: 'python' } }, /write a `lambda` probe/, '.provider.type'],
    ['no known type', { type: 'fuzzy', of: 1 }, /no tolerance of this type/, '.of'],
  ])('is refused with what to write for %s', (_what, tolerance, why, place) => {
    expect(said(tolerance, place)).toMatch(/^refused: /);
    expect(said(tolerance, place)).toMatch(why);
    const result = importing(probing({ tolerance }));
    expect(definitionIn(result).steadyState['products-come']).toEqual({ http: asked, tolerances: fewErrors });
    expect(result.decisions.map(({ question }) => question).join('\n')).toMatch(
      /what a good answer (is|has)/,
    );
  });

  it('says what differs where it is nearly the same', () => {
    expect(said([200, 'a'], '.0')).toBe(
      'approximated: what is no status of HTTP is left out: no answer has it',
    );
    expect(said({ type: 'range', target: 'body', range: [0, 5] }, '.range.0')).toMatch(
      /moved by a millionth/,
    );
    expect(said({ type: 'jsonpath', target: 'body', path: '$.l[*]', count: 2 }, '.count')).toMatch(
      /at least so many/,
    );
    expect(said({ type: 'jsonpath', target: 'body', path: '$.l[*]', expect: 2 }, '.expect')).toMatch(
      /here the first/,
    );
    expect(said({ type: 'jsonpath', path: '$.state', expect: 'up' }, '.path')).toMatch(/read as if it had/);
    expect(said({ type: 'jsonpath', target: 'body', path: '$.x', count: 1, expect: 2 }, '.count')).toMatch(
      /^refused: .*beside `expect`/,
    );
  });

  it('has the values of its placeholders put in where Chaos Toolkit does so', () => {
    const document = {
      ...probing({ tolerance: { type: 'regex', target: 'status', pattern: placeholder('good') } }),
      configuration: { good: '^20[0-1]$' },
    };
    expect(definitionIn(importing(document)).steadyState['products-come']).toMatchObject({
      http: { expect: { status: [200, 201] } },
    });
  });
});

describe('a probe without a tolerance', () => {
  it('has the status that it expects for one', () => {
    const result = importing(probing({ tolerance: undefined }, { expected_status: 201 }));
    expect(definitionIn(result).steadyState['products-come']).toMatchObject({
      http: { expect: { status: 201 } },
    });
    const field = fieldAt(result, 'steady-state-hypothesis.probes.0.provider.expected_status');
    expect(field).toMatchObject({ outcome: 'approximated' });
    expect(field.why).toMatch(/does not look at it/);
  });

  it('asks what a good answer is where it says nothing at all, or nothing that can be', () => {
    const asking = (result: ReturnType<typeof importing>) =>
      result.decisions.map(({ question }) => question).join('\n');
    expect(asking(importing(probing({ tolerance: undefined })))).toMatch(/the source has no tolerance/);
    expect(asking(importing(probing({ tolerance: null })))).toMatch(/the source has no tolerance/);
    const wrong = importing(probing({ tolerance: undefined }, { expected_status: 'fine' }));
    expect(fieldAt(wrong, 'steady-state-hypothesis.probes.0.provider.expected_status').outcome).toBe(
      'refused',
    );
  });

  it('does not heed the status that is expected beside a tolerance', () => {
    const result = importing(probing({ tolerance: 200 }, { expected_status: 201 }));
    expect(definitionIn(result).steadyState['products-come']).toMatchObject({
      http: { expect: { status: 200 } },
    });
    expect(fieldAt(result, 'steady-state-hypothesis.probes.0.provider.expected_status').outcome).toBe(
      'refused',
    );
  });
});
