import type { Mark, Observation, Sample } from '../../lib/steady-state/observation.ts';
import type { Draw } from './draw.ts';
import { readingAt } from './gauge.ts';
import { controlName, isGauge, looksIn, type Scene, type Watched } from './scene.ts';
import { lookerAt } from './service.ts';

const epochMs = Date.parse('2026-05-01T09:00:00.000Z');

const at = (t: number): string => new Date(epochMs + Math.round(t * 1_000)).toISOString();

function marksOf({ times, bite, ended }: Scene): Mark[] {
  const baseline: Mark = { at: at(0), mark: 'baseline-start' };
  if (ended === 'with its baseline') return [baseline];
  return [
    baseline,
    { at: at(times.faultStart), mark: 'fault-start', stage: 'all' },
    { at: at(times.faultEnd), mark: 'fault-end', stage: 'all', ...(bite === undefined ? {} : { bite }) },
    { at: at(times.end), mark: 'recovery-end' },
  ];
}

function* samplesOf(
  name: string,
  watched: Pick<Watched, 'everyS' | 'of' | 'sight'>,
  until: number,
  draw: Draw,
): Generator<Sample> {
  const { of } = watched;
  const look = isGauge(of) ? (t: number) => ({ value: readingAt(of, t, draw) }) : lookerAt(of, draw);
  for (const [index, t] of looksIn(watched, 0, until).entries()) {
    // Drawn even where it is not seen: what a service does does not depend on who looks.
    const seen = look(t, index);
    const sight = watched.sight?.(t) ?? 'system';
    if (sight === 'nothing') continue;
    if (sight === 'prober') yield { at: at(t), probe: name, error: 'prober: getaddrinfo EAI_AGAIN' };
    else yield { at: at(t), probe: name, ...seen };
  }
}

/** What a run of the scene records, as lines of a samples file. */
export function traceOf(scene: Scene, draw: Draw): Observation[] {
  const until = scene.ended === undefined ? scene.times.end : scene.times.faultStart;
  const lines: Observation[] = marksOf(scene);
  // Data that comes late is written after what was measured later elsewhere.
  for (const [name, watched] of Object.entries(scene.probes))
    lines.push(...samplesOf(name, watched, until, draw));
  for (const { control } of Object.values(scene.probes))
    if (control !== undefined) lines.push(...samplesOf(controlName, control, until, draw));
  return lines;
}
