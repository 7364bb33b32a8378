import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../../lib/plan/problems.ts';
import { declaring, environmentTarget } from '../examples.ts';
import { experimentWith, planWith, problemsWith } from '../fault-examples.ts';

const target = environmentTarget(declaring);
const isolated = environmentTarget({ ...declaring, isolated: { reason: 'an account of its own' } });
const stress = (parameters: object) => ({
  action: 'aws:ssm:send-command',
  selector: { service: 'shop' },
  parameters: { document: 'cpuStress', parameters },
});
const runbook = (parameters: object, document = 'cutTheCable') => ({
  action: 'aws:ssm:start-automation-execution',
  parameters: { document, parameters },
});
const ownRole = 'arn:aws:iam::111111111111:role/cut-the-cable';

describe('an ARN within the parameters of a document', () => {
  it.each([
    ['a stream that a service declares', 'arn:aws:kinesis:eu-west-1:111111111111:stream/orders'],
    [
      'what a declared pattern fits',
      'arn:aws:autoscaling:eu-west-1:111111111111:autoScalingGroup:1:autoScalingGroupName/shop',
    ],
    ['a bucket that is named', 'arn:aws:s3:::orders-staging-copies/2026/'],
    ['a role of a service', 'arn:aws:iam::111111111111:role/shop'],
  ])('may be %s', (_, arn) => {
    expect(problemsWith(stress({ Target: arn }), target)).toEqual([]);
  });

  it.each([
    ['itself', { Target: 'arn:aws:rds:eu-west-1:111111111111:db:orders' }, 'Target'],
    ['in a list', { Targets: ['x', 'arn:aws:rds:eu-west-1:111111111111:db:orders'] }, 'Targets.1'],
    ['within a script', { commands: ['aws sqs purge --arn "arn:aws:sqs:eu-west-1:1:q"'] }, 'commands.0'],
    ['as a key', { 'arn:aws:sqs:eu-west-1:1:q': 'x' }, 'arn:aws:sqs:eu-west-1:1:q'],
    [
      'as a pattern wider than what is declared',
      { Target: 'arn:aws:kinesis:eu-west-1:111111111111:stream/*' },
      'Target',
    ],
  ])('may not be another one, %s', (_, parameters, path) => {
    expect(problemsWith(stress(parameters), target)).toEqual([
      `not-declared faults.it.parameters.parameters.${path}`,
    ]);
  });

  it('may be any of an isolated account, and none of another account', () => {
    const at = (account: string) => stress({ Target: `arn:aws:rds:eu-west-1:${account}:db:orders` });
    expect(problemsWith(at('111111111111'), isolated)).toEqual([]);
    expect(problemsWith(at('999999999999'), isolated)).toEqual([
      'not-declared faults.it.parameters.parameters.Target',
    ]);
  });
});

describe('the role that a runbook takes on', () => {
  it('is added by the plan where the document declares it, and may be written out', () => {
    for (const parameters of [{}, { AutomationAssumeRole: ownRole }, { AutomationAssumeRole: [ownRole] }]) {
      const { templates } = planWith(runbook(parameters), target);
      expect(templates[0]?.actions['it']?.parameters['documentParameters']).toBe(
        `{"AutomationAssumeRole":"${ownRole}"}`,
      );
    }
  });

  it.each([
    ['another role', { AutomationAssumeRole: 'arn:aws:iam::111111111111:role/shop' }, ''],
    ['another role by its name', { AutomationAssumeRole: 'admin' }, ''],
    ['another role in a list', { AutomationAssumeRole: [ownRole, 'admin'] }, '.1'],
  ])('may not be %s', (_, parameters, rest) => {
    expect(problemsWith(runbook(parameters), target)).toEqual([
      `not-declared faults.it.parameters.parameters.AutomationAssumeRole${rest}`,
    ]);
  });

  it('may not be any where the document declares none, with the way to declare it', () => {
    expect(
      problemsOf(experimentWith(runbook({ AutomationAssumeRole: ownRole }, 'cpuStress')), target),
    ).toMatchObject([
      {
        message: `the runbook would take on '${ownRole}', and environment 'staging' declares no role for the document 'cpuStress'`,
        hint: "remove it, and declare documents.cpuStress.role in environment 'staging': the plan adds it",
      },
    ]);
  });
});
