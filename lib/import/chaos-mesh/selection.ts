import type { Path } from '../field.ts';
import { type Injection, pathOf, textAt } from './injection.ts';

const modes = ['one', 'all', 'fixed', 'fixed-percent', 'random-max-percent'] as const;

/** How many of the pods are hit. */
export interface Selection {
  readonly mode: (typeof modes)[number];
  /** A number of pods, or a percentage. */
  readonly value?: number;
  /** Whether the source does not say. */
  readonly isMissing?: true;
}

/** Reads `mode` and `value`; says what is wrong with them. */
export function selectionOf(injection: Injection, ...under: Path): Selection | undefined {
  const { account } = injection;
  const written = textAt(injection, ...under, 'mode');
  if (written === undefined) return { mode: 'one', isMissing: true };
  const mode = modes.find((one) => one === written);
  if (mode === undefined) {
    account.refuse(
      'unknown-mode',
      pathOf(injection, ...under, 'mode'),
      'is no mode of Chaos Mesh',
      `write one of ${modes.join(', ')}`,
    );
    return undefined;
  }
  if (mode === 'one' || mode === 'all') return { mode };
  const text = textAt(injection, ...under, 'value') ?? '';
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  const most = mode === 'fixed' ? Number.MAX_SAFE_INTEGER : 100;
  if (value >= 1 && value <= most) return { mode, value };
  account.refuse(
    'no-value',
    pathOf(injection, ...under, 'value'),
    `the mode ${mode} needs a whole number ${mode === 'fixed' ? 'above 0' : 'from 1 to 100'} here`,
    'write how many pods are to be hit',
  );
  return undefined;
}

/** The share of a stage that comes closest, what differs, and what a person has to decide. */
interface Share {
  readonly share: string;
  readonly differs?: string;
  readonly question?: string;
}

export function shareOf({ mode, value = 0, isMissing }: Selection): Share {
  if (isMissing === true)
    return { share: 'one', question: 'the source does not say how many pods are hit: is it one?' };
  if (mode === 'one' || (mode === 'fixed' && value === 1)) return { share: 'one' };
  if (mode === 'all') return { share: '100%' };
  if (mode === 'fixed-percent') return { share: `${value}%` };
  if (mode === 'random-max-percent')
    return {
      share: `${value}%`,
      differs: 'Chaos Mesh draws a share up to it each time: here it is always the most',
    };
  return {
    share: 'one',
    differs: `a stage hits one pod or a share of them, never a number: one is hit rather than ${value}`,
    question: `the source hits ${value} pods: which share of them is that here?`,
  };
}
