import type { RoleName } from '../../experiment/role-names.ts';
import { type ErrorCode, SteadfastError } from '../../experiment/steadfast-error.ts';
import type { Person } from '../actor.ts';
import { roleTitles } from '../actor-name.ts';
import type { Command } from '../command.ts';
import type { Entry, NewEntry } from '../entry.ts';
import type { GameDayInput } from '../input.ts';
import type { GameDayState } from '../state.ts';

/** Somebody who wants something of an edition as it is now. */
export interface Asking {
  readonly input: GameDayInput;
  readonly state: GameDayState;
  /** The whole log, for the words of a refusal: who was quicker, what became of a proposal. */
  readonly entries: readonly Entry[];
  readonly person: Person;
  readonly nowMs: number;
}

type CommandOf<D extends Command['do']> = Extract<Command, { readonly do: D }>;

/**
 * What is written down when somebody wants something; nothing where it is so already.
 *
 * @throws SteadfastError where it may not be
 */
export type Decision<D extends Command['do']> = (
  asking: Asking,
  command: CommandOf<D>,
) => readonly NewEntry[];

export const refusal = (code: ErrorCode, message: string, hint?: string): SteadfastError =>
  new SteadfastError(code, message, hint === undefined ? {} : { hint });

/** Roles as a sentence names them: `operator or on-call`. */
export const namesOfRoles = (roles: readonly RoleName[]): string =>
  roles.map((role) => roleTitles[role]).join(' or ');

/** @throws SteadfastError `permission` where somebody acts in none of the roles */
export function needRole({ person }: Asking, roles: readonly RoleName[], what: string): void {
  if (roles.includes(person.role)) return;
  throw refusal(
    'permission',
    `only somebody in the role ${namesOfRoles(roles)} ${what}, and you act as ${roleTitles[person.role]}`,
    `ask whoever is ${namesOfRoles(roles)}`,
  );
}

/** @throws SteadfastError once the protocol is over */
export function needOpen({ state }: Asking): void {
  if (state.phase === 'closed')
    throw refusal('invalid', 'this game day is closed: only notes are added to it');
}

/** @throws SteadfastError outside of the experiment, and once its time is up */
export function needExperiment(asking: Asking): void {
  needOpen(asking);
  const { state, nowMs } = asking;
  if (state.phase === 'pre-brief')
    throw refusal('invalid', 'the experiment has not begun', 'see to the pre-brief, then propose go');
  if (state.phase === 'retrospective')
    throw refusal('invalid', 'the experiment is over: the retrospective has begun');
  if (nowMs >= state.endsAtMs)
    throw refusal(
      'invalid',
      `the time of the experiment was up at ${new Date(state.endsAtMs).toISOString()}`,
    );
}

/** @throws SteadfastError while nothing new may be begun */
export function needGo({ state }: Asking): void {
  if (state.halted !== undefined) {
    throw refusal(
      'invalid',
      `this game day was halted at ${new Date(state.halted.atMs).toISOString()}: ${state.halted.reason}`,
      'propose go again, or finish',
    );
  }
  needUnpaused(state);
}

/** @throws SteadfastError while it is paused */
export function needUnpaused(state: GameDayState): void {
  if (state.pausedBy !== undefined) throw refusal('invalid', 'this game day is paused', 'resume it first');
}
