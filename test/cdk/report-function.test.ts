import { Match } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { slowDatabase } from '../plan/examples.ts';
import { assertable, type CloudFormation, synthesize, templateNamed } from './synthesis.ts';

const runner = 'steadfast-staging-runner';

describe('the function of reports, as it is deployed', () => {
  let stacks: ReadonlyMap<string, CloudFormation>;

  beforeAll(() => {
    stacks = synthesize({ experiments: [slowDatabase] });
  });

  const report = () =>
    Object.entries(templateNamed(stacks, runner).Resources).find(
      ([, { Properties }]) => Properties['FunctionName'] === 'steadfast-staging-report',
    )?.[0];

  it('is woken by each verdict of its own environment, and by nothing else', () => {
    const { Resources } = templateNamed(stacks, runner);
    const rules = Object.values(Resources).filter(
      ({ Type, Properties }) =>
        Type === 'AWS::Events::Rule' && JSON.stringify(Properties).includes(`"${report()}"`),
    );
    expect(rules.map(({ Properties }) => Properties['EventPattern'])).toEqual([
      { source: ['steadfast'], 'detail-type': ['Verdict'], detail: { environment: ['staging'] } },
    ]);
  });

  it('is tried again for an hour, and keeps the event that it could not serve', () => {
    assertable(stacks, runner).hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: report() },
      MaximumEventAgeInSeconds: 3_600,
      MaximumRetryAttempts: 2,
      DestinationConfig: {
        OnFailure: { Destination: 'arn:aws:sqs:eu-west-1:111111111111:steadfast-staging-stop-failures' },
      },
    });
    assertable(stacks, runner).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: Match.objectLike({ 'detail-type': ['Verdict'] }),
      Targets: [
        Match.objectLike({
          DeadLetterConfig: { Arn: Match.anyValue() },
          RetryPolicy: { MaximumEventAgeInSeconds: 3_600, MaximumRetryAttempts: 2 },
        }),
      ],
    });
  });
});
