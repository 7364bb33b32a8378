import {
  type Experiment,
  type ExperimentDefinition,
  experimentSchema,
} from '../../lib/experiment/experiment.ts';
import type { Gauge } from './gauge.ts';
import type { Service } from './service.ts';

export type ProbeDefinition = ExperimentDefinition['steadyState'][string];

/** What a look shows: the system, nothing at all (a gap), or the prober's own failure. */
type Sight = 'system' | 'nothing' | 'prober';

/** A probe and what it looks at. */
export interface Watched {
  readonly definition: ProbeDefinition;
  /** Between two looks, in seconds. */
  readonly everyS: number;
  readonly of: Service | Gauge;
  /** What a look at `t` shows; the system where it is absent. */
  readonly sight?: (t: number) => Sight;
  /** What the fault cannot touch, and what moves this as well moves that too. */
  readonly control?: Control;
}

/** A service that is looked at to judge differences against it. */
interface Control {
  readonly everyS: number;
  readonly of: Service;
}

/** The one control's name. */
export const controlName = 'elsewhere';

/** When things happen, in seconds from the beginning of the baseline. */
export interface Times {
  readonly faultStart: number;
  readonly faultEnd: number;
  /** When observing ends. */
  readonly end: number;
}

/** One run as it really is, with all of its parameters drawn. */
export interface Scene {
  readonly probes: Readonly<Record<string, Watched>>;
  readonly times: Times;
  readonly objectiveS: number;
  /** Whether the fault reached the system; undefined where nobody could tell. */
  readonly bite: boolean | undefined;
  /** The run ended with its baseline. */
  readonly ended?: 'with its baseline';
  /** Lines are written when the data comes, so many seconds after it was measured. */
  readonly lateS?: number;
}

export const isGauge = (of: Service | Gauge): of is Gauge => 'level' in of;

export function experimentOf(scene: Scene): Experiment {
  const { faultStart, faultEnd } = scene.times;
  const control = Object.values(scene.probes).find((watched) => watched.control !== undefined)?.control;
  return experimentSchema.parse({
    id: 'simulated',
    title: 'A service of known truth',
    owner: 'team-bench',
    hypothesis: 'If the fault comes, what is true of the service is what is said of it.',
    baseline: `${faultStart}s`,
    steadyState: Object.fromEntries(
      Object.entries(scene.probes).map(([name, watched]) => [
        name,
        watched.control === undefined ? watched.definition : { ...watched.definition, control: controlName },
      ]),
    ),
    ...(control === undefined
      ? {}
      : {
          controls: {
            [controlName]: {
              http: { service: 'other', path: '/products' },
              rate: `${Math.round(1 / control.everyS)}/s`,
            },
          },
        }),
    faults: { fault: { action: 'aws:ecs:stop-task', selector: { service: 'shop' } } },
    stages: [{ share: '100%', duration: `${faultEnd - faultStart}s` }],
    recovery: { objective: `${scene.objectiveS}s` },
    lab: 'shop',
  } satisfies ExperimentDefinition);
}

/** When a probe looks within [from, to), to the microsecond. */
export function looksIn({ everyS }: Pick<Watched, 'everyS'>, from: number, to: number): number[] {
  const times: number[] = [];
  const at = (index: number) => Math.round(index * everyS * 1e6) / 1e6;
  for (let index = Math.ceil(from / everyS - 1e-6); at(index) < to; index += 1)
    if (at(index) >= from) times.push(at(index));
  return times;
}
