import fc from 'fast-check';
import { stringify } from 'yaml';

/** Texts that manifests hold, those that are traps among them. */
const word = fc.constantFrom(
  'product-service',
  'checkout-service',
  'search-api',
  'reports-0',
  'web',
  'production',
  'shop-staging',
  'search-staging',
  'kube-system',
  '50',
  '100',
  '0',
  '-1',
  '25',
  '12.5',
  '5m',
  '30s',
  '2h45m',
  '900h',
  '1.5ms',
  '0',
  'all',
  'one',
  'to',
  'both',
  'GET',
  'POST',
  '200-299',
  'https://checkout.example.com/v1/health',
  'payments.example.com',
  '@every 1h',
  '0 2 * * 3',
  'eth0',
  '__proto__',
  'a: b # c',
  'line\nbreak \u0085 \ud800',
);
const any = fc.oneof(
  { weight: 8, arbitrary: word },
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ unit: 'binary' }),
);

const mostly = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 40, arbitrary }, { weight: 1, arbitrary: any });

/** Fields that are there but for those that are null, and now and then one that nobody knows. */
const fields = (shape: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<unknown> =>
  mostly(
    fc
      .tuple(
        fc.record(shape),
        fc.oneof(
          { weight: 15, arbitrary: fc.constant({}) },
          { weight: 1, arbitrary: fc.dictionary(word, any, { maxKeys: 1 }) },
        ),
      )
      .map(([known, more]) => ({
        ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null)),
        ...more,
      })),
  );

const likely = <T>(value: T, arbitrary: fc.Arbitrary<unknown> = any): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 20, arbitrary: fc.constant(value) },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary },
  );

const labels = mostly(
  fc.oneof(
    fc.constant({ app: 'product-service' }),
    fc.constant({ app: 'checkout-service', tier: 'web' }),
    fc.constant({ app: 'checkout-service' }),
    fc.constant({ 'app.kubernetes.io/name': 'search-api' }),
    fc.constant({ app: 'product-service', version: '2' }),
    fc.constant({ app: 'payment-gateway' }),
  ),
);
const namespaces = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(['shop-staging'], null) },
  { weight: 1, arbitrary: fc.array(word, { maxLength: 3 }) },
  { weight: 1, arbitrary: any },
);
const rarely = (arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 25, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
const selector = fields({
  namespaces,
  labelSelectors: labels,
  pods: rarely(fc.constantFrom({ 'shop-staging': ['reports-0'] }, { production: ['reports-0'] })),
  nodes: rarely(fc.array(word)),
  annotationSelectors: rarely(fc.dictionary(word, word)),
  expressionSelectors: rarely(
    fc.array(fc.record({ key: word, operator: fc.constantFrom('In', 'Exists'), values: fc.array(word) })),
  ),
});
const pods = {
  selector,
  mode: mostly(fc.constantFrom('one', 'all', 'fixed', 'fixed-percent', 'random-max-percent')),
  value: likely('50', word),
};
const common = {
  ...pods,
  duration: likely('5m', word),
  scheduler: rarely(fc.record({ cron: word })),
  remoteCluster: rarely(word),
  containerNames: rarely(fc.array(word)),
};

const specs: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  PodChaos: fields({
    ...common,
    action: mostly(fc.constantFrom('pod-kill', 'pod-failure', 'container-kill')),
    gracePeriod: fc.oneof(fc.integer({ min: 0, max: 100_000 }), any),
    containerName: rarely(word),
  }),
  NetworkChaos: fields({
    ...common,
    action: mostly(
      fc.constantFrom('delay', 'loss', 'partition', 'duplicate', 'corrupt', 'bandwidth', 'netem'),
    ),
    delay: fields({ latency: likely('200ms', word), jitter: word, correlation: word, reorder: rarely(any) }),
    loss: rarely(fields({ loss: word, correlation: word })),
    bandwidth: rarely(fields({ rate: word, limit: fc.nat(), buffer: word })),
    direction: rarely(fc.constantFrom('to', 'from', 'both')),
    target: rarely(fields(pods)),
    externalTargets: rarely(fc.array(word, { maxLength: 3 })),
    device: rarely(word),
    targetDevice: rarely(word),
  }),
  StressChaos: fields({
    ...common,
    stressors: fields({
      cpu: fields({
        workers: likely(1),
        load: fc.integer({ min: -5, max: 105 }),
        options: rarely(fc.array(word)),
      }),
      memory: rarely(fields({ workers: likely(1), size: likely('50%', word) })),
    }),
    stressngStressors: rarely(word),
  }),
  IOChaos: fields({
    ...common,
    action: mostly(fc.constantFrom('latency', 'fault', 'delay', 'errno', 'mistake')),
    delay: likely('100ms', word),
    errno: likely('5', word),
    volumePath: likely('/data', word),
    percent: likely('50', word),
    mistake: any,
  }),
  HTTPChaos: fields({
    ...common,
    target: likely('Request'),
    port: likely(80),
    abort: likely(true),
    request_headers: rarely(fc.dictionary(word, word)),
    patch: rarely(fields({ headers: fc.array(fc.array(word)) })),
  }),
  DNSChaos: fields({
    ...common,
    action: mostly(fc.constantFrom('error', 'random')),
    patterns: fc.array(word),
    scope: rarely(word),
  }),
  TimeChaos: fields({ ...common, timeOffset: likely('-10m', word), clockIds: fc.array(word) }),
};

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

const step = fc.constantFrom('first', 'second', 'third', 'fourth');

const template = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .record({ name: step, chaos, deadline: likely('2m', word) })
      .map(({ name, chaos: held, deadline }) => ({
        name,
        templateType: held.kind,
        deadline,
        [embedded[held.kind] ?? '']: held.spec,
      })),
  },
  fc.record({ name: step, templateType: fc.constant('Suspend'), deadline: likely('1m', word) }),
  fc.record({
    name: step,
    templateType: fc.constant('StatusCheck'),
    statusCheck: check,
    abortWithStatusCheck: fc.boolean(),
  }),
  fc.record({
    name: step,
    templateType: fc.constantFrom('Serial', 'Parallel'),
    children: fc.array(step, { maxLength: 3 }),
  }),
  fc.record({ name: step, templateType: word, task: any }),
);

const workflow = fc.array(template, { minLength: 1, maxLength: 5 }).chain((templates) =>
  fc.array(step, { minLength: 1, maxLength: 4 }).map((children) => ({
    kind: 'Workflow',
    spec: { entry: 'all', templates: [{ name: 'all', templateType: 'Serial', children }, ...templates] },
  })),
);

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
