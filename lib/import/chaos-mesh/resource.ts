import { valueAt } from '../../definitions/value-at.ts';
import type { ImportContext } from '../contract.ts';
import { isData } from '../drafting/node.ts';
import type { Path } from '../field.ts';
import type { SourceDocument } from '../source/source.ts';
import { Account } from './account.ts';
import { type ChaosKind, chaosFields, chaosKindOf } from './fields/chaos-fields.ts';
import { type FieldNode, sortOut } from './fields/field-tree.ts';
import {
  resourceFields,
  scheduleFields,
  statusCheckFields,
  workflowFields,
} from './fields/wrapper-fields.ts';

/** A document that is a resource of Chaos Mesh. */
export interface Resource {
  readonly account: Account;
  readonly kind: ChaosKind | 'Schedule' | 'Workflow' | 'StatusCheck';
  /** What the published schema knows of its `spec`. */
  readonly spec: Readonly<Record<string, unknown>>;
  /** Empty where it has none. */
  readonly name: string;
  readonly namespace?: { readonly name: string; readonly path: Path };
  /** Whether somebody paused it. */
  readonly isPaused: boolean;
}

/** The annotation that pauses a resource. */
const pauseAnnotation = 'experiment.chaos-mesh.org/pause';

/** The groups of the API: `pingcap.com` before 1.0. */
const groups = /^(chaos-mesh\.org|pingcap\.com)\//;

/** Whether a document is a resource of Chaos Mesh, of whatever kind. */
export const isChaosMesh = (value: unknown): boolean => groups.test(String(valueAt(value, ['apiVersion'])));

const wrappers = {
  Schedule: scheduleFields,
  Workflow: workflowFields,
  StatusCheck: statusCheckFields,
} as const;

const isWrapper = (kind: unknown): kind is keyof typeof wrappers =>
  typeof kind === 'string' && Object.hasOwn(wrappers, kind);

/** Why other kinds are not taken in. */
const beyond: Readonly<Record<string, string>> = {
  AWSChaos:
    'acts on the AWS account, which FIS does itself: write a fault with an action such as aws:ec2:stop-instances',
  AzureChaos: 'acts on a cloud that Steadfast does not know',
  GCPChaos: 'acts on a cloud that Steadfast does not know',
  BlockChaos: 'acts on the block devices of nodes, which other pods share',
  KernelChaos: 'acts on the kernel of nodes, which other pods share',
  PhysicalMachineChaos: 'acts on machines outside the cluster, which no environment confines',
  JVMChaos: 'acts within a Java process, by rules that Steadfast does not know',
};

/** A document as a resource that is taken in; undefined where it is none, which is then said of all its fields. */
export function resourceOf(document: SourceDocument, context: ImportContext): Resource | undefined {
  const { value } = document;
  const kind = valueAt(value, ['kind']);
  const known = isWrapper(kind) ? kind : chaosKindOf(kind);
  if (!isChaosMesh(value) || known === undefined) {
    sayOther(document, kind, context);
    return undefined;
  }
  const spec: FieldNode = isWrapper(known) ? wrappers[known] : chaosFields[known];
  const sorted = sortOut(value, resourceFields(spec), []);
  const account = new Account(document, context.ledger(document), sorted);
  const text = (...path: Path) => {
    const found = valueAt(sorted.kept, path);
    return typeof found === 'string' ? found : undefined;
  };
  const namespace = text('metadata', 'namespace');
  const kept = valueAt(sorted.kept, ['spec']);
  return {
    account,
    kind: known,
    spec: isData(kept) ? kept : {},
    name: text('metadata', 'name') ?? text('metadata', 'generateName') ?? '',
    ...(namespace === undefined ? {} : { namespace: { name: namespace, path: ['metadata', 'namespace'] } }),
    isPaused: text('metadata', 'annotations', pauseAnnotation) === 'true',
  };
}

function sayOther(document: SourceDocument, kind: unknown, context: ImportContext): void {
  const ledger = context.ledger(document);
  if (!isChaosMesh(document.value)) ledger.refused([], 'it is no resource of Chaos Mesh');
  else if (typeof kind !== 'string') ledger.refused([], 'it does not say its kind');
  else
    ledger.refused(
      [],
      `${Object.hasOwn(beyond, kind) ? `${kind} ${beyond[kind]}` : 'Chaos Mesh has no such kind'}`,
    );
}

/** What was written by the cluster, or marks the resource itself. */
const ofCluster = 'the cluster writes it for itself';
const ofResource = 'it marks the resource, and there is none here: FIS makes one for each run, if any';

/** Says of the fields around a `spec` where they went; `ids` are the definitions that came of it. */
export function sayResource({ account, name, isPaused }: Resource, ids: readonly string[]): void {
  const { value } = account.document;
  const isOld = String(valueAt(value, ['apiVersion'])).startsWith('pingcap');
  for (const id of ids) {
    account.mapped(
      ['metadata', name === valueAt(value, ['metadata', 'name']) ? 'name' : 'generateName'],
      `${id}: id`,
    );
    account.mapped(['kind'], `${id}: faults`);
    if (isOld) account.approximated(['apiVersion'], `${id}: faults`, 'Chaos Mesh has another name since 1.0');
    else account.mapped(['apiVersion'], `${id}: faults`);
    const place = 'FIS makes resources in the namespace that the environment declares for the service';
    account.rest(['metadata', 'namespace'], (path) =>
      account.approximated(path, `${id}: environments`, place),
    );
    if (isPaused) {
      const paused = 'nothing starts by itself here until somebody writes a schedule';
      account.approximated(['metadata', 'annotations', pauseAnnotation], `${id}: environments`, paused);
    }
  }
  if (ids.length === 0) return;
  for (const key of Object.keys(annotationsOf(value)))
    if (key !== pauseAnnotation || !isPaused) account.refused(['metadata', 'annotations', key], ofResource);
  account.refused(['metadata', 'labels'], ofResource);
  account.rest(['metadata'], (path) => account.refused(path, ofCluster));
  account.rest(['status'], (path) => account.refused(path, 'what has been is not taken over'));
}

const annotationsOf = (value: unknown): Record<string, unknown> => {
  const annotations = valueAt(value, ['metadata', 'annotations']);
  return isData(annotations) ? annotations : {};
};
