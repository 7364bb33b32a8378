import { textOf } from './node.ts';
import { partOf, type Selecting } from './selecting.ts';
import type { Work } from './work.ts';

/** How much of what is selected is hit: one, or a percentage. */
export type Share = 'one' | number;

/** A share as a stage writes it. */
export const shareText = (share: Share): string => (share === 'one' ? share : `${share}%`);

/** The share that hits no more than any of several. */
export const leastOf = (shares: readonly Share[]): Share =>
  shares.includes('one') ? 'one' : Math.min(100, ...shares.filter((share) => share !== 'one'));

const percent = /^PERCENT\((\d{1,3})\)$/;
const count = /^COUNT\((\d{1,6})\)$/;

/** Reads the selection mode of a target; undefined where it says nothing, which is refused. */
export function readShare(selecting: Selecting): Share | undefined {
  const { work } = selecting;
  const node = partOf(selecting, 'selectionMode');
  const text = textOf(node);
  if (node === undefined || text === undefined) {
    work.unreadable(node ?? selecting.node, 'selection mode');
    return undefined;
  }
  const to = work.to('stages.share');
  const [, share] = percent.exec(text) ?? [];
  const [, targets] = count.exec(text) ?? [];
  if (text === 'ALL' || (share !== undefined && Number(share) >= 1 && Number(share) <= 100)) {
    work.ledger.mapped(node.path, to);
    return Number(share ?? 100);
  }
  if (targets !== undefined && Number(targets) >= 1) {
    if (targets === '1') work.ledger.mapped(node.path, to);
    else fewer(selecting, targets, work);
    return 'one';
  }
  work.ledger.refused(node.path, 'it is no selection mode');
  work.refuse(node.path, {
    code: 'parameter',
    message: 'is no selection mode',
    hint: 'write ALL, COUNT(1) or a percentage such as PERCENT(50)',
  });
  return undefined;
}

/** A stage hits one target, or a share of them: never more than was asked. */
function fewer(selecting: Selecting, targets: string, work: Work): void {
  const node = partOf(selecting, 'selectionMode');
  if (node === undefined) return;
  work.ledger.approximated(
    node.path,
    work.to('stages.share'),
    `it hit ${targets}, and a stage hits one or a share`,
  );
  work.decide(
    ['stages', 0, 'share'],
    `${selecting.name} was to hit ${targets} targets: 'one' hits one of them; write a percentage to hit as many`,
  );
}
