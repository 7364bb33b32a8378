import { describe, expect, it } from 'vitest';
import { addLatency, experiment, httpProbe, importing, placeholder, python } from './importing.ts';

type Fields = Readonly<Record<string, readonly unknown[]>>;

const provider = { type: 'python', module: 'somebody.controls', arguments: { a: 1 }, secrets: ['s'] };
const controls = [{ name: 'c', provider, scope: 'before', automatic: false }];

/** The fields of an experiment, each with values that it may have. */
const ofExperiment: Fields = {
  version: ['1.0.0'],
  title: ['A title', `About ${placeholder('x')}`],
  description: ['What it is for'],
  tags: [['a', 'b'], []],
  configuration: [
    {},
    { plain: 'x', number: 3, list: [1], map: { a: 1 } },
    { a: { type: 'env', key: 'A', default: '3', env_var_type: 'int' }, b: { type: 'env', key: 'B' } },
    {
      c: {
        type: 'probe',
        name: 'p',
        provider: { type: 'process', path: 'true', arguments: ['a'], timeout: 1 },
      },
    },
    {
      aws_region: 'eu-west-1',
      k8s_context: 'c',
      toxiproxy_host: 'h',
      vault_addr: 'a',
      api_token: 'abcdefgh',
    },
  ],
  secrets: [
    {},
    {
      group: {
        plain: 'abcdefgh',
        env: { type: 'env', key: 'K' },
        vault: { type: 'vault', path: 'p', key: 'k' },
      },
    },
    { direct: { type: 'env', key: 'K' } },
    { direct: 'abcdefgh' },
  ],
  contributions: [{ reliability: 'high', security: 'none' }, {}],
  controls: [controls, []],
  extensions: [[{ name: 'e', more: { a: [1] } }], []],
  runtime: [
    { hypothesis: { strategy: 'default' }, rollbacks: { strategy: 'default' } },
    { hypothesis: { strategy: 'continuously' }, rollbacks: { strategy: 'always' } },
    { hypothesis: { strategy: 'skip' }, rollbacks: { strategy: 'never' } },
    { hypothesis: { strategy: 'during-method-only' }, rollbacks: { strategy: 'deviated' } },
    {},
  ],
  dry: ['probes', null],
  method: [[], [{ ref: 'products-come' }], [{ ref: 'nobody' }]],
  rollbacks: [[], [{ ref: 'products-come' }], [{ ref: 'nobody' }]],
  'steady-state-hypothesis': [null, {}, { title: 't' }, { title: 't', probes: [], controls }],
};

/** The fields of an activity. */
const ofActivity: Fields = {
  type: ['probe', 'action'],
  name: ['A name', ''],
  background: [true, false],
  pauses: [{ before: 1, after: 90 }, { after: placeholder('x') }, {}],
  timeout: [3],
  controls: [controls],
  dry: ['actions'],
  secrets: [['s']],
  configuration: [{ a: 1 }],
  tolerance: [
    true,
    200,
    'text',
    [200, 201],
    { type: 'regex', pattern: '^2', target: 'status' },
    { type: 'jsonpath', path: '$.a', target: 'body', count: 1, expect: [1] },
    { type: 'range', range: [1, 2], target: 'body' },
    { type: 'probe', name: 'p', provider: { type: 'python', module: 'm', func: 'f', arguments: {} } },
  ],
};

/** The fields of each kind of provider. */
const ofProvider: Readonly<Record<string, Fields>> = {
  http: {
    url: ['https://shop/products?a=1'],
    method: ['POST'],
    headers: [{ Accept: 'text/html', Authorization: 'Bearer abcdefgh' }, {}],
    timeout: [2, [1, 2]],
    arguments: [{ a: 1 }, 'text'],
    verify_tls: [true, false],
    max_retries: [2],
    expected_status: [200],
    secrets: [['s']],
  },
  process: {
    path: ['echo'],
    arguments: [['a', 1], 'a b', { '--a': 'b' }],
    timeout: [1],
    secrets: [['s']],
    configuration: [{ a: 1 }],
  },
  python: {
    module: ['chaosaws.ecs.actions', 'somebody.actions'],
    func: ['stop_task', 'remove_latency'],
    arguments: [{ service: 'shop', more: 1 }, {}, null],
    secrets: [['s']],
    timeout: [1],
  },
};

const providers: Readonly<Record<string, object>> = {
  http: { type: 'http', url: 'https://shop/products' },
  process: { type: 'process', path: 'true' },
  python: addLatency.provider,
};

/** An experiment in which an activity stands in each place that activities have. */
const around = (activity: object): object[] => [
  { 'steady-state-hypothesis': { title: 't', probes: [{ tolerance: 200, ...activity, type: 'probe' }] } },
  { method: [addLatency, { ...activity, type: 'probe' }] },
  { method: [addLatency, { ...activity, type: 'action' }] },
  { method: [{ ...activity, type: 'action' }] },
  { rollbacks: [{ ...activity, type: 'action' }] },
  { rollbacks: [{ ...activity, type: 'probe' }] },
];

const spread = (fields: Fields): [field: string, value: unknown][] =>
  Object.entries(fields).flatMap(([field, values]) =>
    values.map((value): [string, unknown] => [field, value]),
  );

/** The fields of a document that the format is said not to have. */
const unknownIn = (more: object): string[] =>
  importing({ ...experiment(), ...more })
    .fields.filter(({ unknown }) => unknown === true)
    .map(({ path }) => path.join('.'));

describe('every field of Chaos Toolkit is accounted for', () => {
  it.each(Object.entries(ofExperiment))('%s, at the top', (field, values) => {
    for (const value of values) expect(unknownIn({ [field]: value })).toEqual([]);
  });

  it.each(Object.entries(ofActivity))(
    '%s, of activities of all providers and in all places',
    (field, values) => {
      for (const value of values)
        for (const each of Object.values(providers))
          for (const more of around({ name: 'a', provider: each, [field]: value }))
            expect(unknownIn(more)).toEqual([]);
    },
  );

  it.each(
    Object.entries(ofProvider).flatMap(([kind, fields]) =>
      spread(fields).map(([field, value]) => [kind, field, value] as const),
    ),
  )('%s: %s %j, in all places', (kind, field, value) => {
    const each = { ...providers[kind], [field]: value };
    for (const more of around({ name: 'a', provider: each })) expect(unknownIn(more)).toEqual([]);
  });

  it('what is no field of it is named as such, also where it stands among others', () => {
    expect(unknownIn({ colour: 'red' })).toEqual(['colour']);
    const probe = { ...httpProbe(), colour: 'red', provider: { ...httpProbe().provider, taste: 'sweet' } };
    expect(unknownIn({ 'steady-state-hypothesis': { title: 't', probes: [probe], smell: 'good' } })).toEqual([
      'steady-state-hypothesis.probes.0.provider.taste',
      'steady-state-hypothesis.probes.0.colour',
      'steady-state-hypothesis.smell',
    ]);
    const action = {
      ...python('chaosnetwork.actions', 'add_latency', { delay: '1s', target: 'postgres' }),
      colour: 'red',
    };
    expect(unknownIn({ method: [action] })).toEqual(['method.0.colour']);
  });
});
