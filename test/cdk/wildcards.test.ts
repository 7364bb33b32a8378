import { App, Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { describe, expect, it } from 'vitest';
import { acknowledgeWildcards, reasonOfFaults, reasonOfFunctions } from '../../lib/cdk/wildcards.ts';
import { nagFindings } from './nag-findings.ts';

const reading = new PolicyStatement({ sid: 'Trace', actions: ['xray:PutTraceSegments'], resources: ['*'] });
const runs = new PolicyStatement({
  sid: 'Runs',
  actions: ['s3:GetObject'],
  resources: ['arn:aws:s3:::b/runs/*'],
});

describe('a wildcard in a role', () => {
  /** What cdk-nag has against a role with these statements, once their wildcards are acknowledged. */
  function findingsOf(statements: readonly PolicyStatement[]) {
    const app = new App({ analyticsReporting: false });
    const role = new Role(new Stack(app, 'Hand'), 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { all: new PolicyDocument({ statements: [...statements] }) },
    });
    acknowledgeWildcards(role, statements, reasonOfFunctions);
    return nagFindings(app);
  }

  it('is no open finding where every statement that uses it has a reason', () => {
    expect(findingsOf([reading, runs])).toEqual([]);
  });

  it('stays one where a statement has none, although another that uses it has', () => {
    const anything = new PolicyStatement({
      sid: 'Anything',
      actions: ['ec2:StopInstances'],
      resources: ['*'],
    });
    expect(findingsOf([reading, runs, anything])).toEqual([
      'AwsSolutions-IAM5[Resource::*] Hand/Role/Resource',
    ]);
  });

  it('stays one where a statement has no Sid to look it up by', () => {
    expect(findingsOf([new PolicyStatement({ actions: ['ecs:ListTasks'], resources: ['*'] })])).toHaveLength(
      1,
    );
  });

  it('of an action is never acknowledged', () => {
    const all = new PolicyStatement({ sid: 'Trace', actions: ['ecs:*'], resources: ['*'] });
    expect(findingsOf([all])).toEqual(['AwsSolutions-IAM5[Action::ecs:*] Hand/Role/Resource']);
  });

  it("of FIS's roles has the reason of its kind of confinement, whatever it is confined to", () => {
    expect(reasonOfFaults('OnlyInTheEnvironmentTask')).toMatch(/environment's tag/);
    expect(reasonOfFaults('Anything')).toBeUndefined();
  });
});
