import { durationFromMs } from '../../fis/quantity.ts';
import { ownerOf } from '../../recipes/owner-of.ts';
import { steadyStateOf } from '../../recipes/steady-state-of.ts';
import type { Decision, ImportContext } from '../contract.ts';
import type { FaultPlan } from './faults/fault-plan.ts';
import { isNative } from './faults/native.ts';
import { faultOf, sayFault, stageShare } from './faults/say-fault.ts';
import { namespacesOf } from './namespaces.ts';
import { probeOf, type SketchedProbe, type StatusCheck } from './status-check.ts';
import type { Timing } from './timing.ts';

/** The longest soak that a stage may have (lib/experiment/fault.ts). */
export const longestSoakMs = 4 * 3_600_000;

/** One step of the ramp, and how long nothing happens after it. */
export interface SketchedStage {
  /** What is injected at once, by the names of the faults. */
  readonly faults: Readonly<Record<string, FaultPlan>>;
  readonly soakMs?: number;
}

/** One experiment before it is written. */
export interface Sketch {
  readonly id: string;
  /** One at least; all have the same faults. */
  readonly stages: readonly [SketchedStage, ...SketchedStage[]];
  /** What the source itself looks at. */
  readonly checks: readonly StatusCheck[];
  readonly timing?: Timing;
}

interface Written {
  readonly definition: Readonly<Record<string, unknown>>;
  readonly decisions: readonly Decision[];
  readonly notes: readonly string[];
}

/** The first fault of a sketch: it says which environment and service the experiment is about. */
export function firstOf({ stages: [first] }: Sketch): FaultPlan | undefined {
  return Object.values(first.faults)[0];
}

/** Whether Chaos Mesh is to carry all of it out: where FIS can do only a part, or would draw other pods for each fault. */
function isManifest({ stages }: Sketch): boolean {
  return stages.some(({ faults }) => {
    const plans = Object.values(faults);
    const alike = new Set(plans.map((plan) => `${stageShare(plan, false)} ${plan.length.stageMs}`));
    return (
      plans.some(({ decided }) => !isNative(decided)) ||
      alike.size > 1 ||
      (plans.length > 1 && !isWhole(plans))
    );
  });
}

const isWhole = (plans: readonly FaultPlan[]): boolean =>
  plans.every((plan) => stageShare(plan, false) === '100%');

/** Writes a sketch out, and says of every field of its injections where it went. */
export function writeSketch(sketch: Sketch, first: FaultPlan, context: ImportContext): Written {
  const asManifest = isManifest(sketch);
  const { environment, service } = first.place;
  const guards = Object.entries(environment.guards).flatMap(([name, { watches }]) =>
    watches === undefined ? [name] : [],
  );
  const timed = sketch.timing?.say(sketch.id, environment.id, lastsMs(sketch));
  const ofFaults = sketch.stages.flatMap(({ faults }, stage) =>
    Object.entries(faults).flatMap(([fault, plan]) =>
      sayFault(plan, { id: sketch.id, fault, stage, asManifest }),
    ),
  );
  const probes = sketch.checks.flatMap((check) => probeOf(check, environment, context) ?? []);
  const definition = {
    id: sketch.id,
    title: `${service} bears ${first.does.bears}`,
    owner: ownerOf(service, context.project),
    hypothesis: `If ${service} has ${first.does.bears}, its users are still answered in time.`,
    steadyState: steadyState(probes, service, context),
    faults: Object.fromEntries(
      Object.entries(sketch.stages[0].faults).map(([name, plan]) => [name, faultOf(plan, asManifest)]),
    ),
    stages: sketch.stages.map((stage, index) =>
      stageOf(stage, asManifest, index === sketch.stages.length - 1),
    ),
    ...(guards.length === 0 ? {} : { guards }),
    recovery: { within: '10%', objective: '2m' },
    ...(context.lab === undefined ? {} : { lab: context.lab }),
    environments: { [environment.id]: timed?.deployment ?? {} },
  };
  const decisions = [
    ...decideAll(sketch.id, probes.length > 0, first, guards),
    ...ofFaults,
    ...(timed?.decisions ?? []),
  ];
  return {
    definition,
    decisions,
    notes: [...namespaceNotes(sketch), ...(asManifest ? notesOf(sketch) : [])],
  };
}

/** All stages and soaks together. */
const lastsMs = ({ stages }: Sketch): number =>
  stages.reduce((sum, { faults, soakMs = 0 }) => sum + longestOf(faults) + soakMs, 0);

const longestOf = (faults: SketchedStage['faults']): number =>
  Math.max(...Object.values(faults).map(({ length }) => length.stageMs));

function stageOf(
  { faults, soakMs }: SketchedStage,
  asManifest: boolean,
  isLast: boolean,
): Record<string, unknown> {
  const plans = Object.values(faults);
  const [plan] = plans;
  const soak =
    soakMs === undefined || isLast ? {} : { soak: durationFromMs(Math.min(soakMs, longestSoakMs)).text };
  return {
    share: plan === undefined ? 'one' : stageShare(plan, asManifest),
    duration: durationFromMs(longestOf(faults)).text,
    ...soak,
  };
}

/** What the source itself looks at, else what users of the service would notice. */
function steadyState(
  probes: readonly SketchedProbe[],
  service: string,
  { project }: ImportContext,
): Record<string, unknown> {
  if (probes.length > 0) return Object.fromEntries(probes.map(({ name, probe }) => [name, probe]));
  const proposed = steadyStateOf(service, project);
  if (proposed !== undefined) return proposed;
  const http = { service, path: '/' };
  return { answers: { http, tolerances: { p95: { below: '500ms' }, errorRate: { below: '1%' } } } };
}

function decideAll(id: string, looks: boolean, { place }: FaultPlan, guards: readonly string[]): Decision[] {
  const decide = (path: Decision['path'], question: string): Decision => ({ definition: id, path, question });
  const { environment, service } = place;
  return [
    ...(place.isProposed
      ? [
          decide(
            ['environments', environment.id],
            `'${environment.id}' is the only one but production that has these pods: is it meant?`,
          ),
        ]
      : []),
    decide(['owner'], 'which team answers for it? Chaos Mesh does not know'),
    decide(['hypothesis'], `what is expected to hold while ${service} is hit? Chaos Mesh has no hypothesis`),
    decide(
      ['steadyState'],
      looks
        ? 'is this all that users notice, and are these its limits?'
        : 'what do users notice first, and what is too much? Chaos Mesh looks at nothing',
    ),
    decide(
      guards.length === 0 ? [] : ['guards'],
      `which alarms must end the fault? In '${environment.id}' all of its guards do: ${Object.keys(environment.guards).join(', ') || 'it has none yet'}`,
    ),
    decide(['recovery', 'objective'], 'how soon must all be well again?'),
  ];
}

function notesOf({ id, stages }: Sketch): string[] {
  const reasons = stages.flatMap(({ faults }) =>
    Object.values(faults).flatMap(({ decided }) => ('why' in decided ? [decided.why] : [])),
  );
  const [why = 'all of it is to hit the same pods at once'] = [...new Set(reasons)];
  return [
    `${id}: FIS hands the manifest to Chaos Mesh, which the cluster must have: ${why}; it cannot be rehearsed in a lab`,
  ];
}

/** Chaos Mesh takes the namespace of the resource, and kubectl the current one where it has none. */
function namespaceNotes({ id, stages }: Sketch): string[] {
  const silent = stages
    .flatMap(({ faults }) => Object.values(faults))
    .filter(({ injection }) => namespacesOf(injection).length === 0);
  const [plan] = silent;
  if (plan === undefined) return [];
  const { pods, environment } = plan.place;
  return [
    `${id}: the source names no namespace: the pods are those in '${pods.namespace}', as '${environment.id}' declares`,
  ];
}
