/** What a look of the doctor came to. `unknown` is never fine: nobody could see. */
export type Status = 'ok' | 'warn' | 'fail' | 'unknown' | 'skipped';

/** What was seen. */
export interface Seen {
  readonly status: Status;
  /** As a sentence without a full stop. */
  readonly seen: string;
  /** How to mend it, or whom to ask; absent where nothing has to be done. */
  readonly mend?: string;
}

/** One thing that the doctor looks at, without changing it. */
export interface Look {
  /** In kebab-case; stable, as JSON names it. */
  readonly name: string;
  /** The page that tells more, below `docs/`. */
  readonly docs: string;
  readonly look: (signal: AbortSignal) => Promise<Seen>;
}

export const fine = (seen: string): Seen => ({ status: 'ok', seen });

export const skipped = (seen: string): Seen => ({ status: 'skipped', seen });

export const unfit = (status: 'warn' | 'fail' | 'unknown', seen: string, mend: string): Seen => ({
  status,
  seen,
  mend,
});

/** So many are named of what is many; the rest is counted. */
const mostNamed = 5;

/** Names as a sentence lists them: `a, b and 3 more`. */
export function namesOf(all: readonly string[]): string {
  const named = all.slice(0, mostNamed);
  const rest = all.length - named.length;
  return rest === 0 ? named.join(', ') : `${named.join(', ')} and ${rest} more`;
}

/** `1 alarm`, `3 alarms`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
