import { tagKeys } from '../plan/aws-names.ts';
import { type EnvironmentNames, environmentNames } from '../plan/environment-names.ts';
import { onlyUnder, sourceOfPartner } from './campaign-bus.ts';
import type { DeployedEnvironment } from './deployed-environment.ts';
import { type Grant, grant } from './grant.ts';
import { table, tellPeople } from './run-grants.ts';

/**
 * What a step of a campaign needs: the plan, how far it is, and the launchers. Those of another environment only where this one declares
 * that it dispatches for it: they share the places of an account and Region, so one of them has to count for both.
 */
export const dispatchPermissions = (environment: DeployedEnvironment): readonly Grant[] => {
  const { names, parsed, place } = environment;
  const others = (parsed.dispatches ?? []).filter((id) => id !== names.id);
  return [
    table(environment, 'BatchGetItem', 'GetItem', 'PutItem', 'Query'),
    tellPeople(names),
    grant('Plans', ['s3:GetObject'], [`${names.bucketArn}/campaigns/*`]),
    ...launchersOf(names, ''),
    ...tellPartners(environment),
    ...others.flatMap((id) => launchersOf(environmentNames({ id, ...place }), `Of${sidPart(id)}`)),
  ];
};

/** Telling the dispatchers of partners how its part of a campaign is, in its own name alone; and keeping an event that it failed on. */
function tellPartners({ names, parsed, partners }: DeployedEnvironment): readonly Grant[] {
  if (partners.length === 0) return [];
  return [
    grant(
      'TellPartners',
      ['events:PutEvents'],
      partners.map((partner) => environmentNames(partner).campaignBusArn),
      {
        conditions: onlyUnder(sourceOfPartner(parsed)),
      },
    ),
    grant('KeepFailures', ['sqs:SendMessage'], [names.stopFailuresArn]),
  ];
}

/** A Sid has letters and digits alone. */
const sidPart = (id: string) =>
  id.replaceAll(/(^|-)([a-z0-9])/g, (_, _hyphen: string, letter: string) => letter.toUpperCase());

const launchersOf = (names: EnvironmentNames, suffix: string): readonly Grant[] => [
  // The tag tells `staging` from `staging-2`, whose launchers' names begin alike.
  grant(
    `Launchers${suffix}`,
    ['states:DescribeStateMachine', 'states:StartExecution'],
    [names.launchersArn],
    { conditions: { StringEquals: { [`aws:ResourceTag/${tagKeys.environment}`]: names.id } } },
  ),
  grant(`Launched${suffix}`, ['states:DescribeExecution'], [names.launcherExecutionsArn], {
    unlimited:
      'read-only; IAM knows no tags of executions, so those of an environment whose name begins alike can be looked at too',
  }),
  grant(`Rejections${suffix}`, ['s3:GetObject'], [`${names.bucketArn}/runs/*`]),
];

/** The dispatcher: calling its function, and going on in another execution of its own. Logs and traces come on top. */
export const dispatcherPermissions = (
  { names }: DeployedEnvironment,
  functionArn: string,
): readonly Grant[] => [
  grant('Steps', ['lambda:InvokeFunction'], [functionArn]),
  grant('Continue', ['states:StartExecution'], [names.dispatcherArn]),
];
