import { join } from 'node:path';
import { retrospectivesFolder } from '../../definitions/kept-retros.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';

/**
 * The folder of an edition.
 *
 * @throws SteadfastError `usage` for what names no edition
 */
export function folderOfEdition(root: string, edition: string): string {
  if (/^[a-z0-9][a-z0-9-]*$/.test(edition)) return join(retrospectivesFolder(root), edition);
  throw new SteadfastError('usage', `'${edition}' names no edition of a game day`, {
    hint: 'an edition is named like payment-outage-20261201-180000-4fzk; steadfast gameday status tells which there are',
  });
}
