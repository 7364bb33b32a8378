import type { Area } from './explanation.ts';

/** What the constructs of steadfast-chaos/cdk refuse as an app is synthesized. */
export const constructs: Area = {
  id: 'constructs',
  title: 'Problems of synthesis: environments and owners',
  where: 'As `code` of a problem that cdk synth tells, with the path of the construct.',
  docs: 'how-to/deploy.md',
  codes: {
    above: {
      means: 'The limit of a GuardAlarm is no share.',
      why: 'An alarm without a limit never fires.',
      mend: 'Write a percentage.',
      example: "above: '5%'",
      docs: 'how-to/use-the-constructs.md',
    },
    statistic: {
      means: 'A metric of a GuardAlarm is not a sum.',
      why: 'A share can only be told of sums.',
      mend: "Give the metric statistic: 'Sum'.",
      example:
        "errors: loadBalancer.metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, { statistic: 'Sum' })",
      docs: 'how-to/use-the-constructs.md',
    },
    'too-many-metrics': {
      means: 'A GuardAlarm has more metrics than CloudWatch takes in one alarm.',
      why: 'CloudWatch would refuse the alarm, and the deploy with it.',
      mend: 'Make a second alarm.',
      example: 'stopConditions: [frontErrors, backErrors]',
      docs: 'how-to/use-the-constructs.md',
    },
    'ambiguous-names': {
      means: 'Two environments of an account and Region have ids of which one begins with the other.',
      why: 'What belongs to one could not be told from what belongs to the other, by its name.',
      mend: 'Rename one of them.',
      example: "id: 'eu-staging'",
      docs: 'how-to/declare-an-environment.md',
    },
    'not-named': {
      means: 'A ChaosExperiment is made in an environment that the experiment does not name.',
      why: 'Naming an environment is the opt-in to be deployed there.',
      mend: 'Add it to the environments of the experiment.',
      example: 'environments: { staging: {} }',
      docs: 'how-to/use-the-constructs.md',
    },
    elsewhere: {
      means:
        'A construct, a stack or a partner is in another account or Region than what it is to work with.',
      why: 'FIS, CloudFormation and the events of a campaign do not reach there.',
      mend: 'Put it where the message says, or leave it out.',
      example: "env: { account: '111111111111', region: 'eu-west-1' }",
      docs: 'how-to/use-the-constructs.md',
    },
    'full-stack': {
      means: 'The experiments of an owner come to more than CloudFormation takes in one stack.',
      why: 'The deploy would fail after everything was uploaded.',
      mend: 'Give some of them another owner.',
      example: "owner: 'team-shop-2'",
    },
    'too-many-templates': {
      means: 'The experiments of an account and Region have more stages than FIS holds templates.',
      why: 'Each stage is a template; FIS holds 500.',
      mend: 'Write fewer stages, or deploy some owners to another account or Region.',
      example: "stages: [{ share: '50%', duration: '5m' }]",
    },
    'common-principal': {
      means: 'The same person may act as operator and as approver of a game day.',
      why: 'They could approve what they proposed themselves.',
      mend: 'Give the two roles principals of their own.',
      example:
        "roles: { operator: ['arn:aws:iam::111111111111:role/operators'], onCall: ['arn:aws:iam::111111111111:role/on-call'] }",
      docs: 'how-to/write-a-game-day.md',
    },
    'too-many-principals': {
      means: 'The game days of an environment name more roles and users than a policy holds.',
      why: 'The policy of the function that people reach holds them all.',
      mend: 'Give people a role for each role of the game days, or name them by a pattern.',
      example: 'arn:aws:iam::111111111111:role/game-days-*',
      docs: 'how-to/write-a-game-day.md',
    },
  },
};
