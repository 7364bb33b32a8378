import { SteadfastError } from '../experiment/steadfast-error.ts';
import type { GameDayOfRun } from '../plan/game-day-of-run.ts';

/** What a person is asked to approve: exactly what will run. */
export interface ApprovalRequest {
  /** SHA-256 of the runner's whole input: an approval of anything else does not count. */
  readonly hash: string;
  readonly experiment: string;
  readonly title: string;
  readonly environment: string;
  /** What was set of what the definition opens. */
  readonly set?: Readonly<Record<string, string>>;
  /** The one stage of its experiment that it is of; of all of them where absent. */
  readonly only?: { readonly stage: number; readonly of: number };
  /** The game day that asks; only it approves. */
  readonly gameDay?: GameDayOfRun;
  readonly stages: readonly {
    readonly label: string;
    readonly durationMs: number;
    /** What goes wrong, each fault with its parameters as FIS is given them: `delay=500`. */
    readonly faults: readonly {
      readonly name: string;
      readonly action: string;
      readonly parameters: string;
    }[];
  }[];
  /** What was admitted: how many resources each fault may hit, and some of them. */
  readonly targets: readonly {
    readonly fault: string;
    readonly count: number;
    readonly some: readonly string[];
  }[];
  readonly askedAtMs: number;
  readonly expiresAtMs: number;
  /** Who started the run, where that is known. */
  readonly startedBy?: string;
}

/** What a person said. */
export interface ApprovalAnswer {
  readonly answer: 'approved' | 'refused';
  /** Of what was approved. */
  readonly hash: string;
  readonly by: string;
  readonly atMs: number;
  readonly note?: string;
}

/** Where people are asked whether a run may go on: the run's side. */
export interface Approvals {
  /** Asks once: asking the same again changes nothing, and gives until when the first asking waits. */
  ask(runId: string, request: ApprovalRequest): Promise<{ readonly expiresAtMs: number }>;
  /** What was answered; undefined while nobody has. */
  answer(runId: string): Promise<ApprovalAnswer | undefined>;
  /** Nobody can answer from now on; gives the answer of whoever was quicker. */
  close(runId: string): Promise<ApprovalAnswer | undefined>;
}

/** A request as whoever answers it finds it. */
export interface PendingApproval {
  readonly runId: string;
  readonly request: ApprovalRequest;
  /** Absent while nobody has answered. */
  readonly answer?: ApprovalAnswer;
  /** The run has ended by itself, or was ended, and waits no longer. */
  readonly isClosed: boolean;
}

/** What a person says of a run. */
export interface Decision {
  readonly runId: string;
  /** Of what the person has looked at: only exactly that is approved or refused. */
  readonly hash: string;
  readonly by: string;
  readonly note?: string;
}

/** The same, the people's side. */
export interface ApprovalDesk {
  find(runId: string): Promise<PendingApproval | undefined>;
  /** Every run that waits for an answer now. */
  waiting(): Promise<readonly PendingApproval[]>;
  /** @throws {SteadfastError} where it is not asked for, is another run's, has expired, or was answered before */
  approve(decision: Decision): Promise<void>;
  /** @throws {SteadfastError} as `approve` */
  refuse(decision: Decision): Promise<void>;
}

/** Says that a run waits for a person. */
export interface ApprovalNotice {
  readonly runId: string;
  readonly request: ApprovalRequest;
  readonly production: boolean;
  readonly subject: string;
  readonly body: string;
}

/** Whether a request can be answered now. */
export const isOpen = ({ request, answer, isClosed }: PendingApproval, nowMs: number): boolean =>
  answer === undefined && !isClosed && nowMs < request.expiresAtMs;

/** Why a decision does not count; undefined where it does. */
export function refusalOf(
  { runId, hash }: Decision,
  pending: PendingApproval | undefined,
  nowMs: number,
): SteadfastError | undefined {
  if (pending === undefined) {
    return new SteadfastError('unknown-id', `run '${runId}' has asked for no approval`, {
      hint: 'see whether the id and the environment are right, and whether the run has come so far',
    });
  }
  const { request, answer, isClosed } = pending;
  if (answer !== undefined) {
    const at = new Date(answer.atMs).toISOString();
    return new SteadfastError(
      'invalid',
      `run '${runId}' was ${answer.answer} before, by ${answer.by} at ${at}`,
    );
  }
  if (isClosed) return new SteadfastError('invalid', `run '${runId}' waits no longer: it has ended`);
  if (nowMs >= request.expiresAtMs) {
    const until = new Date(request.expiresAtMs).toISOString();
    return new SteadfastError('invalid', `run '${runId}' waited for its approval until ${until}`, {
      hint: 'start it again',
    });
  }
  if (hash === request.hash) return undefined;
  return new SteadfastError('invalid', `what you looked at is not what run '${runId}' would do`, {
    hint: 'look at it again, then decide',
  });
}
