import type * as z from 'zod';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { parsePercentage, type percentage, show } from '../../fis/quantity.ts';

/** How many of the resources that match are hit. FIS draws them at random, once, before the first action. */
export type FisSelection =
  | 'all'
  | 'one'
  | z.input<ReturnType<typeof percentage>>
  | { readonly count: number }
  | { readonly percent: number };

/** A selection in FIS's words, or what is wrong with it. */
export type ReadSelection = { readonly mode: string } | { readonly problem: Problem };

const howToWrite = "write 'all', 'one', a share such as '50%', { count: 3 } or { percent: 50 }";

/**
 * Reads a selection.
 *
 * @param matching how many resources match at least, where that is known, and how many FIS takes at most
 */
export function readSelection(
  selection: unknown,
  path: Problem['path'],
  matching: { readonly atLeast: number | undefined; readonly maximum: number | undefined },
): ReadSelection {
  if (selection === 'all') return { mode: 'ALL' };
  if (selection === 'one') return { mode: 'COUNT(1)' };
  const { count, percent } = numbersIn(selection);
  if (count !== undefined) return readCount(count, path, matching);
  if (percent !== undefined) return readPercent(percent, path, matching.atLeast);
  return problem('selection', path, `${show(selection)} is no selection`, howToWrite);
}

function numbersIn(selection: unknown): { count?: number; percent?: number } {
  if (typeof selection === 'string') {
    const read = parsePercentage(selection);
    return read === undefined ? {} : { percent: Number.parseFloat(read.text) };
  }
  if (typeof selection !== 'object' || selection === null) return {};
  if ('count' in selection && typeof selection.count === 'number') return { count: selection.count };
  return 'percent' in selection && typeof selection.percent === 'number'
    ? { percent: selection.percent }
    : {};
}

function readCount(
  count: number,
  path: Problem['path'],
  { atLeast, maximum }: { readonly atLeast: number | undefined; readonly maximum: number | undefined },
): ReadSelection {
  if (!Number.isInteger(count) || count < 1)
    return problem('selection', path, `${count} is no number of resources`, 'write a whole number from 1');
  if (maximum !== undefined && count > maximum) {
    return problem(
      'too-many-targets',
      path,
      `${count} are more than the ${maximum} that FIS lets the action hit`,
      `write ${maximum} or fewer`,
    );
  }
  if (atLeast !== undefined && count > atLeast) {
    return problem(
      'too-few-targets',
      path,
      `asks for ${count}, and only ${atLeast} are sure to match`,
      `write ${atLeast} or fewer, or 'all'`,
    );
  }
  return { mode: `COUNT(${count})` };
}

function readPercent(percent: number, path: Problem['path'], atLeast: number | undefined): ReadSelection {
  if (percent === 100) return { mode: 'ALL' };
  if (!Number.isInteger(percent) || percent < 1 || percent > 100) {
    return problem(
      'selection',
      path,
      `${percent}% is no share that FIS takes`,
      'write a whole percentage from 1 to 100',
    );
  }
  const needed = Math.ceil(100 / percent);
  if (atLeast !== undefined && atLeast >= needed) return { mode: `PERCENT(${percent})` };
  const found = atLeast === undefined ? 'how many match is not known' : `only ${atLeast} are sure to match`;
  return problem(
    'rounds-to-nothing',
    path,
    `${percent}% of fewer than ${needed} resources is less than one: FIS rounds it down to nothing and fails, and ${found}`,
    `say atLeast: ${needed}, or more, where there are always so many, or select 'one'`,
  );
}

const problem = (code: string, path: Problem['path'], message: string, hint: string): ReadSelection => ({
  problem: { code, path, message, hint },
});
