import type { RoleName } from '../experiment/role-names.ts';
import type { Actor } from './actor.ts';

/** What a role is called in front of people. */
export const roleTitles: Readonly<Record<RoleName, string>> = {
  operator: 'operator',
  observer: 'observer',
  onCall: 'on-call',
  scribe: 'scribe',
};

/** The last part of an ARN is what people call somebody: the session of an assumed role, else the name of the user or role. */
const lastPart = (principal: string): string => principal.slice(principal.lastIndexOf('/') + 1) || principal;

/** Somebody as a sentence begins with them: `alice (operator)`, `Somebody in the role operator`, `Steadfast`. */
export function nameOf(actor: Actor): string {
  switch (actor.proof) {
    case 'steadfast':
      return 'Steadfast';
    case 'iam':
      return `${lastPart(actor.principal)} (${roleTitles[actor.role]})`;
    case 'link':
      return `${actor.claimed} (${roleTitles[actor.role]})`;
    case 'role':
      return actor.claimed === undefined
        ? `Somebody in the role ${roleTitles[actor.role]}`
        : `${actor.claimed} (${roleTitles[actor.role]})`;
  }
}

/** Somebody, with what shows that it was them: what is only claimed is never told as proven. */
export function provenName(actor: Actor): string {
  switch (actor.proof) {
    case 'steadfast':
      return 'Steadfast';
    case 'iam':
      return `${roleTitles[actor.role]}: ${actor.principal} (proven by IAM)`;
    case 'link':
      return `${roleTitles[actor.role]}: ${actor.claimed} (holder of the link; the name is claimed)`;
    case 'role':
      return actor.claimed === undefined
        ? `${roleTitles[actor.role]} (the role is proven by IAM, the person is not known)`
        : `${roleTitles[actor.role]}: ${actor.claimed} (the role is proven by IAM; the name is claimed)`;
  }
}
