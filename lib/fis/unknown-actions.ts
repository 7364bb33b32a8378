/**
 * Names that people write and FIS does not know, some of which public texts and old guides give, each with what to write
 * (collected November 2026).
 */
const hints: Readonly<Record<string, string>> = {
  'aws:dynamodb:encrypted-global-table-pause-replication':
    "AWS replaced it in April 2024: write 'aws:dynamodb:global-table-pause-replication'",
  'aws:elasticache:interrupt-cluster-az-power':
    "AWS is retiring it: write 'aws:elasticache:replicationgroup-interrupt-az-power'",
  'aws:lambda:put-function-concurrent-executions':
    "no action of FIS limits a function's concurrency; 'aws:lambda:invocation-error' lets a share of its invocations fail",
  'aws:ecs:network-blackhole-port': "did you mean 'aws:ecs:task-network-blackhole-port'?",
  'aws:ebs:pause-io': "did you mean 'aws:ebs:pause-volume-io'?",
  'aws:kinesis:inject-api-provisioned-throughput-exception':
    "did you mean 'aws:kinesis:stream-provisioned-throughput-exception'?",
  'aws:eks:delete-pod': "did you mean 'aws:eks:pod-delete'?",
  'aws:rds:failover-cluster': "did you mean 'aws:rds:failover-db-cluster'?",
};

/** What to write instead of a name that is known not to exist. */
export const hintForAction = (id: unknown): string | undefined =>
  typeof id === 'string' && Object.hasOwn(hints, id) ? hints[id] : undefined;
