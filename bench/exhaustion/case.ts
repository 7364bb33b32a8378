import type { AwsClients } from '../../lib/aws/clients.ts';

/** The errors that a Task meets in Step Functions and Lambda (developer guide, "Handling errors", "Lambda service errors"). */
export const taskErrors = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.TooManyRequestsException',
  'Lambda.Unknown',
  'Lambda.AccessDeniedException',
  'States.TaskFailed',
  'States.Timeout',
  'Runtime.OutOfMemory',
  'Steadfast.retryable',
  'Steadfast.permission',
  'Steadfast.internal',
] as const;

type TaskError = (typeof taskErrors)[number];

/** What a call of AWS fails with. */
export const callErrors = ['AccessDeniedException', 'ThrottlingException', 'InternalServerError'] as const;

export type CallError = (typeof callErrors)[number];

export type Service = keyof AwsClients;

/** What befalls a Task of a run. */
export type Blow =
  /** The Task fails, before its function was called or after it did its work, so many times in a row. */
  | {
      readonly kind: 'task';
      readonly error: TaskError;
      readonly moment: 'before' | 'after';
      readonly attempts: number;
    }
  /** Its function's process is killed right after so many calls of AWS, in so many attempts in a row. */
  | { readonly kind: 'crash'; readonly afterCalls: number; readonly attempts: number }
  /** A call hangs until the Task has timed out; it is carried out all the same, and then the process is killed. */
  | { readonly kind: 'hangs'; readonly atCall: number }
  /** One call fails, in so many attempts in a row. */
  | { readonly kind: 'call'; readonly atCall: number; readonly error: CallError; readonly attempts: number }
  /** From this Task on every call of a service fails in the runner's functions; for good, or for so long. */
  | {
      readonly kind: 'service';
      readonly service: Service;
      readonly error: CallError;
      readonly forMs?: number;
    }
  /** A person stops the execution while the Task is under way: at this call, which its function carries out so much later. */
  | {
      readonly kind: 'abort';
      readonly atCall: number;
      readonly lateMs: number;
      readonly redriveAfterMs?: number;
    }
  /** The launcher is stopped, and the runner with it, or not. */
  | { readonly kind: 'launcher'; readonly atCall: number; readonly runnerGoesOn: boolean }
  /** Step Functions delivers the Task twice. */
  | { readonly kind: 'twice'; readonly how: 'in turn' | 'at once' };

/** What becomes of the events of a kind. */
export type EventFate = 'prompt' | 'late' | 'lost' | 'twice';

/** What becomes of the events that wake the independent stop, and of its first sweep after the run's end. */
export interface Waking {
  /** That an execution is over. */
  readonly events: EventFate;
  /** That FIS has started an experiment; prompt where absent. */
  readonly faultEvents?: EventFate;
  /** The first sweep's process is killed after so many calls of AWS. */
  readonly sweepDiesAfterCalls?: number;
}

/** One way for a run to die: on which path, in which call of which state, of what. */
export interface Case {
  readonly path: string;
  readonly state: string;
  /** Which time the state asks for its Task, counted from 1. */
  readonly call: number;
  readonly blow: Blow;
  readonly waking: Waking;
}

/** Under which name a blow is counted. */
export function errorOf(blow: Blow): string {
  switch (blow.kind) {
    case 'task':
      return blow.error;
    case 'crash':
      return 'function killed between two calls';
    case 'hangs':
      return 'time-out, with a call that lands late';
    case 'call':
      return `${blow.error} of one call`;
    case 'service':
      return `${blow.error} of ${blow.service}`;
    case 'abort':
      return blow.redriveAfterMs === undefined ? 'execution stopped' : 'execution stopped and redriven';
    case 'launcher':
      return 'launcher stopped';
    case 'twice':
      return 'Task delivered twice';
  }
}
