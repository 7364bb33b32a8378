import * as z from 'zod/mini';
import { gameDayOfRunSchema } from '../plan/game-day-of-run.ts';

/** Something that has to be undone: a fault by the number of its stage, a rollback by its name, or what makes traffic. */
export interface Undo {
  readonly what: 'fault' | 'rollback' | 'traffic';
  readonly name: string;
}

/** An undo that was written down and not yet done, with when it was written. */
export interface PendingUndo extends Undo {
  readonly at: string;
}

/** The key of an undo in the ledger: `fault/0`, `rollback/cache`. */
export const undoKey = ({ what, name }: Undo): string => `${what}/${name}`;

const undoKeySchema = z.templateLiteral([z.enum(['fault', 'rollback', 'traffic']), '/', z.string()]);

/** The undo that a key of the ledger stands for; undefined for no such key. */
function undoOf(key: string): Undo | undefined {
  if (!undoKeySchema.safeParse(key).success) return undefined;
  const slash = key.indexOf('/');
  const what = z.enum(['fault', 'rollback', 'traffic']).parse(key.slice(0, slash));
  return { what, name: key.slice(slash + 1) };
}

/**
 * A run that has begun and is not yet recorded as ended, as the table holds it. Its ledger is written before each step that has to
 * be undone, so that whoever finds the run dead reads here what is left to do.
 */
export const liveRunSchema = z.object({
  runId: z.string(),
  experiment: z.string(),
  startedAtMs: z.number(),
  /** The game day that started it: it does not outlive that. */
  gameDay: z.exactOptional(gameDayOfRunSchema),
  /** What has to be undone, by its key, with when that was written (ISO 8601). */
  pending: z._default(z.record(z.string(), z.string()), {}),
  /** Who records the end of the run, and until when nobody else may. */
  concluding: z.optional(z.object({ claimant: z.string(), untilMs: z.number() })),
  /** When people and systems were told of its end (ISO 8601): whoever concludes it after that does not tell them again. */
  toldPeople: z.optional(z.string()),
  toldSystems: z.optional(z.string()),
});

/** So long whoever has the right to tell of a run's end may take: longer than a call of AWS with its retries. */
export const tellingMs = 20_000;

/** Those who are told of a run's end. */
export type Audience = 'people' | 'systems';

export type LiveRun = z.output<typeof liveRunSchema>;

/** What is known of a run from its first moment on. */
export type BegunRun = Pick<LiveRun, 'experiment' | 'gameDay' | 'runId' | 'startedAtMs'>;

/** Who has been told of a run's end. */
export const toldOf = ({ toldPeople, toldSystems }: LiveRun): Audience[] => [
  ...(toldPeople === undefined ? [] : (['people'] as const)),
  ...(toldSystems === undefined ? [] : (['systems'] as const)),
];

/** The ledger of a run, the oldest first. */
export const pendingOf = ({ pending }: Pick<LiveRun, 'pending'>): PendingUndo[] =>
  Object.entries(pending)
    .flatMap(([key, at]) => {
      const undo = undoOf(key);
      return undo === undefined ? [] : [{ ...undo, at }];
    })
    .toSorted((a, b) => a.at.localeCompare(b.at));
