import { partitionOf } from '../plan/aws-names.ts';
import type { RunnerInputDocument } from '../plan/runner-input.ts';
import { gameDayStates } from './launcher-game-day.ts';
import { variantStates } from './launcher-variants.ts';

/** The runner itself ends after 16 hours (runner.asl.json); the launcher then still learns of it. */
const runSeconds = 58_200;
const launcherSeconds = 58_800;

/** What the runner does not get to say: errors of Step Functions' own start of an execution, worth another try. */
const retryable = [
  'StepFunctions.ExecutionLimitExceededException',
  'StepFunctions.SdkClientException',
  'StepFunctions.ThrottlingException',
];

/**
 * An experiment's launcher, as ASL: it holds the plan, starts the shared runner under its own execution's name, and fails with
 * the verdict as its error unless the verdict is `held`. `{}` is enough to start it; of all that it could be started with,
 * `{"acceptInconclusive": true}`, `{"set": {...}}`, `{"stage": 2}`, the `scheduledTime` that a schedule gives and the `gameDay` that a game
 * day gives are heard.
 *
 * The same name for the runner's execution makes the run's id unique in the environment: Step Functions refuses a second one.
 */
export function launcherDefinition(options: {
  readonly title: string;
  /** What runs where nothing is set. */
  readonly input: RunnerInputDocument;
  /** What the definition opens. */
  readonly opens?: Readonly<Record<string, readonly (string | number | boolean)[]>> | undefined;
  /** The input of every other combination of what is open. */
  readonly others?: readonly RunnerInputDocument[];
  readonly runnerArn: string;
  readonly region: string;
  /** Where journals are, for the words of a failure. */
  readonly bucket: string;
}) {
  const { title, input, runnerArn, region, bucket, opens = {}, others = [] } = options;
  const gameDay = gameDayStates('Asked for');
  const variants = variantStates(opens, [input, ...others], gameDay.first);
  return {
    Comment: `${title}. Start it with {}.`,
    StartAt: 'Plan',
    TimeoutSeconds: launcherSeconds,
    States: {
      Plan: {
        Type: 'Pass',
        Comment:
          'What was deployed is what runs: the plan takes the place of whatever the execution was started with.',
        Result: others.length === 0 ? { input } : { input, variant: {} },
        Next: variants.first,
      },
      ...variants.states,
      ...gameDay.states,
      'Asked for': {
        Type: 'Choice',
        Comment:
          'A run that may see too little to say held goes on only where whoever started it wants it to.',
        Choices: [
          {
            And: [
              { Variable: '$$.Execution.Input.acceptInconclusive', IsPresent: true },
              { Variable: '$$.Execution.Input.acceptInconclusive', IsBoolean: true },
              { Variable: '$$.Execution.Input.acceptInconclusive', BooleanEquals: true },
            ],
            Next: 'Accept inconclusive',
          },
        ],
        Default: 'Scheduled',
      },
      'Accept inconclusive': {
        Type: 'Pass',
        Result: true,
        ResultPath: '$.input.acceptInconclusive',
        Next: 'Scheduled',
      },
      Scheduled: {
        Type: 'Choice',
        Comment: 'A schedule says when it was to start this: admission refuses what comes too late.',
        Choices: [
          {
            And: [
              { Variable: '$$.Execution.Input.scheduledTime', IsPresent: true },
              { Variable: '$$.Execution.Input.scheduledTime', IsString: true },
            ],
            Next: 'Scheduled time',
          },
        ],
        Default: 'Run',
      },
      'Scheduled time': {
        Type: 'Pass',
        Parameters: { 'time.$': '$$.Execution.Input.scheduledTime' },
        ResultPath: '$.input.scheduled',
        Next: 'Run',
      },
      Run: {
        Type: 'Task',
        Resource: `arn:${partitionOf(region)}:states:::states:startExecution.sync:2`,
        TimeoutSeconds: runSeconds,
        Parameters: {
          StateMachineArn: runnerArn,
          'Name.$': '$$.Execution.Name',
          Input: {
            'runId.$': '$$.Execution.Name',
            'input.$': variants.chosen,
            failures: {},
            'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$': '$$.Execution.Id',
          },
        },
        Retry: [
          {
            ErrorEquals: retryable,
            IntervalSeconds: 2,
            MaxAttempts: 4,
            BackoffRate: 2,
            JitterStrategy: 'FULL',
          },
        ],
        Catch: [
          { ErrorEquals: ['StepFunctions.ExecutionAlreadyExistsException'], Next: 'Name used before' },
          { ErrorEquals: ['States.ALL'], Next: 'Steadfast died' },
        ],
        Next: 'Verdict',
      },
      Verdict: {
        Type: 'Choice',
        Choices: [
          {
            And: [
              { Variable: '$.Output.verdict', IsPresent: true },
              { Variable: '$.Output.verdict', StringEquals: 'held' },
            ],
            Next: 'Held',
          },
          {
            And: [
              { Variable: '$.Output.verdict', IsPresent: true },
              { Variable: '$.Output.verdict', IsString: true },
            ],
            Next: 'Not held',
          },
        ],
        Default: 'Steadfast died',
      },
      Held: { Type: 'Succeed' },
      'Not held': {
        Type: 'Fail',
        ErrorPath: '$.Output.verdict',
        Cause: `The error is the verdict; the reasons are in s3://${bucket}/runs/, under this execution's name, in journal.json.`,
      },
      'Name used before': {
        Type: 'Fail',
        Error: 'rejected',
        Cause:
          'A run of this name has been started in this environment before. Start again with another name.',
      },
      'Steadfast died': {
        Type: 'Fail',
        Error: 'errored',
        Cause:
          "The runner did not conclude. Look at its execution of this name, and make sure that none of the run's FIS experiments is active.",
      },
    },
  };
}
