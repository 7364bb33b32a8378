import type { Problem } from '../experiment/steadfast-error.ts';
import { isMark, type Mark, type Observation, type Sample } from './observation.ts';

/** An observation with the line that it stands on, from 1. */
export interface Line {
  readonly line: number;
  readonly observation: Observation;
}

/** What a first reading of recorded lines tells, in memory that does not grow with them. */
export interface SampleSurvey {
  add(line: Line): void;
  readonly samples: number;
  /** Samples that stand after a later one of their probe: how many, and the first of them. */
  readonly late:
    | { readonly count: number; readonly first: { readonly line: number; readonly sample: Sample } }
    | undefined;
  /** How many samples there are of each probe. */
  readonly probes: ReadonlyMap<string, number>;
  /** What is wrong with the marks: one that is there twice, or that cannot come where it comes. */
  markProblems(): Problem[];
}

export function surveySamples(): SampleSurvey {
  const marks: { readonly line: number; readonly mark: Mark }[] = [];
  const latestMs = new Map<string, number>();
  const probes = new Map<string, number>();
  let samples = 0;
  let late: SampleSurvey['late'];
  return {
    add({ line, observation }) {
      if (isMark(observation)) {
        marks.push({ line, mark: observation });
        return;
      }
      const { probe } = observation;
      const atMs = Date.parse(observation.at);
      const before = latestMs.get(probe) ?? atMs;
      samples += 1;
      probes.set(probe, (probes.get(probe) ?? 0) + 1);
      latestMs.set(probe, Math.max(before, atMs));
      if (atMs < before)
        late = { count: (late?.count ?? 0) + 1, first: late?.first ?? { line, sample: observation } };
    },
    get samples() {
      return samples;
    },
    get late() {
      return late;
    },
    probes,
    markProblems: () => markProblems(marks),
  };
}

/** What may stand right before each mark, by time. */
const mayFollow: Readonly<Record<Mark['mark'], readonly (Mark['mark'] | undefined)[]>> = {
  'baseline-start': [undefined],
  'fault-start': [undefined, 'baseline-start', 'fault-end', 'soak-end'],
  'fault-end': ['fault-start'],
  'soak-start': ['fault-end'],
  'soak-end': ['soak-start'],
  'recovery-end': ['fault-end', 'soak-start', 'soak-end'],
};

const order =
  'in the order of time: baseline-start, then fault-start and fault-end for each stage (soak-start and soak-end after it where it is soaked), then recovery-end';

function markProblems(marks: readonly { readonly line: number; readonly mark: Mark }[]): Problem[] {
  const sorted = marks.toSorted((a, b) => Date.parse(a.mark.at) - Date.parse(b.mark.at));
  return sorted.flatMap(({ line, mark }, index): Problem[] => {
    const before = sorted[index - 1];
    if (mayFollow[mark.mark].includes(before?.mark.mark)) return [];
    const message =
      before === undefined
        ? `the first mark is '${mark.mark}', before which there must be another one`
        : before.mark.mark === mark.mark
          ? `the mark '${mark.mark}' is there again, after that of line ${before.line}`
          : `the mark '${mark.mark}' cannot follow '${before.mark.mark}' (line ${before.line})`;
    return [{ code: 'mark-order', path: ['mark'], line, message, hint: `marks come ${order}` }];
  });
}

/** Tells which samples are there already: of the same probe and instant, with the same content. They come in the order of time. */
export function createRepetitions(): { isRepeated(sample: Sample): boolean } {
  const now = new Map<string, { readonly atMs: number; readonly seen: Set<string> }>();
  return {
    isRepeated({ probe, at, latencyMs, status, value, error }) {
      const content = JSON.stringify([latencyMs, status, value, error]);
      const atMs = Date.parse(at);
      const same = now.get(probe);
      if (same?.atMs !== atMs) {
        now.set(probe, { atMs, seen: new Set([content]) });
        return false;
      }
      const repeated = same.seen.has(content);
      same.seen.add(content);
      return repeated;
    },
  };
}
