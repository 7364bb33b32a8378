import { freeId } from '../../recipes/free-id.ts';
import type { Conversion, Draft, ImportContext } from '../contract.ts';
import { secretsIn } from '../secret-values.ts';
import type { Source } from '../source/source.ts';
import type { Account } from './account.ts';
import { planFault } from './faults/fault-plan.ts';
import { textIn } from './fields/field-tree.ts';
import { manifestSecrets } from './manifest-secrets.ts';
import { mendedSource } from './mending.ts';
import { type Resource, resourceOf, sayResource } from './resource.ts';
import { sayWhy } from './say-why.ts';
import { scheduledBy } from './schedule.ts';
import { firstOf, type Sketch, writeSketch } from './sketch.ts';
import type { StatusCheck } from './status-check.ts';
import { timingOf } from './timing.ts';
import { draftOf } from './to-draft.ts';
import { workflowSketches } from './workflow/workflow-sketches.ts';

/** A resource with the experiments that it comes to. */
interface Unit {
  readonly resource: Resource;
  readonly sketches: readonly Sketch[];
}

/** What the manifests of a file come to: an experiment for each fault, unless they are the stages of one. */
export function convert(source: Source, context: ImportContext): Conversion {
  const secrets = secretsOf(source, context);
  const resources = source.documents.flatMap((document) => resourceOf(document, context) ?? []);
  const taken: string[] = [];
  const idOf = (text: string): string => {
    const id = freeId(idLike(text), taken);
    taken.push(id);
    return id;
  };
  const units = resources.map((resource) => ({ resource, sketches: sketchesOf(resource, context, idOf) }));
  const checks = resources.flatMap(checkOf);
  const written = units.flatMap((unit) => writeUnit(unit, checks, context, secrets));
  for (const { resource, sketches } of units) {
    sayResource(resource, [...new Set(sketches.map(({ id }) => id))]);
    sayWhy(
      resource,
      units.some((unit) => unit.sketches.length > 0),
    );
  }
  const refusals = resources.flatMap(({ account }) => account.refusals);
  const plans = units.flatMap(({ sketches }) =>
    sketches.flatMap(({ stages }) => stages.flatMap(({ faults }) => Object.values(faults))),
  );
  const mended = mendedSource(
    source,
    plans.flatMap(({ mends }) => mends),
  );
  return {
    drafts: written.flatMap(({ draft }) => draft),
    decisions: written.flatMap(({ decisions }) => decisions),
    refusals,
    notes: written.flatMap(({ notes }) => notes),
    ...(mended === undefined || refusals.length > 0 ? {} : { mended }),
  };
}

/** All secrets of a file; those that only this format knows of are told on. */
function secretsOf({ documents }: Source, context: ImportContext): readonly string[] {
  const hidden = documents.flatMap(({ value }) => manifestSecrets(value));
  for (const secret of hidden) context.secret(secret);
  return [...documents.flatMap(({ value }) => secretsIn(value)), ...hidden];
}

/** A text as the beginning of an id; what is no letter or digit becomes a hyphen. */
function idLike(text: string): string {
  const id = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  if (id === '') return 'chaos';
  return /^[a-z]/.test(id) ? id : `chaos-${id}`;
}

function sketchesOf(
  resource: Resource,
  context: ImportContext,
  idOf: (text: string) => string,
): readonly Sketch[] {
  const { account, kind, spec, name, namespace } = resource;
  const named = name === '' ? kind : name;
  if (kind === 'StatusCheck') return [];
  const own = namespace === undefined ? {} : { namespace };
  if (kind === 'Workflow')
    return workflowSketches({ account, at: ['spec'], spec, ...own }, named, context, idOf);
  const scheduled =
    kind === 'Schedule'
      ? scheduledBy(resource)
      : { injection: { account, kind, at: ['spec'], spec, name, ...own } };
  if (scheduled === undefined) return [];
  if ('workflow' in scheduled) {
    const { at, workflow } = scheduled;
    const sketches = workflowSketches({ account, at, spec: workflow, ...own }, named, context, idOf);
    return timed(resource, sketches);
  }
  const plan = planFault(scheduled.injection, context);
  if (plan === undefined) return [];
  return timed(resource, [
    { id: idOf(named), stages: [{ faults: { [plan.does.fault]: plan } }], checks: [] },
  ]);
}

/** The schedule goes to the experiment; several cannot begin at once. */
function timed({ account, kind, spec, isPaused }: Resource, sketches: readonly Sketch[]): readonly Sketch[] {
  const path = kind === 'Schedule' ? ['spec', 'schedule'] : ['spec', 'scheduler', 'cron'];
  const timing = timingOf(account, path, cronOf(kind, spec), isPaused);
  if (timing === undefined) return sketches;
  if (sketches.length > 1) {
    account.refuse(
      'several-scheduled',
      path,
      `starts ${sketches.length} experiments at once, and no two may touch the same service`,
      'import the workflow without its schedule, and give each experiment a time of its own, or order them in a campaign',
    );
  }
  return sketches.map((sketch) => ({ ...sketch, timing }));
}

function cronOf(kind: Resource['kind'], spec: Resource['spec']): string | undefined {
  if (kind === 'Schedule') return textIn(spec['schedule']);
  const { scheduler } = spec;
  if (typeof scheduler !== 'object' || scheduler === null || !('cron' in scheduler)) return undefined;
  return textIn(scheduler.cron);
}

const checkOf = ({ account, kind, spec, name }: Resource): StatusCheck[] =>
  kind === 'StatusCheck' ? [{ account, name, at: ['spec'], spec }] : [];

function writeUnit(
  { resource, sketches }: Unit,
  checks: readonly StatusCheck[],
  context: ImportContext,
  secrets: readonly string[],
) {
  return sketches.flatMap((sketch) => {
    const first = firstOf(sketch);
    if (first === undefined || !isOnePlace(resource.account, sketch)) return [];
    const written = writeSketch(
      { ...sketch, checks: distinct([...sketch.checks, ...checks]) },
      first,
      context,
    );
    const made = draftOf(written.definition, first, secrets);
    const draft: readonly Draft[] = made === undefined ? [] : [made.draft];
    return [{ draft, decisions: [...written.decisions, ...(made?.decisions ?? [])], notes: written.notes }];
  });
}

const distinct = (checks: readonly StatusCheck[]): StatusCheck[] => [
  ...new Map(checks.map((check) => [check.name, check])).values(),
];

/** What goes on at once must be in one environment. */
function isOnePlace(account: Account, { stages }: Sketch): boolean {
  const all = stages.flatMap(({ faults }) => Object.values(faults).map(({ place }) => place.environment.id));
  if (new Set(all).size <= 1) return true;
  account.refuse(
    'which-environment',
    ['spec'],
    `its faults are in several environments: ${[...new Set(all)].join(', ')}`,
    'name one, as in --env staging',
  );
  return false;
}
