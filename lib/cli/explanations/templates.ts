import type { Area } from './explanation.ts';

/** What FisExperimentTemplate and its kin refuse. */
export const templates: Area = {
  id: 'templates',
  title: 'Problems of synthesis: FIS templates written by hand',
  where: 'As `code` of a problem that cdk synth tells of FisExperimentTemplate and FisTargetAccountRole.',
  docs: 'how-to/use-the-constructs.md',
  codes: {
    account: {
      means: 'The id of a target account is none.',
      why: 'FIS would act nowhere.',
      mend: 'Write out its 12 digits, in quotes.',
      example: "accountId: '222222222222'",
    },
    'account-role': {
      means: 'The role of a target account is no role, or one of another account.',
      why: 'FIS takes on a role of the account that it acts in.',
      mend: 'Give the ARN of the FisTargetAccountRole of that account.',
      example: "roleArn: 'arn:aws:iam::222222222222:role/fis-targets'",
    },
    'account-twice': {
      means: 'A target account is named twice.',
      why: 'FIS takes on one role in each account.',
      mend: 'Remove one of them.',
      example: 'targetAccounts: [{ accountId, roleArn }]',
    },
    'too-many-accounts': {
      means: 'A template has more target accounts than FIS acts in.',
      why: 'FIS would refuse it.',
      mend: 'Split the template.',
      example: 'targetAccounts: [{ accountId, roleArn }]',
    },
    arns: {
      means: 'What stands under arns is empty, no ARN, or of a type that FIS takes no ARNs of.',
      why: 'A target of the wrong ARNs hits nothing, or what nobody meant.',
      mend: 'Write ARNs out, or select as the hint says.',
      example: "FisTarget.arns({ resourceType: 'aws:iam:role', arns: [role.roleArn], selection: 'all' })",
    },
    'tags-and-arns': {
      means: 'A target has tags and ARNs.',
      why: 'FIS takes one or the other.',
      mend: 'Keep the tags where FIS can select by them, else the ARNs.',
      example: "FisTarget.tagged({ tags: { Service: 'shop' }, selection: 'one' })",
    },
    'selectable-by-tag': {
      means: 'A target names by ARN what FIS selects by tag.',
      why: 'Only a tag keeps the fault within the environment.',
      mend: 'Select them by FisTarget.tagged or FisTarget.of.',
      example: "FisTarget.of(service, { selection: '50%' })",
    },
    construct: {
      means:
        'A target names no construct, or one that makes no resource of the type, several, or none that takes tags.',
      why: 'FIS finds a construct by a tag of its own, which what was made elsewhere cannot be given.',
      mend: 'Name the construct that is meant, as the hint says, or select by tags.',
      example: "FisTarget.of(service, { selection: '50%' })",
    },
    'wrong-target-type': {
      means: 'An action hits another type of resource than its target is of.',
      why: 'FIS would refuse the template.',
      mend: 'Name a target of that type.',
      example: "FisTarget.tagged({ tags: { Service: 'shop' }, selection: 'one' })",
    },
    'unused-target': {
      means: 'No action hits a target.',
      why: 'It would be there for nothing, and is most often a slip.',
      mend: 'Remove it, or name it in an action.',
      example: "actions: { stop: { action: 'aws:ecs:stop-task', target: 'tasks' } }",
    },
    'no-target': {
      means: 'An action acts on no target, and one is named.',
      why: 'FIS would refuse it.',
      mend: 'Remove it.',
      example: "rest: { action: 'aws:fis:wait', duration: '2m' }",
    },
    pods: {
      means: 'A target of pods does not say which, or says it in more than one way.',
      why: 'FIS takes one kind of selector.',
      mend: 'Write either labels, a deployment or a pod.',
      example:
        "FisTarget.pods({ cluster, namespace, serviceAccount, labels: { app: 'shop' }, selection: 'one' })",
    },
    filters: {
      means: 'FIS takes no filters for this type, or a filter has no value.',
      why: 'A filter that is passed over would hit more than is written.',
      mend: 'Remove it, or say what may stand there.',
      example: "filters: { 'State.Name': 'running' }",
    },
    selection: {
      means: 'A selection is no share, count or word that FIS takes.',
      why: 'How many are hit must be clear beforehand.',
      mend: "Write 'all', 'one', a whole percentage, or { count: 3 }.",
      example: "selection: '50%'",
    },
    'too-few-targets': {
      means: 'A selection asks for more than are sure to match.',
      why: 'FIS fails where it finds fewer.',
      mend: "Write fewer, or 'all'.",
      example: 'selection: { count: 2 }, atLeast: 2',
    },
    'too-many-targets': {
      means: 'A selection asks for more than FIS lets the action hit.',
      why: 'FIS would refuse it.',
      mend: 'Write the number that the hint gives, or fewer.',
      example: 'selection: { count: 5 }',
    },
    'too-many-tags': {
      means: 'A target has more tags than a resource can have.',
      why: 'Nothing carries as many.',
      mend: 'Select by fewer.',
      example: "tags: { Service: 'shop' }",
    },
    'unknown-tag': {
      means: 'The environment tag is known only when it is deployed.',
      why: 'Nothing can be checked against it before.',
      mend: 'Write the tag out.',
      example: "environmentTag: { key: 'Env', value: 'staging' }",
    },
    description: {
      means: 'The description of a template is empty, or longer than FIS takes.',
      why: 'FIS asks for one.',
      mend: 'Write a sentence of at most 512 characters.',
      example: "description: 'The database answers 500 ms late'",
    },
    'no-action': {
      means: 'A template or a role of a target account has no action.',
      why: 'Nothing would happen.',
      mend: 'Add one.',
      example: "actions: { stop: { action: 'aws:ecs:stop-task', target: 'tasks' } }",
    },
    'no-duration': {
      means: 'An action that is over at once has a duration.',
      why: 'FIS takes none for it.',
      mend: 'Remove it.',
      example: "stop: { action: 'aws:ecs:stop-task', target: 'tasks' }",
    },
    'too-many-actions': {
      means: 'A template has more actions than FIS allows.',
      why: 'FIS takes 20.',
      mend: 'Split the template.',
      example: "startAfter: 'rest'",
    },
    'too-many-parallel': {
      means: 'More actions run at once than FIS runs.',
      why: 'FIS runs 10 at once.',
      mend: 'Let some start after others, or split the template.',
      example: "startAfter: 'slow'",
    },
    'role-name': {
      means: 'A template has a role and the name of one to be made.',
      why: 'Only one of them can count.',
      mend: 'Remove one of the two.',
      example: "roleName: 'fis-slow-database'",
    },
    'orchestrator-role': {
      means: 'The role that may take on a target account’s role is no ARN written out.',
      why: 'It stands in another account’s trust policy, where a token of this app means nothing.',
      mend: 'Give the template roleName, and write its ARN there.',
      example: "orchestratorRoleArn: 'arn:aws:iam::111111111111:role/fis-slow-database'",
    },
    'no-stop-condition': {
      means: 'A template has no alarm.',
      why: 'Nothing would end the fault by itself.',
      mend: 'Add one that watches what customers see, such as a GuardAlarm.',
      example: 'stopConditions: [errorRate]',
    },
    'too-many-stop-conditions': {
      means: 'A template has more alarms than FIS stops on.',
      why: 'FIS stops on five.',
      mend: 'Join several signals in one alarm by metric math.',
      example: 'new GuardAlarm(this, …, { errors: { a, b }, requests, above: "5%" })',
    },
    'composite-alarm': {
      means: 'A stop condition is a composite alarm.',
      why: 'FIS’s guide does not say that it stops on those.',
      mend: 'Join the signals in one alarm by metric math.',
      example: 'new GuardAlarm(this, …, { errors: { a, b }, requests, above: "5%" })',
    },
    'no-destination': {
      means: 'Logs are asked for, and nothing says where they go; or a key or prefix stands alone.',
      why: 'FIS would write none.',
      mend: 'Name a log group or a bucket, or remove logs.',
      example: 'logs: { logGroup }',
    },
    'report-length': {
      means: 'A report is to show more before or after than FIS shows.',
      why: 'FIS would refuse the template.',
      mend: 'Write the length that the hint gives, or less.',
      example: "report: { bucket, before: '10m', after: '30m' }",
    },
  },
};
