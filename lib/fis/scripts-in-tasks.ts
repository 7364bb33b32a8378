import { yesOrNo } from './parameter.ts';
import { type FisPermission, findsByTag, reads, tagged } from './permission.ts';

/** What a task needs for the actions that run a script in it, through the SSM agent beside it. */
export const sidecarNeeds: readonly string[] = [
  'the SSM agent as a sidecar container, whose managed instance is registered with the environment tag',
  'ECS Exec off: two SSM agents clash',
];

/** What else it needs for those that change its network. */
export const networkNeeds: readonly string[] = [
  'enableFaultInjection=true and pidMode=task in the task definition',
  'network mode awsvpc or host',
];

/** What FIS needs to run a script in tasks, and what else an action asks. */
export const runsScripts = (more: readonly FisPermission[] = []): FisPermission[] => [
  tagged('ecs:DescribeTasks'),
  ...more,
  { action: 'ssm:SendCommand', confinedBy: 'managedInstanceTag' },
  reads('ssm:ListCommands'),
  {
    action: 'ssm:CancelCommand',
    confinedBy: { none: 'IAM knows no resource for it; it can only cancel, never start' },
  },
  findsByTag,
];

/** Whether the script may install the tools it needs. */
export const installDependencies = (tools: string) =>
  yesOrNo({
    what: `Whether the sidecar may install what the script needs (${tools}).`,
    fallback: 'true',
  }).optional();
