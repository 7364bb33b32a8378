import { chaosFields, embeddedKey } from './chaos-fields.ts';
import type { FieldNode, FieldTree } from './field-tree.ts';

/** What stands around the fault itself: what Kubernetes keeps of every resource, schedules, workflows and status checks. */

/** Kubernetes' own, of every resource (its API reference, ObjectMeta). */
const metadata = {
  name: 'text',
  generateName: 'text',
  namespace: 'text',
  labels: 'map',
  annotations: 'map',
  selfLink: 'text',
  uid: 'number',
  resourceVersion: 'text',
  generation: 'number',
  creationTimestamp: 'text',
  deletionTimestamp: 'text',
  deletionGracePeriodSeconds: 'number',
  clusterName: 'text',
  finalizers: ['text'],
  ownerReferences: 'anything',
  managedFields: 'anything',
} as const satisfies FieldTree;

/** The fields of a whole resource with the given `spec`. */
export const resourceFields = (spec: FieldNode): FieldTree => ({
  apiVersion: 'text',
  kind: 'text',
  metadata,
  spec,
  status: 'anything',
});

/** Kinds that a schedule or a step may hold and that reach beyond the pods of a namespace, or that Steadfast does not take in. */
const otherEmbedded: FieldTree = {
  awsChaos: 'anything',
  azureChaos: 'anything',
  blockChaos: 'anything',
  gcpChaos: 'anything',
  jvmChaos: 'anything',
  kernelChaos: 'anything',
  physicalmachineChaos: 'anything',
};

const embedded: FieldTree = {
  ...otherEmbedded,
  [embeddedKey.PodChaos]: chaosFields.PodChaos,
  [embeddedKey.NetworkChaos]: chaosFields.NetworkChaos,
  [embeddedKey.StressChaos]: chaosFields.StressChaos,
  [embeddedKey.IOChaos]: chaosFields.IOChaos,
  [embeddedKey.HTTPChaos]: chaosFields.HTTPChaos,
  [embeddedKey.DNSChaos]: chaosFields.DNSChaos,
  [embeddedKey.TimeChaos]: chaosFields.TimeChaos,
};

const timing: FieldTree = {
  schedule: 'text',
  startingDeadlineSeconds: 'number',
  concurrencyPolicy: 'text',
  historyLimit: 'number',
  type: 'text',
};

export const statusCheckFields: FieldTree = {
  mode: 'text',
  type: 'text',
  duration: 'text',
  timeoutSeconds: 'number',
  intervalSeconds: 'number',
  failureThreshold: 'number',
  successThreshold: 'number',
  recordsHistoryLimit: 'number',
  http: { url: 'text', method: 'text', headers: 'map', body: 'text', criteria: { statusCode: 'text' } },
};

export const workflowFields: FieldTree = {
  entry: 'text',
  templates: [
    {
      ...embedded,
      name: 'text',
      templateType: 'text',
      deadline: 'text',
      children: ['text'],
      conditionalBranches: [{ target: 'text', expression: 'text' }],
      task: 'anything',
      schedule: { ...timing, ...embedded },
      statusCheck: statusCheckFields,
      abortWithStatusCheck: 'flag',
    },
  ],
};

export const scheduleFields: FieldTree = { ...timing, ...embedded, workflow: workflowFields };
