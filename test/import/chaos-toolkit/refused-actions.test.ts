import { describe, expect, it } from 'vitest';
import { acting, fieldAt, python } from './importing.ts';

describe('an action of a driver that no fault is like', () => {
  it.each<[module: string, func: string, args: Readonly<Record<string, unknown>>, why: RegExp]>([
    ['chaosnetwork.actions', 'add_latency', { delay: 'long', target: 'postgres' }, /no length of time/],
    ['chaosnetwork.actions', 'add_latency', { delay: '0ms', target: 'postgres' }, /its delay is nothing/],
    ['chaosnetwork.actions', 'add_latency', { delay: '1s' }, /it says no target/],
    ['chaosnetwork.actions', 'add_latency', { delay: '1s', target: 'kafka' }, /--map TARGET=SERVICE/],
    ['chaosnetwork.actions', 'add_packet_loss', { target: 'postgres' }, /no share from 1 to 100/],
    ['chaosnetwork.actions', 'add_packet_loss', { percent: 5, target: 'kafka' }, /--map TARGET=SERVICE/],
    ['chaosnetwork.actions', 'cut', {}, /aws:ecs:task-network-blackhole-port/],
    ['chaosaws.ecs.actions', 'delete_service', {}, /nothing brings a service back/],
    ['chaosaws.ecs.actions', 'tag_resource', {}, /write an action of aws:ecs/],
    ['chaosaws.ec2.actions', 'detach_random_volume', {}, /aws:ebs:pause-volume-io/],
    ['chaosaws.rds.actions', 'stop_db_cluster', {}, /aws:rds:reboot-db-instances/],
    [
      'chaosaws.awslambda.actions',
      'put_function_concurrency',
      { function_name: 'shop', concurrent_executions: 5 },
      /aws:lambda:invocation-error/,
    ],
    ['chaosaws.fis.actions', 'start_experiment', { experiment_template_id: 'EXT1' }, /import the template/],
    ['chaosaws.elbv2.actions', 'deregister_target', {}, /aws:ecs:stop-task/],
    ['chaosk8s.node.actions', 'drain_nodes', {}, /aws:eks:terminate-nodegroup-instances/],
    [
      'chaosk8s.chaosmesh.network.actions',
      'add_latency',
      { label_selectors: 'app=shop', latency: 'x' },
      /aws:eks:pod-network-latency/,
    ],
    [
      'chaosk8s.chaosmesh.network.actions',
      'set_loss',
      { label_selectors: 'app=shop', loss: '0' },
      /no share from 1 to 100/,
    ],
    ['chaostoxi.toxic.actions', 'create_slicer_toxic', {}, /no action like the toxic slicer/],
    [
      'chaostoxi.toxic.actions',
      'create_toxic',
      { for_proxy: 'postgres' },
      /no action like the toxic of no type/,
    ],
    [
      'chaostoxi.toxic.actions',
      'create_latency_toxic',
      { for_proxy: 'kafka', latency: 1 },
      /--map PROXY=SERVICE/,
    ],
    [
      'chaostoxi.toxic.actions',
      'create_latency_toxic',
      { for_proxy: 'postgres', latency: 'x' },
      /no number of milliseconds/,
    ],
    ['chaostoxi.proxy.actions', 'disable_proxy', {}, /--map PROXY=SERVICE/],
    [
      'chaostoxi.proxy.actions',
      'disable_proxy',
      { proxy_name: 'shop' },
      /the port of the service is not known/,
    ],
    ['somebody.actions', 'break_it', {}, /what this module does is not known/],
  ])('is refused with what to write instead: %s.%s %j', (module, func, args, why) => {
    const result = acting(python(module, func, args));
    expect(result.definitions).toEqual([]);
    expect(result.refusals.map(({ code }) => code)).toEqual(['no-fault']);
    const told = fieldAt(result, 'method.0.provider.func');
    expect(told.outcome).toBe('refused');
    expect(told.why).toMatch(why);
    expect(
      result.fields.filter(({ path, outcome }) => path[0] === 'method' && outcome !== 'refused'),
    ).toEqual([]);
  });
});
