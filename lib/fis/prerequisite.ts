/**
 * What an action needs of its targets beyond their tags, as far as AWS's APIs show it before any fault; admission looks
 * (FIS user guide, "Use the ECS task actions" and "Use the Lambda actions", read November 2026). `requires` of an action says
 * the same to people, and what no API shows.
 */
export const taskPrerequisites = [
  // The task's service gives its tags to the tasks that replace others: later stages select by them.
  'propagated-tags',
  'ssm-sidecar',
  // One task that Systems Manager does not know fails the whole action.
  'registered-task',
  'ecs-exec-off',
  'fault-injection-enabled',
  'shared-pid-mode',
  'task-network-mode',
] as const;

/** The same of Lambda functions. */
export const functionPrerequisites = [
  'lambda-extension',
  'lambda-wrapper',
  'fault-configuration',
  'poll-wait',
] as const;

export type TaskPrerequisite = (typeof taskPrerequisites)[number];
export type FunctionPrerequisite = (typeof functionPrerequisites)[number];
export type Prerequisite = TaskPrerequisite | FunctionPrerequisite;

/** Some are asked only where a parameter of FIS says so. */
const askedWhere: Readonly<Partial<Record<Prerequisite, readonly [parameter: string, value: string]>>> = {
  'fault-injection-enabled': ['useEcsFaultInjectionEndpoints', 'true'],
  'poll-wait': ['preventExecution', 'true'],
};

/** Those of an action that hold with these parameters, as FIS is given them. */
export const prerequisitesWith = (
  prerequisites: readonly Prerequisite[],
  parameters: Readonly<Record<string, string>>,
): Prerequisite[] =>
  prerequisites.filter((one) => {
    const [parameter, value] = askedWhere[one] ?? [];
    return parameter === undefined || parameters[parameter] === value;
  });
