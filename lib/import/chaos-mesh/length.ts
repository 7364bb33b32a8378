import { valueAt } from '../../definitions/value-at.ts';
import { fisLimits } from '../../fis/limits.ts';
import { durationFromMs } from '../../fis/quantity.ts';
import type { Path } from '../field.ts';
import { textIn } from './fields/field-tree.ts';
import { goDurationMs } from './go-duration.ts';
import { type Injection, pathOf } from './injection.ts';

/** FIS's shortest action that lasts (user guide, "Actions"), and its shortest wait. */
const shortestMs = 60_000;

/** Proposed where the source says nothing: long enough to judge, short enough to try. */
const proposedMs = 300_000;

/** How long the fault lasts. */
export interface Length {
  /** As the source says it, in milliseconds; absent where it does not say. */
  readonly sourceMs?: number;
  /** What the stage lasts: whole seconds within FIS's limits. */
  readonly stageMs: number;
  /** Where the source says it. */
  readonly paths: readonly Path[];
  /** Of a stage that is shorter or longer than the source says. */
  readonly differs?: string;
}

/**
 * How long an injection lasts: its own duration or that of the step it is, whichever is shorter. Says what is wrong with them.
 *
 * @param settleMs what the environment waits within the same FIS experiment before the fault
 */
export function lengthOf(injection: Injection, settleMs: number): Length | undefined {
  const own = pathOf(injection, 'duration');
  const paths = [own, ...(injection.deadline === undefined ? [] : [injection.deadline])];
  const given: { path: Path; ms: number }[] = [];
  for (const path of paths) {
    const text = valueAt(injection.account.document.value, path);
    if (text === undefined || text === null) continue;
    const ms = goDurationMs(textIn(text));
    if (ms === undefined || ms <= 0) {
      injection.account.refuse(
        'no-duration',
        path,
        'is no length of time above 0, such as 90s or 2h45m',
        'write how long the fault lasts',
      );
      return undefined;
    }
    given.push({ path, ms });
  }
  if (given.length === 0) return { stageMs: proposedMs, paths: [] };
  const sourceMs = Math.min(...given.map(({ ms }) => ms));
  return { sourceMs, ...stageLength(sourceMs, settleMs), paths: given.map(({ path }) => path) };
}

function stageLength(ms: number, settleMs: number): { stageMs: number; differs?: string } {
  const longestMs = fisLimits.experimentMs - settleMs;
  if (ms < shortestMs)
    return {
      stageMs: shortestMs,
      differs: 'FIS has no shorter actions than one minute: the stage lasts that',
    };
  if (ms > longestMs) {
    const { text } = durationFromMs(longestMs);
    return {
      stageMs: longestMs,
      differs: `FIS ends every experiment after 12 hours: the stage lasts ${text}`,
    };
  }
  const stageMs = Math.ceil(ms / 1_000) * 1_000;
  return stageMs === ms ? { stageMs } : { stageMs, differs: 'FIS counts whole seconds' };
}
