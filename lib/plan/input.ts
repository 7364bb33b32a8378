import { metricSchema } from '../experiment/environment-metric.ts';
import type { Fault, Stage } from '../experiment/fault.ts';
import { stageLabel } from '../experiment/fault-parts.ts';
import { vantagePointsOf } from '../experiment/vantage-point-names.ts';
import { approvalMsIn } from './approval.ts';
import { asJson } from './canonical-json.ts';
import { faultConfigurationsOf } from './declared.ts';
import { actionOf } from './fis-parameters.ts';
import type { FisTemplate } from './fis-template.ts';
import { hashOf } from './hash.ts';
import { documentRole } from './named-resources.ts';
import { planMark } from './plan-mark.ts';
import type { PlanRequest } from './plan-request.ts';
import type { IncidentAlarm, NameKind, PlanGuard, PlanTarget } from './plan-target.ts';
import { polledBy } from './polled-guard.ts';
import { askedServicesOf, ecsServicesOf, nameUsesOf, requestsOf } from './problems/name-uses.ts';
import { experimentSchemaOfRuns, factsOf } from './run-facts.ts';
import type { RunnerInputDocument } from './runner-input.ts';
import { scheduleOf } from './schedule.ts';
import { targetQueriesOf, touchedServicesOf } from './selection.ts';
import { pacedMs, stageParametersOf } from './stage-template.ts';
import { defaultSetOf, withSet } from './variants.ts';

/** The runner's input: the definition as it was written, and every name that it uses resolved in the target. */
export function runnerInputOf(request: PlanRequest, templates: readonly FisTemplate[]): RunnerInputDocument {
  const input = inputOf(request, templates);
  return request.target.kind === 'lab' ? input : { ...input, plan: planMark(input) };
}

function inputOf(request: PlanRequest, templates: readonly FisTemplate[]): RunnerInputDocument {
  const { definition, experiment, target, seed, templateId, stack } = request;
  const uses = nameUsesOf(experiment);
  const set = request.set ?? defaultSetOf(experiment);
  const approvalMs = approvalMsIn(experiment, target);
  // What an environment declares for others would make every launcher grow with the environment.
  const used = <V>(kind: NameKind, declared: Readonly<Record<string, V>>): Record<string, V> =>
    Object.fromEntries(
      Object.entries(declared).filter(([name]) => uses.some((use) => use.kind === kind && use.name === name)),
    );
  return {
    schemaVersion: 1,
    mode: target.kind === 'lab' ? 'rehearsal' : 'aws',
    ...(stack === undefined ? {} : { stack }),
    hash: hashOf(definition),
    ...(set === undefined ? {} : { set }),
    definition: asJson(definition),
    // As JSON, which is how a runner finds it.
    experiment: experimentSchemaOfRuns.parse(asJson(withSet(experiment, undefined))),
    actions: Object.fromEntries(
      Object.values(experiment.faults).map((fault) => [fault.action, factsOf(actionOf(fault))]),
    ),
    environment: {
      id: target.id,
      production: target.production,
      tag: target.tag,
      ...(target.account === undefined ? {} : { account: target.account }),
      ...(target.region === undefined ? {} : { region: target.region }),
    },
    pace: target.pace,
    leastRatePerSecond: target.leastRatePerSecond,
    seed,
    stages: experiment.stages.map((stage, index) => ({
      label: stageLabel(stage),
      templateId: templateId(index),
      durationMs: pacedMs(stage, target),
      ...(stage.soak === undefined ? {} : { soakMs: Math.round(stage.soak.ms * target.pace) }),
      templateMs: templates[index]?.durationMs ?? pacedMs(stage, target),
      faults: Object.entries(experiment.faults).map(([name, fault]) => faultOf(name, fault, stage, target)),
    })),
    touches: touchedServicesOf(experiment, target),
    selects: targetQueriesOf(experiment, target),
    ...faultConfigurationsIn(request),
    services: askedUrlsOf(request),
    ...(target.selfCheckUrl === undefined ? {} : { selfCheck: { url: target.selfCheckUrl } }),
    ...vantagePointsIn(request),
    ...ecsServicesIn(request),
    metrics: Object.fromEntries(
      Object.entries(used('metric', target.metrics)).map(([name, metric]) => [
        name,
        metricSchema.parse(metric),
      ]),
    ),
    guards: Object.fromEntries(Object.entries(target.guards).map(([name, guard]) => [name, guardOf(guard)])),
    secrets: used('secret', target.secrets),
    functions: used('function', target.functions),
    ...(experiment.traffic !== undefined && 'stateMachine' in experiment.traffic
      ? { stateMachines: used('stateMachine', target.stateMachines) }
      : {}),
    documents: Object.fromEntries(
      Object.entries(used('document', target.documents)).map(([name, document]) => [
        name,
        withWholeRole(name, document, target),
      ]),
    ),
    owns: target.owns,
    untouchable: [...target.untouchable],
    // How often probes may ask is settled by the plan.
    limits: { targets: target.limits.targets, runs: target.limits.runs },
    blackouts: [...target.blackouts],
    ...(target.freezes.length === 0 ? {} : { freezes: target.freezes }),
    ...(target.incidentAlarms.length === 0
      ? {}
      : { incidentAlarms: target.incidentAlarms.map(incidentAlarmOf) }),
    ...flexibleWindowIn(request),
    ...(approvalMs === undefined ? {} : { approval: { withinMs: approvalMs } }),
  };
}

function incidentAlarmOf(incident: IncidentAlarm) {
  const polled = polledBy(incident);
  return { alarm: incident.alarm, ...(polled === undefined ? {} : { polled }) };
}

/** How late a start by the schedule still is in time. */
function flexibleWindowIn({
  experiment,
  target,
}: PlanRequest): Pick<RunnerInputDocument, 'flexibleWindowMs'> {
  const minutes = scheduleOf(experiment, target)?.flexibleWindowMinutes;
  return minutes === undefined ? {} : { flexibleWindowMs: minutes * 60_000 };
}

function guardOf(guard: PlanGuard): RunnerInputDocument['guards'][string] {
  const { alarm, watches } = guard;
  const polled = polledBy(guard);
  return {
    alarm,
    ...(watches === undefined ? {} : { watches }),
    ...(polled === undefined ? {} : { polled }),
  };
}

const faultOf = (name: string, fault: Fault, stage: Stage, target: PlanTarget) => ({
  name,
  action: fault.action,
  parameters: stageParametersOf(fault, stage, target),
  ...(target.kind === 'lab' ? { fidelity: fidelityOf(fault) } : {}),
});

function fidelityOf(fault: Fault): string {
  const { rehearsal } = actionOf(fault);
  switch (rehearsal.fidelity) {
    case 'same':
      return 'same';
    case 'approximate':
      return `approximate: ${rehearsal.differs}`;
    case 'not rehearsable':
      return `not rehearsable: ${rehearsal.why}`;
  }
}

/** An automation takes a role on by its ARN only, and an environment may give its name. */
function withWholeRole(
  name: string,
  document: PlanTarget['documents'][string],
  target: PlanTarget,
): RunnerInputDocument['documents'][string] {
  const role = documentRole(name, target);
  return role === undefined ? document : { ...document, role };
}

/** Where the functions that each fault hits must look for it, where their environment declares that. */
function faultConfigurationsIn({
  experiment,
  target,
}: PlanRequest): Pick<RunnerInputDocument, 'faultConfigurations'> {
  const declared = Object.entries(experiment.faults).flatMap(([name, fault]) => {
    const locations = actionOf(fault).service === 'lambda' ? faultConfigurationsOf(fault, target) : [];
    return locations.length === 0 ? [] : [{ name, locations: [...locations] }];
  });
  return declared.length === 0
    ? {}
    : { faultConfigurations: Object.fromEntries(declared.map(({ name, locations }) => [name, locations])) };
}

/** The vantage points that anything is asked from. */
function vantagePointsIn({ experiment, target }: PlanRequest): Pick<RunnerInputDocument, 'vantagePoints'> {
  const declared = Object.keys(target.vantagePoints);
  const used = new Set(
    requestsOf(experiment).flatMap(({ request }) => vantagePointsOf(request.from, declared)),
  );
  const points = Object.entries(target.vantagePoints).filter(([name]) => used.has(name));
  return points.length === 0 ? {} : { vantagePoints: Object.fromEntries(points) };
}

/** The base URL of every service that is asked; a lab's are given by the caller, who has started it. */
function askedUrlsOf({ experiment, target, urls = {} }: PlanRequest): Record<string, { url: string }> {
  const asked = new Set(askedServicesOf(experiment).map(({ name }) => name));
  return Object.fromEntries(
    [...asked].flatMap((name) => {
      const url = urls[name] ?? target.services[name]?.url;
      return url === undefined ? [] : [[name, { url }]];
    }),
  );
}

/** The ECS services that probes look at. */
function ecsServicesIn({ experiment, target }: PlanRequest): Pick<RunnerInputDocument, 'ecsServices'> {
  const looked = new Set(ecsServicesOf(experiment).map(({ name }) => name));
  const declared = [...looked].flatMap((name) => {
    const ecs = target.services[name]?.ecs;
    return ecs === undefined ? [] : [[name, ecs] as const];
  });
  return declared.length === 0 ? {} : { ecsServices: Object.fromEntries(declared) };
}
