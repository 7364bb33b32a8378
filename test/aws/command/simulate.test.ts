import {
  type EvaluationResult,
  GetRoleCommand,
  IAMClient,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { principalOf, simulate } from '../../../lib/aws/command/simulate.ts';

const iam = new IAMClient({ region: 'eu-west-1' });
const mock = mockClient(iam);
beforeEach(() => void mock.reset());

describe('what IAM allows', () => {
  const role = 'arn:aws:iam::111111111111:role/on-call';
  const need = {
    actions: ['fis:StartExperiment'],
    resource: '*',
    context: [{ key: 'aws:ResourceTag/Env', values: ['staging'], type: 'string' as const }],
  };

  it.each<[string, Partial<EvaluationResult>, object]>([
    ['is told', { EvalDecision: 'allowed' }, { allowed: true }],
    [
      'is told as refused where no policy allows it',
      { EvalDecision: 'implicitDeny' },
      { allowed: false, why: 'no policy allows it' },
    ],
    [
      'is told as refused where one denies it',
      { EvalDecision: 'explicitDeny', MissingContextValues: ['aws:SourceIp'] },
      { allowed: false, why: 'a policy denies it explicitly' },
    ],
    [
      'is open where it depends on what nobody has said',
      { EvalDecision: 'implicitDeny', MissingContextValues: ['aws:SourceIp'] },
      { allowed: undefined, why: 'it depends on aws:SourceIp' },
    ],
    [
      'is told as refused by the organization',
      { EvalDecision: 'implicitDeny', OrganizationsDecisionDetail: { AllowedByOrganizations: false } },
      { allowed: false, why: 'a service control policy of the organization does not allow it' },
    ],
    [
      'is told as refused by a boundary',
      {
        EvalDecision: 'implicitDeny',
        OrganizationsDecisionDetail: { AllowedByOrganizations: true },
        PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
      },
      { allowed: false, why: 'a permissions boundary does not allow it' },
    ],
  ])('%s', async (_what, result, answer) => {
    mock.on(SimulatePrincipalPolicyCommand).resolves({
      EvaluationResults: [{ EvalActionName: 'fis:StartExperiment', EvalDecision: undefined, ...result }],
    });
    expect(await simulate(iam, role, [need])).toEqual([
      { action: 'fis:StartExperiment', resource: '*', ...answer },
    ]);
  });
});

describe('who is behind credentials', () => {
  it('is a user itself', async () => {
    const user = 'arn:aws:iam::111111111111:user/team/ann';
    expect(await principalOf(iam, user)).toBe(user);
  });

  it('is the role of a session, with its path', async () => {
    const Arn = 'arn:aws:iam::111111111111:role/aws-reserved/operator';
    mock.on(GetRoleCommand, { RoleName: 'operator' }).resolves({
      Role: { Arn, Path: '/aws-reserved/', RoleName: 'operator', RoleId: 'R', CreateDate: new Date(0) },
    });
    expect(await principalOf(iam, 'arn:aws:sts::111111111111:assumed-role/operator/ann')).toBe(Arn);
  });

  it.each(['arn:aws:iam::111111111111:root', 'arn:aws:sts::111111111111:federated-user/ann'])(
    'is nobody whose policies IAM could simulate: %s',
    async (caller) => {
      expect(await principalOf(iam, caller)).toBeUndefined();
      expect(mock.calls()).toHaveLength(0);
    },
  );
});
