import fc from 'fast-check';
import { placeholder } from './importing.ts';

/** Texts that stand for something in experiments, among any others. */
const text = fc.oneof(
  fc.constantFrom(
    '',
    'shop',
    'database',
    'postgres',
    '500ms',
    'OK',
    placeholder('base_url'),
    placeholder('token'),
    `${placeholder('nobody')} and ${placeholder('base_url')}`,
    '$$5',
    '__proto__',
    'constructor',
    '$.body.products',
    '$.readAt',
    '$[?(@.a="b")]',
    '^2..$',
    'Bearer abcdefghijkl',
    'a\nb',
  ),
  fc.string({ maxLength: 12 }),
);

const scalar = fc.oneof(
  text,
  fc.integer({ min: -10, max: 700 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);

const anything = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.dictionary(text, scalar, { maxKeys: 3 }) },
);

const some = (model: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> =>
  fc.record(model, { requiredKeys: [] });

const url = fc.oneof(
  fc.constantFrom(
    'https://api.example.com/products',
    'http://user:passw0rd@shop:8080/products?token=abcdef&page=2#top',
    `${placeholder('base_url')}/products`,
    `http://${placeholder('host')}:8080/a b`,
    '/products',
    'ftp://shop/x',
    'https://hooks.example.com/services/T0AB12CD3/abc123def456ghi789jkl012',
  ),
  text,
);

const tolerance = fc.oneof(
  fc.constantFrom<unknown>(200, 204, true, 3.5, '200', [200, 301], [0, 5], null),
  some({
    type: fc.constantFrom('regex', 'jsonpath', 'range', 'probe', 'other'),
    pattern: text,
    path: text,
    target: fc.oneof(fc.constantFrom('status', 'body', 'headers'), text),
    range: fc.oneof(fc.tuple(scalar, scalar), fc.constantFrom([0, 10], ['1', 2.5], [200, 399])),
    count: fc.oneof(fc.constantFrom(0, 1, 3), scalar),
    expect: anything,
    provider: anything,
  }),
  anything,
);

const headers = fc.oneof(
  fc.dictionary(fc.oneof(fc.constantFrom('Authorization', 'Host', 'Content-Type', 'X-Tenant'), text), text, {
    maxKeys: 3,
  }),
  anything,
);

const http = some({
  type: fc.constant('http'),
  url,
  method: fc.oneof(fc.constantFrom('GET', 'post', 'DELETE', 'TRACE'), text),
  headers,
  arguments: anything,
  timeout: fc.oneof(fc.constantFrom<unknown>(2, 0.5, [1, 2], '3'), anything),
  expected_status: fc.oneof(fc.constantFrom(200, 999), scalar),
  verify_tls: anything,
  max_retries: anything,
  secrets: anything,
});

const process = some({ type: fc.constant('process'), path: text, arguments: anything, timeout: anything });

/** Functions that drivers have, with the arguments that any of them knows. */
const functions = [
  ['chaosnetwork.actions', 'add_latency'],
  ['chaosnetwork.actions', 'remove_latency'],
  ['chaosnetwork.actions', 'add_packet_loss'],
  ['chaosaws.ecs.actions', 'stop_random_tasks'],
  ['chaosaws.ecs.actions', 'delete_cluster'],
  ['chaosaws.ec2.actions', 'stop_instances'],
  ['chaosaws.ec2.actions', 'start_instances'],
  ['chaosaws.asg.actions', 'terminate_random_instances'],
  ['chaosaws.rds.actions', 'reboot_db_instance'],
  ['chaosaws.awslambda.actions', 'put_function_concurrency'],
  ['chaosaws.elasticache.actions', 'test_failover'],
  ['chaosaws.fis.actions', 'start_experiment'],
  ['chaosaws.cloudwatch.probes', 'get_alarm_state_value'],
  ['chaosaws.cloudwatch.probes', 'get_metric_statistics'],
  ['chaosaws.ecs.probes', 'are_all_desired_tasks_running'],
  ['chaosk8s.pod.actions', 'terminate_pods'],
  ['chaosk8s.chaosmesh.network.actions', 'add_latency'],
  ['chaosk8s.chaosmesh.network.actions', 'set_loss'],
  ['chaostoxi.toxic.actions', 'create_toxic'],
  ['chaostoxi.toxic.actions', 'create_latency_toxic'],
  ['chaostoxi.toxic.actions', 'delete_toxic'],
  ['chaostoxi.proxy.actions', 'disable_proxy'],
  ['somebody.actions', 'break_it'],
] as const;

const given = some({
  delay: fc.oneof(fc.constantFrom<unknown>('500ms', 200, '2 s', '0ms'), anything),
  target: fc.oneof(fc.constantFrom('postgres', 'database', 'nobody'), anything),
  service: fc.oneof(fc.constantFrom('shop', 'nobody'), anything),
  cluster: anything,
  task_percent: fc.oneof(fc.constantFrom(50, 0.5), anything),
  task_count: anything,
  loss: fc.oneof(fc.constantFrom<unknown>('25', 10), anything),
  concurrent_executions: fc.oneof(fc.constantFrom(0, 5), anything),
  force_failover: anything,
  label_selector: fc.oneof(fc.constantFrom('app=shop'), anything),
  label_selectors: anything,
  mode: fc.oneof(fc.constantFrom('percentage', 'fixed', 'all', 'fixed-percent'), anything),
  mode_value: anything,
  qty: fc.oneof(fc.constantFrom(1, 50), anything),
  grace_period: fc.oneof(fc.constantFrom(0, 30), anything),
  ns: anything,
  latency: fc.oneof(fc.constantFrom<unknown>('100ms', 300), anything),
  for_proxy: fc.oneof(fc.constantFrom('postgres_proxy', 'nobody'), anything),
  proxy_name: fc.oneof(fc.constantFrom('postgres_proxy', 'nobody'), anything),
  toxic_type: fc.oneof(fc.constantFrom('latency', 'timeout', 'slicer'), anything),
  toxicity: fc.oneof(fc.constantFrom(0.5, 1), anything),
  attributes: fc.oneof(fc.constantFrom({ latency: 100 }), anything),
  az: anything,
  alarm_name: anything,
  metric_name: anything,
});

const python = fc
  .tuple(
    fc.constantFrom(...functions),
    fc.oneof(given, anything),
    some({ secrets: anything, timeout: anything }),
  )
  .map(([[module, func], args, rest]) => ({ type: 'python', module, func, arguments: args, ...rest }));

const provider = fc.oneof(http, process, python, python, anything);

const slow = {
  type: 'action',
  name: 'slow',
  provider: {
    type: 'python',
    module: 'chaosnetwork.actions',
    func: 'add_latency',
    arguments: { delay: '500ms', target: 'postgres' },
  },
};

const activity = fc.oneof(
  { weight: 3, arbitrary: fc.constant(slow) },
  {
    weight: 8,
    arbitrary: fc.record(
      {
        type: fc.oneof(fc.constantFrom('action', 'probe'), text),
        name: text,
        provider,
        tolerance,
        pauses: fc.oneof(
          some({
            before: scalar,
            after: fc.oneof(fc.constantFrom<unknown>(30, 300, placeholder('wait')), scalar),
          }),
          anything,
        ),
        background: anything,
        timeout: anything,
        controls: anything,
        dry: anything,
      },
      { requiredKeys: ['type', 'name', 'provider'] },
    ),
  },
  { weight: 1, arbitrary: fc.record({ ref: text }) },
  { weight: 1, arbitrary: anything },
);

const variables = fc.oneof(
  fc.dictionary(
    fc.oneof(fc.constantFrom('base_url', 'host', 'token', 'wait'), text),
    fc.oneof(
      scalar,
      some({
        type: fc.constantFrom('env', 'probe', 'vault'),
        key: text,
        default: scalar,
        env_var_type: fc.constantFrom('int', 'bool', 'str'),
      }),
    ),
    { maxKeys: 3 },
  ),
  anything,
);

/** Experiments as people write them, with anything in places. */
export const documents = some({
  version: fc.oneof(fc.constant('1.0.0'), anything),
  title: text,
  description: text,
  tags: fc.oneof(fc.array(text, { maxLength: 3 }), anything),
  configuration: variables,
  secrets: fc.oneof(fc.dictionary(text, variables, { maxKeys: 2 }), anything),
  contributions: anything,
  controls: anything,
  extensions: anything,
  runtime: fc.oneof(
    some({
      hypothesis: some({ strategy: fc.constantFrom('default', 'continuously', 'skip') }),
      rollbacks: some({ strategy: fc.constantFrom('always', 'never', 'deviated') }),
    }),
    anything,
  ),
  dry: anything,
  'steady-state-hypothesis': fc.oneof(
    some({ title: text, probes: fc.array(activity, { maxLength: 3 }), controls: anything }),
    anything,
  ),
  method: fc.oneof(fc.array(activity, { maxLength: 4 }), anything),
  rollbacks: fc.oneof(fc.array(activity, { maxLength: 3 }), anything),
});

/** A value in which something, however deep, is another thing. */
function changed(value: unknown, at: readonly number[], into: unknown): unknown {
  const [first, ...rest] = at;
  if (first === undefined || typeof value !== 'object' || value === null) return into;
  const entries: [string, unknown][] = Object.entries(value);
  if (entries.length === 0) return into;
  const index = first % entries.length;
  const inner = entries.map(([key, one], place): [string, unknown] => [
    key,
    place === index ? changed(one, rest, into) : one,
  ]);
  return Array.isArray(value) ? inner.map(([, one]) => one) : Object.fromEntries(inner);
}

/** Experiments in which up to three things are replaced by anything. */
export const mutated = fc
  .tuple(
    documents,
    fc.array(fc.tuple(fc.array(fc.nat({ max: 50 }), { minLength: 1, maxLength: 6 }), anything), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([document, changes]) =>
    changes.reduce<unknown>((before, [at, into]) => changed(before, at, into), document),
  );
