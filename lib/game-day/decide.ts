import type { Command } from './command.ts';
import { approve, refuse } from './decisions/answer.ts';
import type { Asking } from './decisions/asking.ts';
import { check, finish, haltEntries, pause, resume } from './decisions/conduct.ts';
import { propose } from './decisions/propose.ts';
import { note, observe } from './decisions/write-down.ts';
import type { NewEntry } from './entry.ts';

/**
 * What is written down when somebody wants something of an edition as it is: all of the protocol's rules about people. Pure, so that
 * whoever shows buttons asks it which of them would be refused.
 *
 * @returns nothing where it is so already
 * @throws SteadfastError that says why not: `permission` for who they are, `busy` where somebody was quicker, else `invalid`
 */
export function decide(asking: Asking, command: Command): readonly NewEntry[] {
  switch (command.do) {
    case 'check':
      return check(asking, command);
    case 'propose':
      return propose(asking, command);
    case 'approve':
      return approve(asking, command);
    case 'refuse':
      return refuse(asking, command);
    case 'pause':
      return pause(asking, command);
    case 'resume':
      return resume(asking, command);
    case 'halt':
      return haltEntries(asking, command.reason, 'not yet known');
    case 'note':
      return note(asking, command);
    case 'observe':
      return observe(asking, command);
    case 'finish':
      return finish(asking, command);
  }
}
