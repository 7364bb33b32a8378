import { describe, expect, it } from 'vitest';
import { problemsOfIssues } from '../../lib/definitions/problems-of-issues.ts';
import { experimentSchema } from '../../lib/experiment/experiment.ts';
import { slowDatabase } from '../plan/examples.ts';

const problemsOf = (fault: object) => {
  const document = { ...slowDatabase, faults: { it: { selector: { service: 'shop' }, ...fault } } };
  return problemsOfIssues('experiment', document, experimentSchema.safeParse(document).error?.issues ?? []);
};

describe('an action that FIS does not have', () => {
  it.each([
    ['aws:ecs:network-blackhole-port', "did you mean 'aws:ecs:task-network-blackhole-port'?"],
    ['aws:ebs:pause-io', "did you mean 'aws:ebs:pause-volume-io'?"],
    [
      'aws:kinesis:inject-api-provisioned-throughput-exception',
      "did you mean 'aws:kinesis:stream-provisioned-throughput-exception'?",
    ],
    ['aws:eks:delete-pod', "did you mean 'aws:eks:pod-delete'?"],
    ['aws:rds:failover-cluster', "did you mean 'aws:rds:failover-db-cluster'?"],
    ['aws:lambda:put-function-concurrent-executions', 'no action of FIS limits'],
    ['aws:dynamodb:encrypted-global-table-pause-replication', 'AWS replaced it in April 2024'],
    ['aws:elasticache:interrupt-cluster-az-power', 'AWS is retiring it'],
    ['aws:ecs:stop-tasks', "did you mean 'aws:ecs:stop-task'?"],
  ])('%s is told what to write', (action, hint) => {
    const [problem, ...others] = problemsOf({ action });
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      code: 'unknown-value',
      path: ['faults', 'it', 'action'],
      message: `'${action}' is no action that Steadfast knows`,
    });
    expect(problem?.hint).toContain(hint);
  });
});

describe('a wrong parameter', () => {
  it('is compared with those of the action chosen only', () => {
    const [problem] = problemsOf({ action: 'aws:rds:reboot-db-instances', parameters: { failovr: true } });
    expect(problem).toMatchObject({
      code: 'unknown-key',
      path: ['faults', 'it', 'parameters', 'failovr'],
      hint: "did you mean 'failover'?",
      candidates: ['failover'],
    });
  });

  it('is told its range', () => {
    const parameters = { port: 70_000, direction: 'egress' };
    expect(problemsOf({ action: 'aws:ecs:task-network-blackhole-port', parameters })).toMatchObject([
      {
        path: ['faults', 'it', 'parameters', 'port'],
        message: 'is out of range: write a value from 1 to 65535',
      },
    ]);
  });

  it('is told when it is missing', () => {
    expect(problemsOf({ action: 'aws:ecs:task-kill-process', parameters: {} })).toMatchObject([
      { code: 'missing', path: ['faults', 'it', 'parameters', 'process'] },
    ]);
  });

  it('is told when it is none of the words', () => {
    const parameters = { port: 80, direction: 'egres' };
    expect(problemsOf({ action: 'aws:ecs:task-network-blackhole-port', parameters })).toMatchObject([
      { path: ['faults', 'it', 'parameters', 'direction'], hint: "did you mean 'egress'?" },
    ]);
  });
});
