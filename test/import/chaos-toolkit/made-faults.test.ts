import { describe, expect, it } from 'vitest';
import { acting, faultOf, python } from './importing.ts';

const toDatabase = { selector: { service: 'shop' }, parameters: { to: ['database'] } };

describe('an action of a driver', () => {
  it.each<
    [module: string, func: string, args: Readonly<Record<string, unknown>>, fault: object, share: string]
  >([
    [
      'chaosnetwork.actions',
      'add_latency',
      { delay: '2s', jitter: '100ms', target: 'database' },
      {
        action: 'aws:ecs:task-network-latency',
        ...toDatabase,
        parameters: { delay: '2s', jitter: '100ms', to: ['database'] },
      },
      '100%',
    ],
    [
      'chaosnetwork.actions',
      'add_packet_loss',
      { loss: '25%', target: 'postgres' },
      {
        action: 'aws:ecs:task-network-packet-loss',
        selector: { service: 'shop' },
        parameters: { loss: '25%', to: ['database'] },
      },
      '100%',
    ],
    [
      'chaosaws.ecs.actions',
      'stop_task',
      { cluster: 'c', service: 'shop', reason: 'x' },
      { action: 'aws:ecs:stop-task', selector: { service: 'shop' } },
      'one',
    ],
    [
      'chaosaws.ecs.actions',
      'stop_random_tasks',
      { cluster: 'c', service: 'shop', task_percent: 50 },
      { action: 'aws:ecs:stop-task', selector: { service: 'shop' } },
      '50%',
    ],
    [
      'chaosaws.ecs.actions',
      'stop_random_tasks',
      { cluster: 'c', service: 'shop', task_count: 3 },
      { action: 'aws:ecs:stop-task', selector: { service: 'shop' } },
      'one',
    ],
    [
      'chaosaws.ec2.actions',
      'stop_instances',
      { filters: [{ Name: 'tag:Service', Values: ['shop'] }], az: 'eu-west-1a' },
      { action: 'aws:ec2:stop-instances', selector: { service: 'shop', availabilityZone: 'eu-west-1a' } },
      '100%',
    ],
    [
      'chaosaws.ec2.actions',
      'terminate_instance',
      { instance_id: 'i-0123456789' },
      { action: 'aws:ec2:terminate-instances', selector: { service: 'shop' } },
      'one',
    ],
    [
      'chaosaws.ec2.actions',
      'restart_instances',
      { instance_ids: ['i-0123456789'] },
      { action: 'aws:ec2:reboot-instances', selector: { service: 'shop' } },
      '100%',
    ],
    [
      'chaosaws.asg.actions',
      'terminate_random_instances',
      { asg_names: ['shop'], instance_percent: 33.4 },
      { action: 'aws:ec2:terminate-instances', selector: { service: 'shop' } },
      '33%',
    ],
    [
      'chaosaws.asg.actions',
      'stop_random_instances',
      { tags: [{ Key: 'Service', Value: 'shop' }], instance_count: 1 },
      { action: 'aws:ec2:stop-instances', selector: { service: 'shop' } },
      'one',
    ],
    [
      'chaosaws.rds.actions',
      'failover_db_cluster',
      { db_cluster_identifier: 'prod-postgres' },
      { action: 'aws:rds:failover-db-cluster', selector: { service: 'database' } },
      '100%',
    ],
    [
      'chaosaws.rds.actions',
      'reboot_db_instance',
      { db_instance_identifier: 'x', force_failover: true },
      {
        action: 'aws:rds:reboot-db-instances',
        selector: { service: 'database' },
        parameters: { failover: true },
      },
      '100%',
    ],
    [
      'chaosaws.awslambda.actions',
      'put_function_concurrency',
      { function_name: 'shop', concurrent_executions: 0 },
      {
        action: 'aws:lambda:invocation-error',
        selector: { service: 'shop' },
        parameters: { preventExecution: true },
      },
      '100%',
    ],
    [
      'chaosaws.elasticache.actions',
      'test_failover',
      { replication_group_id: 'shop', node_group_id: '1' },
      { action: 'aws:elasticache:replicationgroup-interrupt-az-power', selector: { service: 'shop' } },
      '100%',
    ],
    [
      'chaosk8s.pod.actions',
      'terminate_pods',
      { label_selector: 'app=shop', ns: 'default', rand: true, grace_period: 0 },
      { action: 'aws:eks:pod-delete', selector: { service: 'shop' }, parameters: { grace: '0s' } },
      'one',
    ],
    [
      'chaosk8s.pod.actions',
      'terminate_pods',
      { label_selector: 'app=shop', mode: 'percentage', qty: 40, grace_period: -1 },
      { action: 'aws:eks:pod-delete', selector: { service: 'shop' } },
      '40%',
    ],
    [
      'chaosk8s.pod.actions',
      'delete_pods',
      { name_pattern: 'shop', all: true, qty: 1, mode: 'fixed' },
      { action: 'aws:eks:pod-delete', selector: { service: 'shop' } },
      '100%',
    ],
    [
      'chaosk8s.actions',
      'kill_microservice',
      { name: 'shop' },
      { action: 'aws:eks:pod-delete', selector: { service: 'shop' } },
      'one',
    ],
    [
      'chaosk8s.chaosmesh.network.actions',
      'add_latency',
      {
        name: 'n',
        ns: 'default',
        label_selectors: 'app=shop',
        latency: '200ms',
        jitter: '5ms',
        mode: 'all',
        direction: 'to',
      },
      {
        action: 'aws:eks:pod-network-latency',
        selector: { service: 'shop' },
        parameters: { delay: '200ms', jitter: '5ms' },
      },
      '100%',
    ],
    [
      'chaosk8s.chaosmesh.network.actions',
      'set_loss',
      { name: 'n', label_selectors: { app: 'shop' }, loss: '25', mode: 'fixed-percent', mode_value: '50' },
      {
        action: 'aws:eks:pod-network-packet-loss',
        selector: { service: 'shop' },
        parameters: { loss: '25%' },
      },
      '50%',
    ],
    [
      'chaostoxi.toxic.actions',
      'create_latency_toxic',
      { for_proxy: 'postgres_proxy', toxic_name: 't', latency: 3000, jitter: 10 },
      {
        action: 'aws:ecs:task-network-latency',
        selector: { service: 'shop' },
        parameters: { delay: '3s', jitter: '10ms', to: ['database'] },
      },
      '100%',
    ],
    [
      'toxiproxy.toxic.actions',
      'create_toxic',
      {
        for_proxy: 'database',
        toxic_name: 't',
        toxic_type: 'latency',
        stream: 'upstream',
        toxicity: 0.5,
        attributes: { latency: 100 },
      },
      {
        action: 'aws:ecs:task-network-latency',
        selector: { service: 'shop' },
        parameters: { delay: '100ms', jitter: '0s', to: ['database'], flows: '50%' },
      },
      '100%',
    ],
    [
      'chaostoxi.toxic.actions',
      'create_toxic',
      {
        for_proxy: 'database',
        toxic_name: 't',
        toxic_type: 'timeout',
        toxicity: 1,
        attributes: { timeout: 0 },
      },
      {
        action: 'aws:ecs:task-network-blackhole-port',
        selector: { service: 'shop' },
        parameters: { port: 5432, direction: 'egress', protocol: 'tcp' },
      },
      '100%',
    ],
    [
      'chaostoxi.toxic.actions',
      'create_timeout_toxic',
      { for_proxy: 'postgres', toxic_name: 't', timeout: 100 },
      {
        action: 'aws:ecs:task-network-blackhole-port',
        selector: { service: 'shop' },
        parameters: { port: 5432, direction: 'egress', protocol: 'tcp' },
      },
      '100%',
    ],
    [
      'chaostoxi.proxy.actions',
      'disable_proxy',
      { proxy_name: 'postgres' },
      {
        action: 'aws:ecs:task-network-blackhole-port',
        selector: { service: 'shop' },
        parameters: { port: 5432, direction: 'egress', protocol: 'tcp' },
      },
      '100%',
    ],
  ])('becomes a fault of the catalogue: %s.%s %j', (module, func, args, fault, share) => {
    const action = python(module, func, args);
    expect(faultOf(action)).toEqual({ fault, share });
    const result = acting(action);
    expect(result.refusals).toEqual([]);
    // Every argument has been spoken of by what knows the function.
    expect(
      result.fields.filter(({ unknown, why }) => unknown === true || why?.includes('is not known to have')),
    ).toEqual([]);
  });
});
