import { describe, expect, it } from 'vitest';
import { onTagged, planWith } from './fault-examples.ts';

const statementsFor = (action: string, parameters?: object) =>
  Object.fromEntries(
    planWith(onTagged(action, parameters)).role?.statements.map(({ Sid, ...statement }) => [
      Sid,
      statement,
    ]) ?? [],
  );

describe("FIS's role for what FIS makes itself", () => {
  const statements = statementsFor('aws:network:disrupt-connectivity', { scope: 'all' });
  const place = 'arn:aws:ec2:eu-west-1:111111111111';

  it('may put an ACL on subnets with the environment tag only', () => {
    expect(statements['OnlyInTheEnvironmentSubnet']).toEqual({
      Effect: 'Allow',
      Action: ['ec2:ReplaceNetworkAclAssociation'],
      Resource: [`${place}:subnet/*`],
      Condition: { StringEquals: { 'aws:ResourceTag/Env': 'staging' } },
    });
    expect(statements['OnlyInTheEnvironmentVpc']?.Resource).toEqual([`${place}:vpc/*`]);
  });

  it("may make, fill and delete FIS's own ACLs only", () => {
    expect(statements['OnlyToMakeItsOwnNetworkAcl']).toMatchObject({
      Action: ['ec2:CreateNetworkAcl'],
      Condition: { StringEquals: { 'aws:RequestTag/managedByFIS': 'true' } },
    });
    expect(statements['OnlyWhatFisMade']).toMatchObject({
      Action: ['ec2:CreateNetworkAclEntry', 'ec2:DeleteNetworkAcl'],
      Condition: { StringEquals: { 'aws:ResourceTag/managedByFIS': 'true' } },
    });
  });

  it('may tag nothing but the ACL that it is making', () => {
    expect(statements['OnlyToTagAtCreateNetworkAclNetworkAcl']).toMatchObject({
      Action: ['ec2:CreateTags'],
      Resource: [`${place}:network-acl/*`],
      Condition: {
        StringEquals: { 'aws:RequestTag/managedByFIS': 'true', 'ec2:CreateAction': 'CreateNetworkAcl' },
      },
    });
  });
});

describe("FIS's role for what is needed only sometimes", () => {
  it('leaves out what only a declaration would confine', () => {
    const allowed = (action: string) => Object.values(statementsFor(action)).flatMap(({ Action }) => Action);
    expect(allowed('aws:dynamodb:global-table-pause-replication')).toContain('dynamodb:PutResourcePolicy');
    expect(allowed('aws:dynamodb:global-table-pause-replication')).not.toContain('dynamodb:InjectError');
    expect(allowed('aws:network:disrupt-vpc-endpoint')).not.toContain('vpce:AllowMultiRegion');
  });

  it('gives what the tag confines', () => {
    const statements = statementsFor('aws:ec2:stop-instances');
    expect(statements['OnlyInTheEnvironment']?.Action).toEqual(['ec2:StartInstances', 'ec2:StopInstances']);
    expect(statements['OnlyInTheEnvironmentKey']?.Action).toEqual(['kms:CreateGrant']);
  });
});

describe("FIS's role for calls that could do more than FIS does", () => {
  it("may grant the use of a key to EC2's own volumes only", () => {
    expect(statementsFor('aws:ec2:stop-instances')['OnlyInTheEnvironmentKey']).toMatchObject({
      Resource: ['arn:aws:kms:eu-west-1:111111111111:key/*'],
      Condition: {
        StringEquals: { 'aws:ResourceTag/Env': 'staging' },
        Bool: { 'kms:GrantIsForAWSResource': 'true' },
        StringLike: { 'kms:ViaService': 'ec2.*.amazonaws.com*' },
      },
    });
  });
});
