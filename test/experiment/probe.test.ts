import { describe, expect, it } from 'vitest';
import { probeSchema } from '../../lib/experiment/probe.ts';
import { changed, told } from '../definitions/told.ts';
import { matching } from '../fakes/matching.ts';
import { slowDatabase } from '../plan/examples.ts';

const at = 'steadyState.products';
const http = { service: 'shop', path: '/products' };
const tolerances = { p95: { below: '250ms' } };

const toldOf = (probe: unknown) =>
  told('experiment', changed(slowDatabase, ['steadyState', 'products'], probe));

describe('a probe', () => {
  it.each([
    { http, tolerances },
    {
      http: { ...http, ageOf: '$.readAt' },
      rate: '5/s',
      timeout: '1s',
      tolerances: { age: { below: '5s' } },
    },
    { http: { ...http, ageOf: { header: 'last-modified' } }, tolerances: { age: { below: '5s' } } },
    { http: { ...http, growthOf: '$.n' }, tolerances: { age: { below: '5s' } } },
    { http: { ...http, numberOf: '$.n' }, tolerances: { value: { above: 1, below: 5 } } },
    { http: { ...http, countOf: '$.items[*]' }, tolerances: { count: { atLeast: 1 } } },
    { http: { ...http, method: 'POST', body: '{}', headers: { 'x-key': { secret: 'apiKey' } } }, tolerances },
    {
      http: { ...http, expect: { status: [200, 404], headers: { a: 'b' }, body: { '$.ok': true } } },
      tolerances,
    },
    {
      http: {
        ...http,
        behind: { at: '$.revision', source: { service: 'store', path: '/', numberOf: '$.newest' } },
      },
      tolerances: { value: { below: 5 } },
    },
    {
      http: { ...http, behind: { at: { header: 'x-revision' }, source: { metric: 'revision' } } },
      tolerances: { value: { below: 5 } },
    },
    { http: { ...http, expect: { schema: { type: 'array', minItems: 1 } } }, tolerances },
    {
      http: {
        ...http,
        tls: {
          ca: { secret: 'ca' },
          serverName: 'shop.internal',
          certificate: { secret: 'crt' },
          key: { secret: 'key' },
        },
      },
      tolerances,
    },
    { metric: 'errors', every: '30s', delay: '0s', tolerances: { value: { below: 1 } } },
    { alarm: 'shopErrors' },
    { alarm: 'shopErrors', every: '30s', tolerances: { value: { below: 1, missedFor: '1m' } } },
    { ecsService: { service: 'shop', shareOf: 'running' }, tolerances: { value: { above: 0.5 } } },
    {
      ecsService: { service: 'shop', numberOf: 'deployments' },
      every: '1m',
      tolerances: { value: { below: 1 } },
    },
    { lambda: { function: 'look' }, tolerances: { errorRate: { below: '1%' } } },
    {
      lambda: { function: 'look', payload: { queue: ['orders', null] } },
      every: '5s',
      timeout: '3s',
      tolerances: { p95: { below: '1s' }, age: { below: '1m' } },
    },
  ])('is accepted: %j', (probe) => {
    expect(toldOf(probe)).toEqual([]);
  });

  it.each<[string, unknown, string | RegExp]>([
    [
      'none of the kinds',
      { tolerances },
      `${at}: its keys (tolerances) do not say which kind it is (known here: http, rate, timeout, control, tolerances, metric, every, delay, alarm, ecsService, lambda)`,
    ],
    [
      'two kinds at once',
      { http, metric: 'm', tolerances },
      `${at}.metric: 'metric' does not go with the other keys here (keep one kind of them)`,
    ],
    [
      'a misspelt kind',
      { htpp: http, tolerances },
      `${at}.htpp: there is no key 'htpp' here (did you mean 'http'?)`,
    ],
    ['no tolerances', { http }, `${at}.tolerances: is missing: a map is needed`],
    ['no tolerance', { http, tolerances: {} }, /a probe without a tolerance judges nothing/],
    [
      'a path without a slash',
      { http: { service: 'shop', path: 'products' }, tolerances },
      `${at}.http.path: 'products' is no path: begin it with '/'`,
    ],
    [
      'a place to ask from that is none',
      { http: { ...http, from: 'insde' }, tolerances },
      `${at}.http.from: 'insde' is none of inside (did you mean 'inside'?)`,
    ],
    [
      'an unknown method',
      { http: { ...http, method: 'get' }, tolerances },
      /^steadyState.products.http.method: 'get' is none of GET, HEAD/,
    ],
    [
      'a body that is not sent',
      { http: { ...http, body: '{}' }, tolerances },
      `${at}.http.body: GET and HEAD carry no body: write method: 'POST', or leave the body out`,
    ],
    [
      'two values',
      { http: { ...http, ageOf: '$.a', countOf: '$.b' }, tolerances },
      /a probe extracts one value: keep one of/,
    ],
    [
      'a place that is no JSONPath',
      { http: { ...http, ageOf: 'readAt' }, tolerances },
      `${at}.http.ageOf: a JSONPath begins with '$', such as '$.readAt'`,
    ],
    [
      'a header with a blank in its name',
      { http: { ...http, headers: { 'x key': 'a' } }, tolerances },
      /http\.headers\.x key: 'x key' is no name of a header$/,
    ],
    [
      'a header with a line break',
      { http: { ...http, headers: { a: 'b\nc' } }, tolerances },
      /http\.headers\.a: a header cannot carry line breaks/,
    ],
    [
      'a misspelt secret',
      { http: { ...http, headers: { a: { secert: 'k' } } }, tolerances },
      `${at}.http.headers.a.secert: there is no key 'secert' here (did you mean 'secret'?)`,
    ],
    [
      'a header that is a number',
      { http: { ...http, headers: { a: 5 } }, tolerances },
      `${at}.http.headers.a: 5 is not a text or a map`,
    ],
    [
      'an impossible status',
      { http: { ...http, expect: { status: 999 } }, tolerances },
      /http\.expect\.status/,
    ],
    ['a time-out of nothing', { http, timeout: '0s', tolerances }, /'0s' is no duration above 0/],
    [
      'a metric read without pause',
      { metric: 'm', every: '0s', tolerances: { value: { below: 1 } } },
      /'0s' is no duration above 0/,
    ],
    [
      'latency of a metric',
      { metric: 'm', tolerances },
      `${at}.tolerances.p95: a metric has a value (or an age in seconds) only: use 'value' in place of 'p95'`,
    ],
    [
      'a source of two kinds',
      {
        http: { ...http, behind: { at: '$.n', source: { ...http, numberOf: '$.n', metric: 'n' } } },
        tolerances,
      },
      `${at}.http.behind.source.metric: 'metric' does not go with the other keys here (keep one kind of them)`,
    ],
    [
      'a schema with a misspelt keyword',
      { http: { ...http, expect: { schema: { type: 'object', requird: ['a'] } } }, tolerances },
      /^steadyState\.products\.http\.expect\.schema\.requird: 'requird' is no keyword that an answer is checked by/,
    ],
    [
      'certificates that nobody vouches for',
      { http: { ...http, tls: { rejectUnauthorized: false } }, tolerances },
      /^steadyState\.products\.http\.tls\.rejectUnauthorized: there is no key 'rejectUnauthorized' here/,
    ],
    [
      'a certificate without its key',
      { http: { ...http, tls: { certificate: { secret: 'crt' } } }, tolerances },
      `${at}.http.tls: a certificate and its key go together: give both 'certificate' and 'key'`,
    ],
    [
      'a server that is no host',
      { http: { ...http, tls: { serverName: 'https://shop' } }, tolerances },
      `${at}.http.tls.serverName: 'https://shop' is no name of a host`,
    ],
    [
      'latency of an alarm',
      { alarm: 'a', tolerances },
      `${at}.tolerances.p95: an alarm has a value, 0 or 1, only: use 'value' in place of 'p95'`,
    ],
    [
      'a delay of an alarm',
      { alarm: 'a', delay: '1m' },
      `${at}.delay: 'delay' does not go with the other keys here (keep one kind of them)`,
    ],
    [
      'an ECS service without a figure',
      { ecsService: { service: 'shop' }, tolerances: { value: { above: 1 } } },
      `${at}.ecsService: say either 'shareOf' or 'numberOf'`,
    ],
    [
      'two figures of an ECS service',
      {
        ecsService: { service: 'shop', shareOf: 'running', numberOf: 'running' },
        tolerances: { value: { above: 1 } },
      },
      `${at}.ecsService: say either 'shareOf' or 'numberOf'`,
    ],
    [
      'a share of what is none',
      { ecsService: { service: 'shop', shareOf: 'runing' }, tolerances: { value: { above: 1 } } },
      `${at}.ecsService.shareOf: 'runing' is none of running, healthy (did you mean 'running'?)`,
    ],
    [
      'an ECS service that nothing is asked of',
      { ecsService: { service: 'shop', shareOf: 'running' } },
      `${at}.tolerances: is missing: a map is needed`,
    ],
    [
      'an age of an ECS service',
      { ecsService: { service: 'shop', shareOf: 'running' }, tolerances: { age: { below: '1s' } } },
      `${at}.tolerances.age: an ECS service has a value only: use 'value' in place of 'age'`,
    ],
    [
      'a misspelt function',
      { lambda: { functon: 'look' }, tolerances },
      `${at}.lambda.functon: there is no key 'functon' here (did you mean 'function'?)`,
    ],
    [
      'age of nothing',
      { http, tolerances: { age: { below: '1s' } } },
      `${at}.tolerances.age: nothing to compare with: add http.ageOf or http.growthOf`,
    ],
    [
      'a count of nothing',
      { http, tolerances: { count: { atLeast: 1 } } },
      /nothing to compare with: add http\.countOf/,
    ],
    [
      'a limit that nothing keeps',
      { http, tolerances: { errorRate: { below: '0%' } } },
      `${at}.tolerances.errorRate.below: nothing is below 0%: allow a small share, such as 0.1%`,
    ],
    [
      'latency below nothing',
      { http, tolerances: { p95: { below: '0ms' } } },
      /'0ms' is no duration above 0/,
    ],
    [
      'an empty range',
      { metric: 'm', tolerances: { value: { above: 5, below: 5 } } },
      /nothing lies between them/,
    ],
    ['a range without ends', { metric: 'm', tolerances: { value: {} } }, /say 'below', 'above' or both/],
    [
      'a misspelt tolerance',
      { http, tolerances: { errorrate: { below: '1%' } } },
      /did you mean 'errorRate'/,
    ],
  ])('is refused with %s', (_what, probe, message) => {
    expect(toldOf(probe)).toEqual([typeof message === 'string' ? message : matching(message)]);
  });
});

describe('an alarm without a tolerance', () => {
  it('must be OK', () => {
    expect(probeSchema.parse({ alarm: 'shopErrors' }).tolerances).toEqual({ value: { below: 1 } });
  });
});
