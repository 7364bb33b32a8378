import type { EnvironmentNames } from '../plan/environment-names.ts';
import { haltPrefix, pausePartition } from '../plan/table-partitions.ts';
import type { EnvironmentStatement } from './environment-statement.ts';

/** What the command asks to find launchers by their tags; IAM knows no resource for it. */
export const findByTags: EnvironmentStatement = {
  sid: 'FindByTags',
  actions: ['tag:GetResources'],
  resources: ['*'],
};

const partition = (operator: 'StringEquals' | 'StringLike', name: string) => ({
  [`ForAllValues:${operator}`]: { 'dynamodb:LeadingKeys': name },
});

/** What operators write by the command: wishes to end runs, where the kill switch does not answer, pauses, and starts that come once. */
export const operatingStatements = (names: EnvironmentNames): EnvironmentStatement[] => [
  {
    sid: 'WriteHalts',
    actions: ['dynamodb:UpdateItem'],
    resources: [names.tableArn],
    conditions: partition('StringLike', `${haltPrefix}*`),
  },
  {
    sid: 'PauseExperiments',
    actions: ['dynamodb:DeleteItem', 'dynamodb:PutItem'],
    resources: [names.tableArn],
    conditions: partition('StringEquals', pausePartition),
  },
  {
    sid: 'ScheduleStarts',
    actions: ['scheduler:CreateSchedule', 'scheduler:DeleteSchedule'],
    resources: [names.schedulesArn],
  },
  {
    sid: 'LetSchedulesStart',
    actions: ['iam:PassRole'],
    resources: [names.schedulerRoleArn],
    conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
  },
];
