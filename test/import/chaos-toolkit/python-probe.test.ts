import { describe, expect, it } from 'vitest';
import { definitionIn, experiment, fieldAt, importing } from './importing.ts';

type Args = Readonly<Record<string, unknown>>;

const asking = (
  module: string,
  func: string,
  args: Args,
  tolerance: unknown,
  options: Parameters<typeof importing>[1] = {},
) =>
  importing(
    experiment({
      'steady-state-hypothesis': {
        title: 't',
        probes: [
          {
            type: 'probe',
            name: 'look',
            tolerance,
            provider: { type: 'python', module, func, arguments: args },
          },
        ],
      },
    }),
    { environment: 'staging', ...options },
  );

const why = (result: ReturnType<typeof importing>): string | undefined =>
  fieldAt(result, 'steady-state-hypothesis.probes.0.name').why;

const cloudwatch = 'chaosaws.cloudwatch.probes';
const metric = { namespace: 'Shop', metric_name: 'ErrorRate', statistic: 'Average', duration: 60 };

describe('a probe in Python', () => {
  it.each<[func: string, args: Args, tolerance: unknown, probe: object]>([
    [
      'get_metric_statistics',
      metric,
      { type: 'range', range: [0, 5], target: 'x' },
      { metric: 'errorRate', tolerances: { value: { above: -0.000001, below: 5.000005 } } },
    ],
    [
      'get_metric_data',
      metric,
      [1, 2],
      { metric: 'errorRate', tolerances: { value: { above: 0.999999, below: 2.000002 } } },
    ],
    [
      'get_metric_statistics',
      metric,
      3,
      { metric: 'errorRate', tolerances: { value: { above: 2.999997, below: 3.000003 } } },
    ],
  ])(
    'that reads a metric reads the one that the environment declares: %s',
    (func, args, tolerance, probe) => {
      const result = asking(cloudwatch, func, args, tolerance);
      expect(definitionIn(result).steadyState['look']).toEqual(probe);
      expect(result.notes.join('\n')).toMatch(/answers 0 where CloudWatch has no data/);
    },
  );

  it('that reads an alarm looks at the guard that has it', () => {
    const result = asking(cloudwatch, 'get_alarm_state_value', { alarm_name: 'shop-errors' }, 'OK', {
      map: { 'shop-errors': 'shopErrors' },
    });
    expect(definitionIn(result).steadyState['look']).toEqual({ alarm: 'shopErrors' });
    const unnamed = asking(cloudwatch, 'get_alarm_state_value', { alarm_name: 'x' }, 'OK', {
      map: { x: 'no name' },
    });
    expect(why(unnamed)).toMatch(/no guard here has this alarm/);
    const inAlarm = asking(cloudwatch, 'get_alarm_state_value', { alarm_name: 'a' }, 'ALARM', {
      map: { a: 'shopErrors' },
    });
    expect(why(inAlarm)).toMatch(/an alarm is well while it is OK/);
    expect(why(asking(cloudwatch, 'get_alarm_state_value', {}, 'OK'))).toMatch(
      /no guard here has this alarm/,
    );
  });

  it('that counts the tasks of a service counts those of the service here', () => {
    const running = asking(
      'chaosaws.ecs.probes',
      'are_all_desired_tasks_running',
      { cluster: 'c', service: 'shop' },
      true,
    );
    expect(definitionIn(running).steadyState['look']).toEqual({
      ecsService: { service: 'shop', shareOf: 'running' },
      tolerances: { value: { above: 0.999 } },
    });
    const deploying = asking('chaosaws.ecs.probes', 'service_is_deploying', { service: 'shop' }, false);
    expect(definitionIn(deploying).steadyState['look']).toMatchObject({
      ecsService: { numberOf: 'deployments' },
    });
  });

  it.each<[module: string, func: string, args: Args, tolerance: unknown, told: RegExp]>([
    [
      'chaosaws.ecs.probes',
      'are_all_desired_tasks_running',
      { service: 'shop' },
      false,
      /only that all tasks run/,
    ],
    [
      'chaosaws.ecs.probes',
      'service_is_deploying',
      { service: 'shop' },
      true,
      /only that nothing is deployed/,
    ],
    ['chaosaws.ecs.probes', 'are_all_desired_tasks_running', { service: 'x' }, true, /--map SERVICE=SERVICE/],
    ['chaosaws.ecs.probes', 'cluster_exists', {}, true, /write an `ecsService` probe/],
    [cloudwatch, 'get_metric_statistics', { metric_name: 'Other' }, 1, /no metric here is this one/],
    [cloudwatch, 'get_metric_statistics', metric, 'low', /no number and no range/],
    [cloudwatch, 'get_metric_statistics', metric, undefined, /no number and no range/],
    ['chaosprometheus.probes', 'query', {}, 1, /numberOf/],
    ['chaosk8s.pod.probes', 'pods_in_phase', {}, true, /what users see of the pods/],
    ['somebody.probes', 'look', {}, true, /write a `lambda` probe/],
  ])('is refused with what to write instead: %s.%s %j', (module, func, args, tolerance, told) => {
    const result = asking(module, func, args, tolerance);
    expect(why(result)).toMatch(told);
    expect(fieldAt(result, 'steady-state-hypothesis.probes.0.provider.func').outcome).toBe('refused');
  });

  it('without a function, and one of another provider, are refused', () => {
    const probes = [
      { type: 'probe', name: 'a', tolerance: true, provider: { type: 'python' } },
      { type: 'probe', name: 'b', tolerance: 0, provider: { type: 'process', path: 'check' } },
      { type: 'probe', name: 'c', tolerance: 0 },
    ];
    const result = importing(experiment({ 'steady-state-hypothesis': { title: 't', probes } }));
    const told = [0, 1, 2].map(
      (index) => fieldAt(result, `steady-state-hypothesis.probes.${index}.name`).why,
    );
    expect(told[0]).toMatch(/names no module and func/);
    expect(told[1]).toMatch(/programs of the source are never run/);
    expect(told[2]).toMatch(/no provider that Chaos Toolkit knows/);
  });
});
