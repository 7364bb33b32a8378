import type { Interval } from '../../lib/campaign/busy-times.ts';
import type { CampaignEnvironment, CampaignJob, CampaignRequest } from '../../lib/campaign/campaign.ts';
import { type Draw, drawFor } from '../verdicts/draw.ts';

/** How large a drawn fleet is. */
export interface FleetSize {
  readonly experiments: number;
  readonly services: number;
  /** Accounts and Regions, of which each has the same number of environments. */
  readonly places: number;
  readonly environmentsPerPlace: number;
  readonly owners: number;
  /** How much likelier the first service of an environment is to be touched than another. */
  readonly hot: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** A Monday. */
const fleetFromMs = Date.parse('2026-01-05T00:00:00Z');
/** Far enough for all of them, one after another. */
const fleetDays = 400;

/** A fleet as a seed has it: environments with blackouts, services that use each other, and experiments on them. */
export function drawFleet(name: string, seed: number, size: FleetSize): CampaignRequest {
  const draw = drawFor(`fleet ${name}`, seed);
  const environments = Array.from({ length: size.places * size.environmentsPerPlace }, (_, index) =>
    drawEnvironment(draw, index, size),
  );
  const servicesEach = Math.max(1, Math.round(size.services / environments.length));
  const graphs = environments.map(() => drawUses(draw, servicesEach));
  const jobs = Array.from({ length: size.experiments }, (_, index): CampaignJob => {
    const at = index % environments.length;
    const environment = environments[at]?.id ?? '';
    const uses = graphs[at] ?? [];
    const touched = new Set([drawService(draw, servicesEach, size.hot)]);
    if (draw.chance(0.25)) touched.add(draw.whole(0, servicesEach - 1));
    const used = [...touched].flatMap((service) => allUsedBy(service, uses));
    const experiment = `experiment-${index}`;
    return {
      id: `${environment}/${experiment}`,
      experiment,
      environment,
      owner: `team-${Math.floor(draw.between(0, 1) ** 2 * size.owners)}`,
      // Some minutes of ramp and recovery, and now and then an hour or two.
      durationMs: Math.round(draw.acrossScales(6, draw.chance(0.05) ? 180 : 45)) * minuteMs,
      touches: [...touched].map(serviceName),
      uses: [...new Set(used)].filter((service) => !touched.has(service)).map(serviceName),
    };
  });
  return { jobs, environments, fromMs: fleetFromMs, untilMs: fleetFromMs + fleetDays * dayMs };
}

const serviceName = (service: number) => `service-${service}`;

const drawService = (draw: Draw, services: number, hot: number): number =>
  draw.chance(hot / (services - 1 + hot)) ? 0 : draw.whole(0, services - 1);

function drawEnvironment(
  draw: Draw,
  index: number,
  { environmentsPerPlace }: FleetSize,
): CampaignEnvironment {
  const place = Math.floor(index / environmentsPerPlace);
  const isProduction = index % environmentsPerPlace === 0;
  return {
    id: `environment-${index}`,
    account: String(111_111_111_111 + place),
    region: 'eu-west-1',
    runs: draw.whole(2, 5),
    // A nightly batch everywhere; production is left alone on weekends as well.
    blackouts: everyDay(draw.whole(0, 4), 2).concat(isProduction ? weekends() : []),
  };
}

const everyDay = (hour: number, hours: number): Interval[] =>
  Array.from({ length: fleetDays }, (_, day) => {
    const fromMs = fleetFromMs + day * dayMs + hour * hourMs;
    return { fromMs, toMs: fromMs + hours * hourMs };
  });

const weekends = (): Interval[] =>
  Array.from({ length: Math.ceil(fleetDays / 7) }, (_, week) => ({
    fromMs: fleetFromMs + (7 * week + 4) * dayMs + 16 * hourMs,
    toMs: fleetFromMs + (7 * week + 7) * dayMs,
  }));

/** What each service uses: up to three of those below it, so that the first, a database, is below many. */
const drawUses = (draw: Draw, services: number): number[][] =>
  Array.from({ length: services }, (_, service) => {
    if (service < services / 4) return [];
    const below = Array.from({ length: draw.whole(1, 3) }, () => draw.whole(0, Math.floor(service / 2)));
    return [...new Set(below)];
  });

function allUsedBy(service: number, uses: readonly (readonly number[])[]): number[] {
  const seen = new Set<number>();
  const left = [...(uses[service] ?? [])];
  for (let one = left.pop(); one !== undefined; one = left.pop()) {
    if (seen.has(one)) continue;
    seen.add(one);
    left.push(...(uses[one] ?? []));
  }
  return [...seen];
}
