import type { ErrorCode } from '../../experiment/steadfast-error.ts';
import type { Area, Explanation } from './explanation.ts';

const codes: Readonly<Record<ErrorCode, Explanation>> = {
  invalid: {
    means: 'A document, or what was asked for, cannot be accepted as it is written.',
    why: 'Nothing is begun on what can be misread: a fault by guesswork would be worse than none.',
    mend: 'Each problem below the message says where it is and what to write; mend them all, then check again.',
    example: 'steadfast check experiments/slow-database.ts',
    docs: 'how-to/write-an-experiment.md',
  },
  'unknown-id': {
    means: 'Nothing has the name that was given: no definition, file, run, fault or code.',
    why: 'What is near in spelling is proposed, and never taken by itself: it might be another environment.',
    mend: 'Take the name that is proposed, or look at what there is.',
    example: 'steadfast list',
    docs: 'reference/command.md',
  },
  'cannot-begin': {
    means:
      'The command is right, and something around it is not: a port is taken, a folder cannot be written, a lab does not start, AWS does not answer.',
    why: 'What cannot be begun whole is not begun: half a lab would show nothing.',
    mend: 'The message names what is in the way. steadfast doctor looks at the machine, and with --env at the environment too.',
    example: 'steadfast doctor --env staging',
    docs: 'how-to/find-out-what-is-wrong.md',
  },
  usage: {
    means: 'The words on the command line are none that the command takes.',
    why: 'An option that is passed over in silence would be taken for done.',
    mend: 'Look at the help of the command: it lists every option, with examples.',
    example: 'steadfast rehearse --help',
    docs: 'reference/command.md',
  },
  interrupted: {
    means: 'Ctrl-C, or a question that was not answered with yes, ended the command before a run began.',
    why: 'Once a run has begun it always has a verdict, and its exit code is that of the verdict; before, there is none.',
    mend: 'Nothing was begun and nothing has to be ended: start it again.',
    example: 'exit code 130',
    docs: 'reference/verdicts-and-exit-codes.md',
  },
  permission: {
    means:
      'AWS or the operating system refused, or there are no credentials, or those of another account, or nobody in the right role acts.',
    why: 'A refusal is told with the name of the permission, so that whoever may change IAM need not search.',
    mend: 'Get credentials of the right account, or have the permission allowed that is named. The reference lists what each command asks.',
    example: 'steadfast doctor --env staging --profile staging-operator',
    docs: 'reference/permissions.md',
  },
  busy: {
    means:
      'Somebody else holds what is needed: a lease on a service, a place in FIS, or the decision that is asked for.',
    why: 'Two faults on one service could not be told apart, so neither would show anything.',
    mend: 'Wait until it has ended, or end it.',
    example: 'steadfast runs --env staging',
    docs: 'explanation/one-run.md',
  },
  'lease-lost': {
    means: 'A run no longer holds the services that it touches: its lease ran out, or another run took it.',
    why: 'Without its lease a run may do nothing more but end what it has begun.',
    mend: 'See which run holds the services now, and start this one again when that has ended.',
    example: 'steadfast runs --env staging',
    docs: 'explanation/safety.md',
  },
  internal: {
    means: 'Steadfast itself failed, or AWS did not do what it should for a reason that is not yours.',
    why: 'What it had started is ended all the same: by itself, and by the independent stop.',
    mend: 'Report it with what was printed. An environment that another version has deployed is a frequent cause: steadfast doctor compares the two.',
    example: 'steadfast doctor --env staging',
    docs: 'explanation/what-happens-when-anything-dies.md',
  },
};

export const errors: Area = {
  id: 'errors',
  title: 'Errors of the command and of steps',
  where:
    'As `error.code` of --json, and as `Steadfast.<code>` where a state machine shows the error of a step.',
  docs: 'reference/command.md',
  codes: {
    ...codes,
    retryable: {
      means:
        'A step met something that passes by itself, such as a throttled call; the state machine tries again.',
      why: 'Only what is likely to pass is tried again: a refusal stays one, however often it is asked.',
      mend: 'Nothing, while the execution goes on. Where it stays, look at the log of the function.',
      example: 'Steadfast.retryable: Rate exceeded',
      docs: 'explanation/what-happens-when-anything-dies.md',
    },
    halted: {
      means:
        'An execution was stopped by the kill switch, or by the independent stop after a halt was asked for.',
      why: 'Its fault is ended by then: the execution has nothing left to wait for.',
      mend: 'See who asked for the halt, and why.',
      example: 'steadfast show <run> --env staging',
      docs: 'how-to/halt-everything.md',
    },
    incomplete: {
      means: 'The kill switch could not end everything.',
      why: 'What could be ended was; what is left may still do harm.',
      mend: 'The cause of its execution names what is left: stop it in the FIS console.',
      example: 'aws fis stop-experiment --id EXP…',
      docs: 'how-to/halt-everything.md',
    },
    record: {
      means: 'The record of a run could not be written, although the run was concluded.',
      why: 'A verdict without its record cannot be looked up later, so the journal says that it is not whole.',
      mend: "See whether Steadfast's functions may use the bucket and its key.",
      example: 'Steadfast.record: Access Denied',
      docs: 'explanation/what-happens-when-anything-dies.md',
    },
  },
};
