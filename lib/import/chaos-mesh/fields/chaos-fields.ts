import type { FieldTree } from './field-tree.ts';

/**
 * The fields of what Chaos Mesh injects into pods: the published schema of 2.x (its custom resource definitions, read November
 * 2026 at 2.8), and what 1.x had besides.
 */

const selector = {
  namespaces: ['text'],
  nodes: ['text'],
  pods: 'map',
  nodeSelectors: 'map',
  fieldSelectors: 'map',
  labelSelectors: 'map',
  annotationSelectors: 'map',
  podPhaseSelectors: ['text'],
  expressionSelectors: [{ key: 'text', operator: 'text', values: ['text'] }],
} as const satisfies FieldTree;

const pods = { selector, mode: 'text', value: 'text' } as const satisfies FieldTree;

const containers = { ...pods, containerNames: ['text'] } as const satisfies FieldTree;

/** What every one has: how long it lasts, and since 2.6 in which other cluster. */
const common = { duration: 'text', remoteCluster: 'text' } as const satisfies FieldTree;

/** What 1.x had in every one. */
const before2 = { scheduler: { cron: 'text' } } as const satisfies FieldTree;

const podChaos: FieldTree = {
  ...common,
  ...before2,
  ...containers,
  action: 'text',
  gracePeriod: 'number',
  containerName: 'text',
};

const networkChaos: FieldTree = {
  ...common,
  ...before2,
  ...pods,
  action: 'text',
  direction: 'text',
  target: pods,
  externalTargets: ['text'],
  device: 'text',
  targetDevice: 'text',
  delay: {
    latency: 'text',
    correlation: 'text',
    jitter: 'text',
    reorder: { reorder: 'text', correlation: 'text', gap: 'number' },
  },
  loss: { loss: 'text', correlation: 'text' },
  duplicate: { duplicate: 'text', correlation: 'text' },
  corrupt: { corrupt: 'text', correlation: 'text' },
  bandwidth: { rate: 'text', limit: 'number', buffer: 'number', peakrate: 'number', minburst: 'number' },
  rate: { rate: 'text' },
  // Of 1.0: when it was to begin and end next.
  nextStart: 'text',
  nextRecover: 'text',
};

const stressor = { workers: 'number', options: ['text'] } as const satisfies FieldTree;

const stressChaos: FieldTree = {
  ...common,
  ...before2,
  ...containers,
  containerName: 'text',
  stressors: {
    cpu: { ...stressor, load: 'number' },
    memory: { ...stressor, size: 'text', oomScoreAdj: 'number' },
  },
  stressngStressors: 'text',
};

const time = { sec: 'number', nsec: 'number' } as const satisfies FieldTree;

const ioChaos: FieldTree = {
  ...common,
  ...before2,
  ...containers,
  containerName: 'text',
  action: 'text',
  delay: 'text',
  errno: 'number',
  attr: {
    ino: 'number',
    size: 'number',
    blocks: 'number',
    atime: time,
    mtime: time,
    ctime: time,
    kind: 'text',
    perm: 'number',
    nlink: 'number',
    uid: 'number',
    gid: 'number',
    rdev: 'number',
  },
  mistake: { filling: 'text', maxOccurrences: 'number', maxLength: 'number' },
  path: 'text',
  methods: ['text'],
  percent: 'number',
  volumePath: 'text',
  // Of 1.0, which put a sidecar beside the process.
  layer: 'text',
  addr: 'text',
  configName: 'text',
};

const httpChaos: FieldTree = {
  ...common,
  ...before2,
  ...pods,
  target: 'text',
  port: 'number',
  path: 'text',
  method: 'text',
  code: 'number',
  request_headers: 'map',
  response_headers: 'map',
  abort: 'flag',
  delay: 'text',
  replace: { path: 'text', method: 'text', code: 'number', body: 'text', queries: 'map', headers: 'map' },
  patch: { body: { type: 'text', value: 'text' }, queries: [['text']], headers: [['text']] },
  tls: {
    certificateName: 'text',
    certificateNamespace: 'text',
    privateKeyName: 'text',
    caName: 'text',
    secretName: 'text',
    secretNamespace: 'text',
  },
};

const dnsChaos: FieldTree = {
  ...common,
  ...before2,
  ...containers,
  action: 'text',
  patterns: ['text'],
  // Of 1.x: whether names within the cluster, outside it or all of them fail.
  scope: 'text',
};

const timeChaos: FieldTree = {
  ...common,
  ...before2,
  ...containers,
  timeOffset: 'text',
  clockIds: ['text'],
};

/** The kinds that are taken in, with the fields of their `spec`. */
export const chaosFields = {
  PodChaos: podChaos,
  NetworkChaos: networkChaos,
  StressChaos: stressChaos,
  IOChaos: ioChaos,
  HTTPChaos: httpChaos,
  DNSChaos: dnsChaos,
  TimeChaos: timeChaos,
} as const satisfies Readonly<Record<string, FieldTree>>;

export type ChaosKind = keyof typeof chaosFields;

/** What 1.x called kinds that 2.x calls otherwise. */
const olderNames: Readonly<Record<string, ChaosKind>> = { IoChaos: 'IOChaos', HttpChaos: 'HTTPChaos' };

/** The kind that a text names, also as 1.x called it; undefined where it is none that is taken in. */
export function chaosKindOf(text: unknown): ChaosKind | undefined {
  if (typeof text !== 'string') return undefined;
  if (Object.hasOwn(olderNames, text)) return olderNames[text];
  return isChaosKind(text) ? text : undefined;
}

const isChaosKind = (text: string): text is ChaosKind => Object.hasOwn(chaosFields, text);

/** The key under which a schedule or a step of a workflow holds each kind. */
export const embeddedKey: Readonly<Record<ChaosKind, string>> = {
  PodChaos: 'podChaos',
  NetworkChaos: 'networkChaos',
  StressChaos: 'stressChaos',
  IOChaos: 'ioChaos',
  HTTPChaos: 'httpChaos',
  DNSChaos: 'dnsChaos',
  TimeChaos: 'timeChaos',
};
