import { documentArn } from '../plan/aws-names.ts';
import type { DeployedEnvironment } from './deployed-environment.ts';
import { type Grant, grant, grantOnNamed } from './grant.ts';

/** Looking at FIS's safety lever, of which there is one in an account and Region. */
export const readSafetyLever = ({ names }: DeployedEnvironment): Grant =>
  grant('SafetyLever', ['fis:GetSafetyLever'], [names.arn('fis', 'safety-lever/default')]);

/** Reading the freezes that the environment names, and no others. */
export function readFreezes({ target, names, place }: DeployedEnvironment): readonly Grant[] {
  const parameters = target.freezes.flatMap((one) => ('parameter' in one ? [one.parameter] : []));
  const calendars = target.freezes.flatMap((one) => ('changeCalendar' in one ? [one.changeCalendar] : []));
  return [
    ...grantOnNamed('Freezes', ['ssm:GetParameter'], parameters, (name) =>
      names.arn('ssm', `parameter/${name.replace(/^\//, '')}`),
    ),
    ...grantOnNamed('Calendars', ['ssm:GetCalendarState'], calendars, (name) => documentArn(name, place)),
  ];
}

/** Taking on the roles that read incident alarms of other accounts and Regions. */
export const pollIncidents = ({ target }: DeployedEnvironment): readonly Grant[] =>
  grantOnNamed(
    'PolledIncidents',
    ['sts:AssumeRole'],
    target.incidentAlarms.flatMap(({ readBy }) => readBy ?? []),
    (role) => role,
  );
