import fc from 'fast-check';
import { stringify } from 'yaml';
import { any, fields, likely, mostly, rarely, specs, word } from './chaos-specs.ts';

const embedded: Readonly<Record<string, string>> = {
  PodChaos: 'podChaos',
  NetworkChaos: 'networkChaos',
  StressChaos: 'stressChaos',
  IOChaos: 'ioChaos',
  HTTPChaos: 'httpChaos',
  DNSChaos: 'dnsChaos',
  TimeChaos: 'timeChaos',
};

const chaos = fc
  .constantFrom(...Object.keys(specs))
  .chain((kind) => (specs[kind] ?? fc.constant({})).map((spec) => ({ kind, spec })));

const cron = fc.constantFrom(
  '@every 1h',
  '@every 5s',
  '0 2 * * 3',
  '0 0 2 * * MON-FRI',
  '*/5 * * * *',
  '0 0 1 * 1',
  'x',
  '',
);

const schedule = fc
  .record({ chaos, cron, rest: fc.dictionary(word, any, { maxKeys: 1 }) })
  .map(({ chaos: held, cron: at, rest }) => ({
    kind: 'Schedule',
    spec: {
      ...rest,
      schedule: at,
      type: held.kind,
      [embedded[held.kind] ?? '']: held.spec,
      historyLimit: 2,
      concurrencyPolicy: 'Allow',
    },
  }));

const check = fields({
  mode: fc.constantFrom('Synchronous', 'Continuous'),
  type: fc.constant('HTTP'),
  intervalSeconds: mostly(fc.nat()),
  failureThreshold: mostly(fc.nat()),
  timeoutSeconds: mostly(fc.nat()),
  http: fields({
    url: likely('https://checkout.example.com/v1/health', word),
    method: word,
    body: word,
    headers: rarely(fc.dictionary(word, fc.array(word))),
    criteria: fields({ statusCode: likely('200', word) }),
  }),
});

const steps = ['first', 'second', 'third', 'fourth'];
const children = fc.array(likely('second', fc.constantFrom(...steps, 'fifth')), {
  minLength: 1,
  maxLength: 3,
});

const template = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ chaos, deadline: likely('2m', word) }).map(({ chaos: held, deadline }) => ({
      templateType: held.kind,
      deadline,
      [embedded[held.kind] ?? '']: held.spec,
    })),
  },
  { weight: 3, arbitrary: fc.record({ templateType: fc.constant('Suspend'), deadline: likely('1m', word) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      templateType: fc.constant('StatusCheck'),
      statusCheck: check,
      abortWithStatusCheck: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ templateType: fc.constantFrom('Serial', 'Parallel'), children }) },
  { weight: 1, arbitrary: fc.record({ templateType: word, task: any }) },
);

const workflow = fc
  .record({
    type: fc.constantFrom('Serial', 'Serial', 'Parallel'),
    row: fc.subarray(steps, { minLength: 1 }),
    templates: fc.tuple(template, template, template, template),
  })
  .map(({ type, row, templates }) => ({
    kind: 'Workflow',
    spec: {
      entry: 'all',
      templates: [
        { name: 'all', templateType: type, children: row },
        ...templates.map((one, index) => ({ name: steps[index], ...one })),
      ],
    },
  }));

const resource = fc
  .record({
    held: fc.oneof(
      { weight: 6, arbitrary: chaos },
      { weight: 2, arbitrary: schedule },
      { weight: 2, arbitrary: workflow },
      { weight: 1, arbitrary: check.map((spec) => ({ kind: 'StatusCheck', spec })) },
      { weight: 1, arbitrary: fc.record({ kind: word, spec: any }) },
    ),
    apiVersion: likely('chaos-mesh.org/v1alpha1', fc.constant('pingcap.com/v1alpha1')),
    name: likely('pod-failure', any),
    namespace: rarely(word),
    annotations: rarely(fc.constant({ 'experiment.chaos-mesh.org/pause': 'true' })),
    more: fc.oneof(
      { weight: 9, arbitrary: fc.constant({}) },
      { weight: 1, arbitrary: fc.dictionary(word, any, { maxKeys: 2 }) },
    ),
  })
  .map(({ held, apiVersion, name, namespace, annotations, more }) => ({
    ...more,
    apiVersion,
    kind: held.kind,
    metadata: { name, namespace, annotations },
    spec: held.spec,
  }));

/** Files of one manifest or several, right and wrong ones, most of them near to what people write. */
export const manifests: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 4, arbitrary: fc.array(resource, { minLength: 1, maxLength: 1 }) },
    { weight: 1, arbitrary: fc.array(resource, { maxLength: 3 }) },
  )
  .map((documents) => documents.map((one) => stringify(one)).join('---\n'));
