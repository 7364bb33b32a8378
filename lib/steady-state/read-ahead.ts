import { isMark, type Mark, type Observation } from './observation.ts';

type Observations = AsyncIterable<Observation> | Iterable<Observation>;

/** What a first reading of observations tells: their marks, and whether each probe's samples come in the order of time. */
export async function readAhead(
  observations: Observations,
): Promise<{ readonly marks: Mark[]; readonly ordered: boolean }> {
  const marks: Mark[] = [];
  const latest = new Map<string, number>();
  let ordered = true;
  for await (const observation of observations) {
    if (isMark(observation)) {
      marks.push(observation);
      continue;
    }
    const atMs = Date.parse(observation.at);
    if (atMs < (latest.get(observation.probe) ?? atMs)) ordered = false;
    latest.set(observation.probe, atMs);
  }
  return { marks, ordered };
}

/** All observations, sorted by time: streaks and gaps are of time, whatever the order of the lines. Holds them all in memory. */
export async function inOrderOfTime(observations: Observations): Promise<Observation[]> {
  const all: Observation[] = [];
  for await (const observation of observations) all.push(observation);
  return all.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
