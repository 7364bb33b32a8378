import {
  argument,
  argumentApproximated,
  argumentMapped,
  argumentRefused,
  type Call,
  numberArgument,
} from '../call.ts';
import { type Driver, type Made, refusedAs } from './driver.ts';
import { type Naming, selectorOf, shareOf } from './selection.ts';

interface Simple extends Naming {
  readonly action: string;
  readonly percent?: string;
  readonly count?: string;
  /** Whether all that the source names is hit. */
  readonly all?: true;
  /** Arguments that say how, and for which nothing is written here. */
  readonly left?: Readonly<Record<string, string>>;
}

/** A function that becomes an action of FIS with a selector and no parameters of its own. */
const simple =
  (
    { action, percent, count, all, left = {}, ...naming }: Simple,
    parameters?: (call: Call) => object | undefined,
  ) =>
  (call: Call): Made => {
    const selector = selectorOf(call, naming);
    if (typeof selector === 'string') return refusedAs(selector);
    for (const [name, why] of Object.entries(left)) argumentRefused(call, name, why);
    const made = parameters?.(call);
    return {
      kind: 'fault',
      fault: { action, selector, ...(made === undefined ? {} : { parameters: made }) },
      share:
        all === true
          ? '100%'
          : shareOf(call, {
              ...(percent === undefined ? {} : { percent }),
              ...(count === undefined ? {} : { count }),
            }),
      family: action.split(':')[1] ?? action,
    };
  };

const undo =
  (family: string, ...names: readonly string[]) =>
  (call: Call): Made => {
    for (const name of names)
      argumentMapped(call, name, 'the end of each stage, when the fault is taken away');
    return { kind: 'undo', family };
  };

const not = (why: string) => (): Made => refusedAs(why);

const reason = { reason: 'nobody reads it: the journal says why a task was stopped' };
const tasks = { by: ['service', 'task_id'], declared: ['cluster'], type: 'aws:ecs:task' };

const ecs: Driver = {
  modules: ['chaosaws.ecs.actions'],
  functions: {
    stop_task: simple({ action: 'aws:ecs:stop-task', ...tasks, left: reason }),
    stop_random_tasks: simple({
      action: 'aws:ecs:stop-task',
      ...tasks,
      percent: 'task_percent',
      count: 'task_count',
      left: reason,
    }),
    update_desired_count: not(
      'a number of tasks is not a fault that ends by itself: write aws:ecs:stop-task, with a share of the tasks',
    ),
    delete_service: not(
      'nothing brings a service back that was deleted: write aws:ecs:stop-task with the share 100%',
    ),
    delete_cluster: not(
      'nothing brings a cluster back that was deleted: write aws:ecs:stop-task with the share 100%',
    ),
    deregister_container_instance: not('write aws:ecs:drain-container-instances, with a share of the hosts'),
    update_container_instances_state: not(
      'write aws:ecs:drain-container-instances, with a share of the hosts',
    ),
  },
  otherwise: 'write an action of aws:ecs, such as aws:ecs:stop-task or aws:ecs:task-network-latency',
};

const instances = {
  by: ['filters', 'instance_ids', 'instance_id'],
  type: 'aws:ec2:instance',
  left: { force: 'FIS stops instances as a person would' },
};
const noVolumes = not(
  'a volume is not taken off an instance: write aws:ebs:pause-volume-io, which ends by itself',
);

const ec2: Driver = {
  modules: ['chaosaws.ec2.actions'],
  functions: {
    stop_instance: simple({ action: 'aws:ec2:stop-instances', ...instances }),
    stop_instances: simple({ action: 'aws:ec2:stop-instances', ...instances, all: true }),
    stop_instances_by_incremental_steps: not(
      'write aws:ec2:stop-instances with a stage for each step: each is judged before the next one starts',
    ),
    terminate_instance: simple({ action: 'aws:ec2:terminate-instances', ...instances }),
    terminate_instances: simple({ action: 'aws:ec2:terminate-instances', ...instances, all: true }),
    restart_instances: simple({ action: 'aws:ec2:reboot-instances', ...instances, all: true }),
    start_instances: undo('ec2', 'instance_ids', 'az', 'instance_type', 'force', 'filters'),
    detach_random_volume: noVolumes,
    attach_volume: noVolumes,
    authorize_security_group_ingress: undo('network'),
    revoke_security_group_ingress: not(
      'rules of security groups are not changed: write aws:ecs:task-network-blackhole-port or aws:network:disrupt-connectivity',
    ),
  },
  otherwise: 'write an action of aws:ec2, such as aws:ec2:stop-instances, which starts them again',
};

const groups = {
  by: ['asg_names', 'tags'],
  type: 'aws:ec2:instance',
  percent: 'instance_percent',
  count: 'instance_count',
};

const asg: Driver = {
  modules: ['chaosaws.asg.actions'],
  functions: {
    terminate_random_instances: simple({ action: 'aws:ec2:terminate-instances', ...groups }),
    stop_random_instances: simple({ action: 'aws:ec2:stop-instances', ...groups, left: instances.left }),
    detach_random_instances: not('an instance is not detached from its group: write aws:ec2:stop-instances'),
    suspend_processes: not(
      'processes of a group are not suspended: write aws:ec2:asg-insufficient-instance-capacity-error, which lets its launches fail and ends by itself',
    ),
    resume_processes: undo('ec2', 'asg_names', 'tags', 'process_names'),
    change_subnets: not('subnets of a group are not changed: write aws:network:disrupt-connectivity'),
    detach_random_volume: noVolumes,
    attach_volume: noVolumes,
  },
  otherwise: 'write aws:ec2:terminate-instances or aws:ec2:asg-insufficient-instance-capacity-error',
};

function failover(call: Call): object | undefined {
  const forced = argument(call, 'force_failover')?.value;
  argumentMapped(call, 'force_failover', `faults.${call.name}.parameters.failover`);
  return typeof forced === 'boolean' ? { failover: forced } : undefined;
}

const noStop = not(
  'FIS does not stop databases: write aws:rds:reboot-db-instances or aws:rds:failover-db-cluster',
);
const noDelete = not('nothing brings a database back that was deleted: write aws:rds:reboot-db-instances');

const rds: Driver = {
  modules: ['chaosaws.rds.actions'],
  functions: {
    failover_db_cluster: simple({
      action: 'aws:rds:failover-db-cluster',
      by: ['db_cluster_identifier'],
      type: 'aws:rds:cluster',
      left: { target_db_instance_identifier: 'FIS lets RDS choose the reader that is promoted' },
      all: true,
    }),
    reboot_db_instance: simple(
      {
        action: 'aws:rds:reboot-db-instances',
        by: ['db_instance_identifier'],
        type: 'aws:rds:db',
        all: true,
      },
      failover,
    ),
    stop_db_instance: noStop,
    stop_db_cluster: noStop,
    delete_db_instance: noDelete,
    delete_db_cluster: noDelete,
  },
  otherwise: 'write aws:rds:failover-db-cluster or aws:rds:reboot-db-instances',
};

/** No invocation at all is what a reserved concurrency of nothing comes to. */
function concurrency(call: Call): Made {
  if (numberArgument(call, 'concurrent_executions') !== 0)
    return refusedAs(
      'FIS does not limit how many invocations run at once: write aws:lambda:invocation-error, which lets a share of them fail',
    );
  argumentApproximated(
    call,
    'concurrent_executions',
    `faults.${call.name}.parameters`,
    'every invocation fails, where Lambda would turn each call away',
  );
  return simple(
    { action: 'aws:lambda:invocation-error', by: ['function_name'], type: 'aws:lambda:function', all: true },
    () => ({ preventExecution: true }),
  )(call);
}

const noSettings = not(
  'the settings of a function are not changed: write aws:lambda:invocation-add-delay or aws:lambda:invocation-error',
);

const lambda: Driver = {
  modules: ['chaosaws.awslambda.actions'],
  functions: {
    put_function_concurrency: concurrency,
    delete_function_concurrency: undo('lambda', 'function_name'),
    put_function_timeout: noSettings,
    put_function_memory_size: noSettings,
    toggle_event_source_mapping_state: noSettings,
    delete_event_source_mapping: not(
      'nothing brings an event source back that was deleted: write aws:lambda:invocation-error',
    ),
    invoke_function: not('a call of a function is no fault: it may be a `lambda` rollback, or make traffic'),
  },
  otherwise:
    'write aws:lambda:invocation-add-delay, aws:lambda:invocation-error or aws:lambda:invocation-http-integration-response',
};

const cache = {
  action: 'aws:elasticache:replicationgroup-interrupt-az-power',
  type: 'aws:elasticache:replicationgroup',
  all: true,
} as const;
const nodes = 'FIS hits the nodes of a zone: the selector names it';

const elasticache: Driver = {
  modules: ['chaosaws.elasticache.actions'],
  functions: {
    test_failover: simple({ ...cache, by: ['replication_group_id'], left: { node_group_id: nodes } }),
    reboot_cache_clusters: simple({ ...cache, by: ['cluster_ids'], left: { node_ids: nodes } }),
    delete_cache_clusters: not(`nothing brings a cache back that was deleted: write ${cache.action}`),
    delete_replication_groups: not(`nothing brings a cache back that was deleted: write ${cache.action}`),
  },
  otherwise: `write ${cache.action}`,
};

const noTemplate = not(
  'a template of FIS says itself what it does: import the template, steadfast import TEMPLATE.json, and it becomes an experiment with its own guards',
);

const fis: Driver = {
  modules: ['chaosaws.fis.actions'],
  functions: {
    start_experiment: noTemplate,
    stop_experiment: () => ({
      kind: 'needless',
      why: 'the end of each stage, when its experiment of FIS is stopped',
    }),
  },
  otherwise:
    'write the faults that it makes, such as aws:network:disrupt-connectivity in place of a lost zone',
};

/** What to write in place of drivers of AWS of which nothing is taken over. */
const others: readonly (readonly [module: string, otherwise: string])[] = [
  ['chaosaws.elbv2.actions', 'write aws:ecs:stop-task, or aws:network:disrupt-connectivity for a zone'],
  ['chaosaws.elb.actions', 'write aws:ec2:stop-instances, or aws:network:disrupt-connectivity for a zone'],
  ['chaosaws.ssm.actions', 'write aws:ssm:send-command with a document that the environment declares'],
  ['chaosaws.s3.actions', 'write aws:s3:bucket-pause-replication'],
  ['chaosaws.eks.actions', 'write aws:eks:terminate-nodegroup-instances or aws:eks:pod-delete'],
  ['chaosaws.iam.actions', 'policies are not changed: write aws:fis:inject-api-unavailable-error for a role'],
  ['chaosaws.dynamodb.actions', 'write aws:dynamodb:global-table-pause-replication'],
  ['chaosaws.route53.actions', 'names are not changed: write aws:ecs:task-network-blackhole-port'],
  ['chaosaws.cloudwatch.actions', 'alarms and rules are not changed: guards watch them'],
  ['chaosaws.emr.actions', 'write aws:ec2:terminate-instances for its instances'],
  ['chaosaws.msk.actions', 'write aws:ecs:task-network-blackhole-port towards the brokers'],
];

export const chaosaws: readonly Driver[] = [
  ecs,
  ec2,
  asg,
  rds,
  lambda,
  elasticache,
  fis,
  ...others.map(([module, otherwise]) => ({ modules: [module], functions: {}, otherwise })),
];
