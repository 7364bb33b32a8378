import type { PlanTarget } from '../../plan/plan-target.ts';
import { isName } from '../drafting/names.ts';
import { isData, type Node, ownOf, under } from '../drafting/node.ts';
import { serviceOfTarget } from '../drafting/place.ts';
import { approximated, mapped, note, refused } from '../drafting/work.ts';
import type { Activity } from './activity.ts';
import {
  argumentApproximated,
  argumentMapped,
  type Call,
  callOf,
  sayProvider,
  textArgument,
} from './call.ts';
import { limitsMoved, rangeOf, withinLimits } from './range.ts';
import { substitute } from './substitute.ts';
import type { ToolkitWork } from './toolkit-work.ts';

/** A probe as it is written, or why there is none. */
type Made = { readonly probe: Record<string, unknown> } | { readonly why: string };

/** Probes written in Python that look at what a probe of the language looks at; their code is never run. */
export function pythonProbe(work: ToolkitWork, activity: Activity, name: string): unknown {
  const call = callOf(work, activity, name);
  if (call === undefined) {
    refused(work, activity.node, 'it names no module and func: write the probe under `steadyState`');
    return undefined;
  }
  const known = ownOf(probes, `${call.module}.${call.func}`);
  const result = known === undefined ? { why: insteadOf(call) } : known(call);
  if ('why' in result) {
    refused(work, activity.node, result.why);
    return undefined;
  }
  sayProvider(call, `steadyState.${name}`);
  return result.probe;
}

/** What to write in place of a probe that is not known. */
function insteadOf({ module, func }: Call): string {
  const [, words] = instead.find(([prefix]) => module.startsWith(prefix)) ?? [];
  return `code of the source is never run, and nothing takes the place of ${module}.${func}: ${words ?? 'write a `lambda` probe, whose function looks in its own way and answers a value'}`;
}

const instead: readonly (readonly [prefix: string, words: string])[] = [
  [
    'chaosaws.cloudwatch',
    'write a `metric` or `alarm` probe, by a name that the environment gives the metric or alarm',
  ],
  ['chaosaws.ecs', 'write an `ecsService` probe with shareOf or numberOf'],
  ['chaosprometheus', 'write a `metric` probe, or an `http` probe of its API with numberOf'],
  ['chaosdatadog', 'write a `metric` probe, or an `http` probe of its API with numberOf'],
  [
    'chaosk8s',
    'write an `http` probe of what users see of the pods, or a `metric` probe of Container Insights',
  ],
  ['chaostoxi', 'whether a toxic is there is no steady state: the fault shows by its bite'],
];

const probes: Readonly<Record<string, (call: Call) => Made>> = {
  'chaosaws.cloudwatch.probes.get_alarm_state_value': alarmProbe,
  'chaosaws.cloudwatch.probes.get_metric_statistics': metricProbe,
  'chaosaws.cloudwatch.probes.get_metric_data': metricProbe,
  'chaosaws.ecs.probes.are_all_desired_tasks_running': allTasksRunning,
  'chaosaws.ecs.probes.service_is_deploying': isDeploying,
};

const toleranceOf = (call: Call): Node | undefined => under(call.activity.node, 'tolerance');

const wantedBy = (call: Call): unknown => substitute(call.work, toleranceOf(call)?.value).value;

function alarmProbe(call: Call): Made {
  const { work, name } = call;
  const alarm = textArgument(call, 'alarm_name');
  const guard = nameAmong(
    work,
    alarm,
    ({ guards }, wanted) => Object.entries(guards).find(([, one]) => one.alarm === wanted)?.[0],
  );
  if (guard === undefined)
    return {
      why: 'no guard here has this alarm: declare it in the environment, and say its name with --map ALARM=GUARD',
    };
  if (wantedBy(call) !== 'OK')
    return { why: 'an alarm is well while it is OK, and its probe has no other tolerance' };
  argumentMapped(call, 'alarm_name', `steadyState.${name}.alarm`);
  mapped(work, toleranceOf(call), `steadyState.${name}.tolerances.value: below 1, while it is OK`);
  return { probe: { alarm: guard } };
}

/** A metric by the name that `--map` or an environment gives it. */
function metricProbe(call: Call): Made {
  const { work, name } = call;
  const wanted = textArgument(call, 'metric_name');
  const namespace = textArgument(call, 'namespace');
  const metric = nameAmong(
    work,
    wanted,
    ({ metrics }, metricName) =>
      Object.entries(metrics).find(
        ([, one]) => 'name' in one && one.name === metricName && one.namespace === namespace,
      )?.[0],
  );
  if (metric === undefined)
    return {
      why: 'no metric here is this one: declare it in the environment, and say its name with --map METRIC=NAME',
    };
  const value = valueTolerance(call);
  if (value === undefined) return { why: noNumber };
  note(
    work,
    `steadyState.${name}: its driver answers 0 where CloudWatch has no data, as if all were well; here no data is unknown, never met`,
  );
  argumentMapped(call, 'metric_name', `steadyState.${name}.metric`);
  for (const argument of [
    'namespace',
    'dimension_name',
    'dimension_value',
    'dimensions',
    'statistic',
    'unit',
  ])
    argumentApproximated(
      call,
      argument,
      `steadyState.${name}.metric`,
      'the environment declares it with the metric',
    );
  for (const argument of ['duration', 'offset', 'period'])
    argumentApproximated(
      call,
      argument,
      `steadyState.${name}.metric`,
      'it is read in the period that the environment declares, all the time',
    );
  return { probe: { metric, tolerances: value } };
}

const noNumber = 'its tolerance is no number and no range: write tolerances: { value: { above, below } }';

/** A tolerance on a number: a number itself, or two that it lies between. */
function valueTolerance(call: Call): Record<string, unknown> | undefined {
  const { work, name } = call;
  const node = toleranceOf(call);
  if (node === undefined) return undefined;
  const wanted = wantedBy(call);
  const at = `steadyState.${name}.tolerances.value`;
  if (typeof wanted === 'number' && Number.isFinite(wanted)) {
    approximated(work, node, at, limitsMoved);
    return withinLimits({ low: wanted, high: wanted });
  }
  const isMap = isData(wanted);
  const limits = rangeOf(isMap && wanted['type'] === 'range' ? wanted['range'] : wanted);
  if (limits === undefined) return undefined;
  approximated(work, node, at, limitsMoved);
  if (isMap) refused(work, under(node, 'target'), 'a metric has one value');
  return withinLimits(limits);
}

/** The name that something of AWS has in a target: as `--map` says, else as a target declares it. */
function nameAmong(
  { context, ground }: ToolkitWork,
  wanted: string | undefined,
  find: (target: PlanTarget, wanted: string) => string | undefined,
): string | undefined {
  if (wanted === undefined) return undefined;
  const said = ownOf(context.map, wanted);
  if (said !== undefined) return isName(said) ? said : undefined;
  return ground.targets.map((target) => find(target, wanted)).find((name) => name !== undefined);
}

function ofService(call: Call, look: Record<string, string>, value: Record<string, number>): Made {
  const { work, name } = call;
  const service = textArgument(call, 'service');
  const found = service === undefined ? undefined : serviceOfTarget(work, service);
  if (found === undefined)
    return { why: 'no service here is called so: say which it is with --map SERVICE=SERVICE' };
  argumentMapped(call, 'service', `steadyState.${name}.ecsService.service`);
  argumentApproximated(
    call,
    'cluster',
    `steadyState.${name}.ecsService`,
    'the environment declares it with the service',
  );
  approximated(
    work,
    toleranceOf(call),
    `steadyState.${name}.tolerances.value`,
    'it is looked at again and again while the fault is in, and not once',
  );
  return { probe: { ecsService: { service: found.service, ...look }, tolerances: { value } } };
}

/** Of the tasks that a service wants nearly all: a share of 1 is all of them. */
function allTasksRunning(call: Call): Made {
  if (wantedBy(call) !== true)
    return { why: 'only that all tasks run can be asked for: write an `ecsService` probe' };
  return ofService(call, { shareOf: 'running' }, { above: 0.999 });
}

function isDeploying(call: Call): Made {
  if (wantedBy(call) !== false)
    return { why: 'only that nothing is deployed can be asked for: write an `ecsService` probe' };
  return ofService(call, { numberOf: 'deployments' }, { below: 2 });
}
