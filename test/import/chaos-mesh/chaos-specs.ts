import fc from 'fast-check';

/** Texts that manifests hold, those that are traps among them. */
export const word = fc.constantFrom(
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
export const any = fc.oneof(
  { weight: 8, arbitrary: word },
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ unit: 'binary' }),
);

export const mostly = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 40, arbitrary }, { weight: 1, arbitrary: any });

/** Fields that are there but for those that are null, and now and then one that nobody knows. */
export const fields = (shape: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<unknown> =>
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

export const likely = <T>(value: T, arbitrary: fc.Arbitrary<unknown> = any): fc.Arbitrary<unknown> =>
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
export const rarely = (arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 25, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
const sometimes = (arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof(fc.constant(null), arbitrary);
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
  value: fc.oneof({ weight: 30, arbitrary: fc.constant('50') }, { weight: 1, arbitrary: word }),
};
const common = {
  ...pods,
  duration: likely('5m', word),
  scheduler: rarely(fc.record({ cron: word })),
  remoteCluster: rarely(word),
  containerNames: rarely(fc.array(word)),
};

export const specs: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  PodChaos: fields({
    ...common,
    action: mostly(fc.constantFrom('pod-kill', 'pod-failure', 'container-kill')),
    gracePeriod: fc.oneof(fc.integer({ min: 0, max: 100_000 }), any),
    containerName: rarely(word),
  }),
  NetworkChaos: fc
    .constantFrom('delay', 'loss', 'partition', 'duplicate', 'corrupt', 'bandwidth', 'netem')
    .chain((action) => {
      const given = (...names: readonly string[]) => (names.includes(action) ? mostly : rarely);
      return fields({
        ...common,
        action: mostly(fc.constant(action)),
        delay: given(
          'delay',
          'netem',
        )(
          fields({
            latency: likely('200ms', word),
            jitter: rarely(word),
            correlation: word,
            reorder: rarely(any),
          }),
        ),
        loss: given('loss')(fields({ loss: likely('25', word), correlation: word })),
        duplicate: given('duplicate')(fields({ duplicate: word })),
        corrupt: given('corrupt')(fields({ corrupt: word })),
        bandwidth: given('bandwidth')(fields({ rate: word, limit: fc.nat(), buffer: word })),
        direction: rarely(fc.constantFrom('to', 'from', 'both')),
        target: sometimes(fields(pods)),
        externalTargets: rarely(fc.array(word, { maxLength: 3 })),
        device: rarely(word),
        targetDevice: rarely(word),
      });
    }),
  StressChaos: fields({
    ...common,
    stressors: fields({
      cpu: fields({
        workers: likely(1),
        load: fc.integer({ min: -5, max: 105 }),
        options: rarely(fc.array(word)),
      }),
      memory: sometimes(fields({ workers: likely(1), size: likely('50%', word) })),
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
