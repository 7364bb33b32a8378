import type { Decision } from '../contract.ts';
import type { Path } from '../field.ts';
import type { Account } from './account.ts';
import { type Scheduled, scheduleExpression } from './schedule-expression.ts';

/** When an experiment starts by itself, as its source has it. */
export interface Timing {
  /** Says where the fields of the schedule went, and gives what stands under the environment. */
  readonly say: (
    id: string,
    environment: string,
    lastsMs: number,
  ) => { readonly deployment: Readonly<Record<string, string>>; readonly decisions: readonly Decision[] };
}

/** Proposed where only the controller's clock knows it: containers run by UTC unless somebody changes that. */
const proposedZone = 'UTC';

/**
 * The schedule of a resource, inline as in 1.x or of a Schedule; undefined where it has none, or one that EventBridge cannot keep,
 * which its account then says.
 *
 * @param path where the expression stands
 */
export function timingOf(
  account: Account,
  path: Path,
  text: string | undefined,
  isPaused: boolean,
): Timing | undefined {
  if (text === undefined) return undefined;
  const scheduled = scheduleExpression(text);
  if ('problem' in scheduled) {
    account.refuse(
      'no-schedule',
      path,
      scheduled.problem,
      "write it as EventBridge Scheduler can keep it, such as '0 2 * * 3' or '@every 1h', or remove it and start runs by hand",
    );
    return undefined;
  }
  return {
    say: (id, environment, lastsMs) =>
      sayTiming(account, path, scheduled, { id, environment, lastsMs, isPaused }),
  };
}

interface Spot {
  readonly id: string;
  readonly environment: string;
  /** How long the stages last together. */
  readonly lastsMs: number;
  readonly isPaused: boolean;
}

function sayTiming(
  account: Account,
  path: Path,
  scheduled: Scheduled,
  { id, environment, lastsMs, isPaused }: Spot,
) {
  const at = ['environments', environment];
  const to = `${id}: ${at.join('.')}.schedule`;
  const { expression, differs, timeZone, intervalMs } = scheduled;
  if (isPaused) {
    account.approximated(path, to, 'it is paused, so that the schedule is left out until somebody writes it');
    const question = `the source is paused: write schedule: '${expression}' here once it is to start by itself`;
    return { deployment: {}, decisions: [{ definition: id, path: at, question }] };
  }
  if (differs === undefined) account.mapped(path, to);
  else account.approximated(path, to, differs);
  if (intervalMs !== undefined) {
    const question =
      'a run lasts longer than that, and starts while one is under way are rejected: how often is enough?';
    const decisions = lastsMs < intervalMs ? [] : [{ definition: id, path: [...at, 'schedule'], question }];
    return { deployment: { schedule: expression }, decisions };
  }
  const deployment = { schedule: expression, timeZone: timeZone ?? proposedZone };
  const question =
    "whose clock is meant? The source goes by that of Chaos Mesh's controller, which it does not name";
  const asked = { definition: id, path: [...at, 'timeZone'], question };
  return { deployment, decisions: timeZone === undefined ? [asked] : [] };
}
