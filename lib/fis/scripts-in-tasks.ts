import { yesOrNo } from './parameter.ts';
import { type FisPermission, findsByTag, reads, tagged } from './permission.ts';
import type { Prerequisite } from './prerequisite.ts';

/** What an action asks of a task, for people and for admission. */
type Asked = {
  readonly requires: readonly string[];
  readonly prerequisites: readonly Prerequisite[];
};

/** What a task needs for the actions that run a script in it, through the SSM agent beside it. */
export const withSidecar: Asked = {
  requires: [
    'the SSM agent as a sidecar container, whose managed instance is registered with the environment tag',
    'ECS Exec off: two SSM agents clash',
  ],
  prerequisites: ['propagated-tags', 'ssm-sidecar', 'registered-task', 'ecs-exec-off'],
};

/** The same for those that change its network. */
export const inTheNetwork: Asked = {
  requires: [
    ...withSidecar.requires,
    'enableFaultInjection=true and pidMode=task in the task definition',
    'network mode awsvpc or host',
  ],
  prerequisites: [
    ...withSidecar.prerequisites,
    'fault-injection-enabled',
    'shared-pid-mode',
    'task-network-mode',
  ],
};

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
