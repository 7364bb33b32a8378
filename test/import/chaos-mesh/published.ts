/**
 * Every field of the schema that Chaos Mesh publishes for the kinds that are taken in (its custom resource definitions, read
 * November 2026), and those of 1.x, each with something in it.
 */

const selector = {
  namespaces: ['shop-staging'],
  nodes: ['node-1'],
  pods: { 'shop-staging': ['product-service-0'] },
  nodeSelectors: { disk: 'ssd' },
  fieldSelectors: { 'metadata.name': 'product-service-0' },
  labelSelectors: { app: 'product-service' },
  annotationSelectors: { team: 'shop' },
  podPhaseSelectors: ['Running'],
  expressionSelectors: [{ key: 'tier', operator: 'NotIn', values: ['db', 'cache'] }],
};
const pods = { selector, mode: 'fixed', value: '2' };
const containers = { ...pods, containerNames: ['main'] };
const common = { duration: '5m', remoteCluster: 'other' };
const scheduler = { scheduler: { cron: '0 2 * * 3' } };
const time = { sec: 1, nsec: 2 };

export const publishedSpecs: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  PodChaos: {
    ...common,
    ...scheduler,
    ...containers,
    action: 'pod-kill',
    gracePeriod: 5,
    containerName: 'main',
  },
  NetworkChaos: {
    ...common,
    ...scheduler,
    ...pods,
    action: 'netem',
    direction: 'both',
    target: pods,
    externalTargets: ['payments.example.com', '10.0.0.0/8'],
    device: 'eth0',
    targetDevice: 'eth1',
    delay: {
      latency: '200ms',
      correlation: '25',
      jitter: '10ms',
      reorder: { reorder: '5', correlation: '50', gap: 5 },
    },
    loss: { loss: '25', correlation: '25' },
    duplicate: { duplicate: '40', correlation: '25' },
    corrupt: { corrupt: '40', correlation: '25' },
    bandwidth: { rate: '1mbps', limit: 20971520, buffer: 10000, peakrate: 100, minburst: 5 },
    rate: { rate: '1mbps' },
    nextStart: '2020-01-01T00:00:00Z',
    nextRecover: '2020-01-01T00:00:00Z',
  },
  StressChaos: {
    ...common,
    ...scheduler,
    ...containers,
    containerName: 'main',
    stressors: {
      cpu: { workers: 1, load: 50, options: ['--cpu 1'] },
      memory: { workers: 1, size: '50%', oomScoreAdj: -1000, options: ['--vm-keep'] },
    },
    stressngStressors: '--clone 2',
  },
  IOChaos: {
    ...common,
    ...scheduler,
    ...containers,
    containerName: 'main',
    action: 'latency',
    delay: '100ms',
    errno: 5,
    attr: {
      ino: 1,
      size: 2,
      blocks: 3,
      atime: time,
      mtime: time,
      ctime: time,
      kind: 'directory',
      perm: 72,
      nlink: 4,
      uid: 5,
      gid: 6,
      rdev: 7,
    },
    mistake: { filling: 'zero', maxOccurrences: 1, maxLength: 10 },
    path: '/var/run/**/*',
    methods: ['READ', 'WRITE'],
    percent: 50,
    volumePath: '/var/run',
    layer: 'fs',
    addr: ':65534',
    configName: 'chaosfs',
  },
  HTTPChaos: {
    ...common,
    ...scheduler,
    ...pods,
    target: 'Request',
    port: 80,
    path: '/api/*',
    method: 'GET',
    code: 200,
    request_headers: { Accept: 'text/html' },
    response_headers: { Server: 'shop' },
    abort: true,
    delay: '1s',
    replace: {
      path: '/other',
      method: 'POST',
      code: 404,
      body: 'aGVsbG8=',
      queries: { page: '2' },
      headers: { Accept: 'text/plain' },
    },
    patch: {
      body: { type: 'JSON', value: '{"stock":0}' },
      queries: [['page', '3']],
      headers: [['X-Chaos', 'yes']],
    },
    tls: {
      certificateName: 'tls.crt',
      certificateNamespace: 'shop-staging',
      privateKeyName: 'tls.key',
      caName: 'ca.crt',
      secretName: 'shop-tls',
      secretNamespace: 'shop-staging',
    },
  },
  DNSChaos: {
    ...common,
    ...scheduler,
    ...containers,
    action: 'error',
    patterns: ['payments.*'],
    scope: 'all',
  },
  TimeChaos: { ...common, ...scheduler, ...containers, timeOffset: '-10m', clockIds: ['CLOCK_REALTIME'] },
};

const metadata = {
  name: 'everything',
  generateName: 'every-',
  namespace: 'shop-staging',
  labels: { team: 'shop' },
  annotations: { 'experiment.chaos-mesh.org/pause': 'true', note: 'of the team' },
  selfLink: '/apis/x',
  uid: '8e5f',
  resourceVersion: '12',
  generation: 1,
  creationTimestamp: '2020-01-01T00:00:00Z',
  deletionTimestamp: '2020-01-01T00:00:00Z',
  deletionGracePeriodSeconds: 0,
  clusterName: 'staging',
  finalizers: ['chaos-mesh/records'],
  ownerReferences: [{ kind: 'Schedule', name: 'x', uid: 'y', apiVersion: 'z', controller: true }],
  managedFields: [{ manager: 'kubectl', fieldsV1: { 'f:spec': {} } }],
};

const status = {
  conditions: [{ type: 'Selected', status: 'True', reason: '' }],
  experiment: {
    desiredPhase: 'Run',
    containerRecords: [
      {
        id: 'shop-staging/product-service-0',
        phase: 'Injected',
        selectorKey: '.',
        injectedCount: 1,
        recoveredCount: 0,
        events: [{ type: 'Succeeded', operation: 'Apply', timestamp: '2020-01-01T00:00:00Z', message: 'm' }],
      },
    ],
  },
  instances: { 'shop-staging/product-service-0': 1 },
  failedMessage: 'none',
};

/** A whole resource of a kind. */
export const resource = (kind: string, spec: unknown, apiVersion = 'chaos-mesh.org/v1alpha1') => ({
  apiVersion,
  kind,
  metadata,
  spec,
  status,
});

const held = Object.fromEntries(
  Object.entries(publishedSpecs).map(([kind, spec]) => [
    kind.replace(/^[A-Z]+(?=[A-Z])|^[A-Z]/, (start) => start.toLowerCase()),
    spec,
  ]),
);

/** What a schedule and a step of a workflow may hold beside what is taken in. */
const others = {
  awsChaos: { action: 'ec2-stop' },
  azureChaos: { action: 'vm-stop' },
  blockChaos: { action: 'delay' },
  gcpChaos: { action: 'node-stop' },
  jvmChaos: { action: 'exception' },
  kernelChaos: { failKernRequest: { failtype: 0 } },
  physicalmachineChaos: { action: 'stress-cpu' },
};

const timing = {
  schedule: '0 2 * * 3',
  startingDeadlineSeconds: 60,
  concurrencyPolicy: 'Allow',
  historyLimit: 2,
  type: 'PodChaos',
};

export const statusCheckSpec = {
  mode: 'Continuous',
  type: 'HTTP',
  duration: '10m',
  timeoutSeconds: 2,
  intervalSeconds: 10,
  failureThreshold: 3,
  successThreshold: 1,
  recordsHistoryLimit: 100,
  http: {
    url: 'https://checkout.example.com/v1/health',
    method: 'POST',
    headers: { Accept: ['text/html', 'text/plain'] },
    body: 'ping',
    criteria: { statusCode: '200-204' },
  },
};

const task = {
  container: { name: 'main', image: 'busybox', command: ['echo'] },
  volumes: [{ name: 'v', emptyDir: {} }],
  terminationGracePeriodSeconds: 1,
  serviceAccountName: 'x',
};

const workflow = {
  entry: 'all',
  templates: [
    { name: 'all', templateType: 'Serial', deadline: '1h', children: ['kill', 'wait', 'look'] },
    { name: 'kill', templateType: 'PodChaos', deadline: '2m', ...held, ...others },
    { name: 'wait', templateType: 'Suspend', deadline: '1m' },
    { name: 'look', templateType: 'StatusCheck', statusCheck: statusCheckSpec, abortWithStatusCheck: true },
    {
      name: 'run',
      templateType: 'Task',
      task,
      conditionalBranches: [{ target: 'kill', expression: 'exitCode == 0' }],
    },
    { name: 'often', templateType: 'Schedule', schedule: { ...timing, ...held, ...others } },
  ],
};

/** Every kind with every field. */
export const publishedResources: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries(Object.entries(publishedSpecs).map(([kind, spec]) => [kind, resource(kind, spec)])),
  Schedule: resource('Schedule', { ...timing, ...held, ...others, workflow }),
  Workflow: resource('Workflow', workflow),
  StatusCheck: resource('StatusCheck', statusCheckSpec),
};
