import { documentArn, roleArn } from '../plan/aws-names.ts';
import type { DeployedEnvironment } from './deployed-environment.ts';
import { type Grant, grant, grantOnNamed } from './grant.ts';

/** Reading the secrets that the environment declares, and no others. */
export function readSecrets({ parsed, names }: DeployedEnvironment): readonly Grant[] {
  const sources = Object.values(parsed.secrets ?? {});
  const managed = sources.flatMap((source) => ('secretsManager' in source ? [source.secretsManager] : []));
  const parameters = sources.flatMap((source) => ('ssm' in source ? [source.ssm] : []));
  return [
    // Secrets Manager adds a hyphen and six characters to a name.
    ...grantOnNamed('Secrets', ['secretsmanager:GetSecretValue'], managed, (name) =>
      names.arn('secretsmanager', `secret:${name}-??????`),
    ),
    ...grantOnNamed('Parameters', ['ssm:GetParameter'], parameters, (name) =>
      names.arn('ssm', `parameter/${name.replace(/^\//, '')}`),
    ),
  ];
}

/** Calling the functions that the environment declares, and no others. Which of them look, roll back or make traffic it does not say. */
export const callFunctions = ({ parsed, names }: DeployedEnvironment): readonly Grant[] =>
  grantOnNamed('Functions', ['lambda:InvokeFunction'], Object.values(parsed.functions ?? {}), (name) =>
    names.arn('lambda', `function:${name}`),
  );

/** Running the automations that the environment declares for rollbacks; calling its functions is the probes' too. */
export function performRollbacks({ parsed, names, place }: DeployedEnvironment): readonly Grant[] {
  const documents = Object.values(parsed.documents ?? {});
  const executions = names.arn('ssm', 'automation-execution/*');
  return [
    ...grantOnNamed(
      'Automations',
      ['ssm:StartAutomationExecution'],
      documents.map(({ document }) => document),
      (document) => documentArn(document, place),
    ),
    ...(documents.length === 0
      ? []
      : [
          // Starting one is asked of the document and of the execution that is made (service authorization reference).
          grant(
            'AutomationExecutions',
            ['ssm:GetAutomationExecution', 'ssm:StartAutomationExecution'],
            [executions],
            { unlimited: 'what may be started is limited by its document; looking changes nothing' },
          ),
        ]),
    ...grantOnNamed(
      'AutomationRoles',
      ['iam:PassRole'],
      documents.flatMap(({ role }) => role ?? []),
      (role) => roleArn(role, place),
      { conditions: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } } },
    ),
  ];
}
