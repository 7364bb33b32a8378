import { type RoleName, roleNames } from '../experiment/role-names.ts';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import type { Person } from './actor.ts';
import type { Command } from './command.ts';
import type { GameDayInput } from './input.ts';

/** A role or user. */
interface Whose {
  readonly partition: string;
  readonly account: string;
  readonly kind: string;
  /** Without its last part; a session does not tell that of its role. */
  readonly path?: string;
  readonly name: string;
}

/** What a definition names: a role or user by its ARN of IAM. */
function meantBy(principal: string): Required<Whose> | undefined {
  const [, partition, account, kind, rest] =
    /^arn:([a-z-]+):iam::(\d{12}):(user|role)\/(.+)$/.exec(principal) ?? [];
  if (partition === undefined || account === undefined || kind === undefined || rest === undefined)
    return undefined;
  const parts = rest.split('/');
  return { partition, account, kind, path: parts.slice(0, -1).join('/'), name: parts.at(-1) ?? '' };
}

/**
 * Who calls: a user, or the role of a session (`arn:aws:sts::111122223333:assumed-role/<role>/<session>`). Federated users and the root
 * user are nobody here: no role of a game day can be theirs.
 */
function callerOf(arn: string): Whose | undefined {
  const [, partition, account, name] =
    /^arn:([a-z-]+):sts::(\d{12}):assumed-role\/([^/]+)\/[^/]+$/.exec(arn) ?? [];
  if (partition !== undefined && account !== undefined && name !== undefined)
    return { partition, account, kind: 'role', name };
  const user = meantBy(arn);
  return user?.kind === 'user' ? user : undefined;
}

const hasWildcard = (text: string) => /[*?]/.test(text);

/** Whether a name fits a pattern as IAM reads it; names of roles and users differ by more than their case. */
function fits(pattern: string, name: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'is').test(name);
}

/**
 * Whether a principal of a definition means a caller. A session tells its role's name and not its path, and an account has one role of a
 * name: so the name decides. Where the name is only wildcards, it is the path that would decide, and nobody is meant whose path is unknown.
 */
export function means(principal: string, callerArn: string): boolean {
  const [meant, caller] = [meantBy(principal), callerOf(callerArn)];
  if (meant === undefined || caller === undefined) return false;
  if (meant.partition !== caller.partition || meant.account !== caller.account || meant.kind !== caller.kind)
    return false;
  const { path } = meant;
  if (caller.path === undefined)
    return fits(meant.name, caller.name) && (path === '' || !/^[*?]+$/.test(meant.name));
  // The star of a role's ARN also stands for slashes.
  const whole = (one: string, name: string) => (one === '' ? name : `${one}/${name}`);
  return hasWildcard(path) || hasWildcard(meant.name)
    ? fits(whole(path, meant.name), whole(caller.path, caller.name))
    : meant.name.toLowerCase() === caller.name.toLowerCase();
}

/** The roles that a caller may act in, in the order of the roles. */
export const rolesOf = (
  { principals }: Pick<GameDayInput, 'principals'>,
  callerArn: string,
): readonly RoleName[] =>
  roleNames.filter((role) => (principals[role] ?? []).some((principal) => means(principal, callerArn)));

/** Who a caller is on a game day; a role that is asked for must be one of theirs. Whichever they take, it is the same person that acts. */
export function personOfCaller(options: {
  readonly input: Pick<GameDayInput, 'principals' | 'title'>;
  readonly callerArn: string;
  readonly role?: RoleName | undefined;
  /** What they want to do; absent where they only look. */
  readonly command?: Command;
}): Extract<Person, { readonly proof: 'iam' }> {
  const { input, callerArn, role: asked, command } = options;
  const roles = rolesOf(input, callerArn);
  const [first, second] = roles;
  if (first === undefined) throw unknownCaller(input, callerArn);
  if (asked !== undefined && !roles.includes(asked)) {
    throw new SteadfastError('permission', `${callerArn} may not act as ${asked} on '${input.title}'`, {
      hint: `it may act as ${roles.join(', ')}`,
    });
  }
  if (asked === undefined && second !== undefined && command !== undefined && !isAnyones(command)) {
    throw new SteadfastError('usage', `you may act as ${roles.join(' or ')}: say which`, {
      hint: `--role ${first}; it is you who acts in either`,
    });
  }
  return { proof: 'iam', role: asked ?? first, principal: callerArn };
}

/** What may be done in every role needs no choice of one: nobody who wants to halt is asked anything first. */
const isAnyones = (command: Command): boolean => command.do === 'halt' || command.do === 'note';

/** Somebody who is in none of the roles: told who they are for AWS, and who would be let in. */
const unknownCaller = (
  { principals, title }: Pick<GameDayInput, 'principals' | 'title'>,
  callerArn: string,
): SteadfastError =>
  new SteadfastError('permission', `${callerArn} has no role on '${title}'`, {
    hint: `these have: ${roleNames.map((role) => `${role}: ${(principals[role] ?? []).join(', ') || 'nobody'}`).join('; ')}`,
  });
