import { asJson } from '../../plan/canonical-json.ts';
import type { Entry } from '../entry.ts';
import type { GameDayInput } from '../input.ts';
import { timelineText } from '../timeline.ts';
import type { RunLeft } from './ports.ts';
import type { NewRecord } from './record.ts';

/** Everything that there is of an edition. */
export interface Kept {
  readonly input: GameDayInput;
  readonly entries: readonly Entry[];
  /** By the id of the run; undefined where it left no journal. */
  readonly runs: ReadonlyMap<string, RunLeft | undefined>;
  readonly retrospective: string | undefined;
}

/** The version of this format. */
const format = 1;

/** What a bundle begins with. */
export const headerOf = (edition: string, version: number, former: string | undefined): NewRecord => ({
  kind: 'bundle',
  name: edition,
  content: {
    json: { format, edition, version, ...(former === undefined ? {} : { former }) },
  },
});

/** All of it, in the order in which it is kept: what was planned, what happened, what the runs left, and what people made of it. */
export const recordsOf = ({ input, entries, runs, retrospective }: Kept): readonly NewRecord[] => [
  { kind: 'input', name: input.id, content: { json: asJson(input) } },
  ...entries.map(
    (entry): NewRecord => ({
      kind: 'entry',
      name: `${entry.number} (${entry.kind})`,
      content: { json: asJson(entry) },
    }),
  ),
  ...[...runs].flatMap(([runId, left]) => recordsOfRun(runId, left)),
  { kind: 'timeline', name: 'timeline.txt', content: { text: timelineText(input, entries) } },
  ...(retrospective === undefined
    ? []
    : [{ kind: 'retrospective', name: 'retro.md', content: { text: retrospective } } satisfies NewRecord]),
];

function recordsOfRun(runId: string, left: RunLeft | undefined): readonly NewRecord[] {
  if (left === undefined)
    return [{ kind: 'journal', name: runId, content: { text: 'The run left no journal.' } }];
  const journal: NewRecord = { kind: 'journal', name: runId, content: { json: left.journal } };
  if (left.samples === undefined) return [journal];
  return [journal, { kind: 'samples', name: runId, content: left.samples }];
}
