import { Option } from '@commander-js/extra-typings';
import { type RoleName, roleNames } from '../../experiment/role-names.ts';

/** Which edition a word is about. */
export const editionOption = () =>
  new Option('--edition <edition>', 'the edition (default: the one that is open)');

/** In which role somebody acts who may act in several. */
export const roleOption = () =>
  new Option('--role <role>', 'the role to act in (default: the only one that is yours)').choices(roleNames);

/** Who somebody says they are. */
export const nameOption = () =>
  new Option('--as <name>', 'who you are, in a rehearsal (default: as the system knows you)');

/** What every word that does something is told besides. */
export interface DeedFlags {
  readonly edition?: string | undefined;
  readonly role?: RoleName | undefined;
  readonly as?: string | undefined;
  readonly env?: string | undefined;
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  readonly yes?: boolean | undefined;
  readonly json?: boolean | undefined;
}
