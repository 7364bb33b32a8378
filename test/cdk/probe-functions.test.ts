import { describe, expect, it } from 'vitest';
import { fullEnvironment } from './full-environment.ts';
import { synthesize, templateNamed } from './synthesis.ts';

const stackName = 'steadfast-staging-runner';

describe('a vantage point', () => {
  const stacks = synthesize({ environments: [fullEnvironment] });

  const functionNamed = (name: string) =>
    Object.values(templateNamed(stacks, stackName).Resources).find(
      ({ Properties }) => Properties['FunctionName'] === `steadfast-staging-${name}`,
    )?.Properties ?? {};

  it('probes from the subnets of each vantage point by a function that may do nothing else', () => {
    const probing = functionNamed('probe-shops');
    expect(probing['VpcConfig']).toEqual({
      SubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
      SecurityGroupIds: ['sg-0123456789abcdef0'],
    });
    expect(probing['TracingConfig']).toBeUndefined();
    expect(probing['Environment']).toEqual({ Variables: { NODE_OPTIONS: '--enable-source-maps' } });
    const allowed = Object.entries(templateNamed(stacks, stackName).Resources).flatMap(
      ([id, { Type: type, Properties }]) =>
        type === 'AWS::IAM::Policy' && id.startsWith('Probeshops') ? [JSON.stringify(Properties)] : [],
    );
    expect(allowed).toHaveLength(1);
    expect([...new Set(allowed[0]?.match(/"[a-z0-9]+:[A-Z][A-Za-z]+"/g))].toSorted()).toEqual(
      [
        'ec2:AssignPrivateIpAddresses',
        'ec2:CreateNetworkInterface',
        'ec2:DeleteNetworkInterface',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSubnets',
        'ec2:UnassignPrivateIpAddresses',
        // A condition's key.
        'lambda:SourceFunctionArn',
        'logs:CreateLogStream',
        'logs:PutLogEvents',
        'secretsmanager:GetSecretValue',
        'ssm:GetParameter',
      ].map((action) => `"${action}"`),
    );
  });
});
