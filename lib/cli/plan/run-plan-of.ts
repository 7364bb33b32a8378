import type { Environment } from '../../experiment/environment.ts';
import { costOf } from '../../plan/forecast/cost.ts';
import { exposureOf, type RequestRate } from '../../plan/forecast/exposure.ts';
import { type DeclaredGuard, haltTimesOf, worstWatchMs } from '../../plan/forecast/halt-times.ts';
import { runTimesOf } from '../../plan/forecast/run-steps.ts';
import { drawsOf, stageRisksOf } from '../../plan/forecast/stage-draws.ts';
import { metricsIn } from '../../plan/forecast/standing-amounts.ts';
import type { PriceOverrides } from '../../plan/prices.ts';
import { experimentOf, type RunnerInput, type TargetQuery } from '../../plan/runner-input.ts';
import { trespass } from '../../run/ownership.ts';
import type { Target } from '../../run/ports.ts';
import type { PlannedCheck, RunPlanDocument } from './run-plan-document.ts';
import { howToKnow, type ServiceAtRisk, servicesAtRisk } from './services-at-risk.ts';
import type { Sight } from './sight.ts';

/** What only a run asks, and no plan can. */
const onlyInRuns = [
  "FIS's own preview of the targets: a run asks for it before any fault",
  'the steady state: a run looks at it before any fault, and is rejected where it is not met',
];

/** What is known of a run before it starts: all that AWS told, or without it what follows from the definitions alone. */
export function runPlanOf(options: {
  readonly input: RunnerInput;
  readonly environment: Environment | undefined;
  readonly account: string;
  readonly region: string;
  readonly nowMs: number;
  readonly overrides: PriceOverrides;
  /** Absent where AWS was not asked; then `unasked` says why. */
  readonly sight?: Sight;
  readonly unasked?: string;
  /** What is needed, where AWS was not asked. */
  readonly needs?: RunPlanDocument['permissions'];
}): RunPlanDocument {
  const { input, environment, account, region, nowMs, overrides, sight, unasked } = options;
  const experiment = experimentOf(input);
  const found = foundBy(input, sight?.targets);
  const risks = stageRisksOf(input, found);
  const draws = drawsOf(input, found);
  const halts = haltTimesOf(input, guardsOf(environment, input));
  const haltMs = worstWatchMs(halts);
  const checks = sight?.checks ?? [];
  const refused = checks.find(({ passed }) => passed !== true);
  const times = runTimesOf(input);
  const guardMetrics = Object.values(environment?.guards ?? {}).reduce(
    (sum, guard) => sum + ('metric' in guard ? metricsIn(environment?.metrics?.[guard.metric]) : 0),
    0,
  );
  const { fis, own, runUsd, standing, monthUsd, notes } = costOf(input, {
    standing: { guardMetrics },
    overrides,
    ...(environment === undefined ? {} : { probesPerSecond: environment.limits.probesPerSecond }),
  });
  return {
    schemaVersion: 1,
    at: new Date(nowMs).toISOString(),
    experiment: { id: experiment.id, title: experiment.title, hash: input.hash },
    environment: { id: input.environment.id, account, region, production: input.environment.production },
    from: sight?.from ?? 'project',
    ...(sight === undefined
      ? {}
      : { deployed: sight.deployed, admitted: refused === undefined, ...rejectionOf(refused) }),
    lasts: {
      baselineSeconds: times.baselineMs / 1_000,
      stagesSeconds: times.stagesMs / 1_000,
      recoverySeconds: times.recoveryMs / 1_000,
    },
    checks: [...checks],
    touches: [...input.touches],
    faults: faultsOf(input, sight?.targets, found),
    stages: input.stages.map(({ label, durationMs, templateMs }, index) => ({
      label,
      faultSeconds: durationMs / 1_000,
      seconds: templateMs / 1_000,
      draws: [...(draws[index] ?? [])],
      share: risks[index]?.share ?? 1,
      isAtMost: risks[index]?.isAtMost ?? true,
    })),
    halts: halts.map(({ by, name, ms, because }) => ({
      by,
      name,
      because,
      ...(ms === undefined ? {} : { seconds: ms / 1_000 }),
    })),
    exposure: servicesAtRisk(input, environment).map((one) =>
      exposureIn(one, {
        rate: sight?.rates.get(one.service),
        environment: input.environment.id,
        risks,
        haltMs,
      }),
    ),
    cost: {
      currency: 'USD',
      runUsd,
      fis: [...fis],
      own: [...own],
      monthUsd,
      standing: [...standing],
      notes: environment === undefined ? [...notes, unknownGuards(input)] : [...notes],
    },
    permissions: [...(sight?.permissions ?? options.needs ?? [])],
    notAsked: [...(unasked === undefined ? [] : [unasked]), ...(sight?.notAsked ?? []), ...onlyInRuns],
  };
}

const unknownGuards = ({ environment }: RunnerInput) =>
  `${environment.id} is not declared here, so the alarms of its guards are not counted in the month`;

const rejectionOf = (refused: PlannedCheck | undefined) =>
  refused === undefined ? {} : { rejection: refused.rejection ?? ('permission' as const) };

/** How many resources each fault can hit, where somebody has counted. */
function foundBy({ selects }: RunnerInput, targets: readonly Target[] | undefined): Map<string, number> {
  return new Map(
    selects.flatMap((query): [string, number][] => {
      if ('arns' in query) return [[query.fault, query.arns.length]];
      if ('pods' in query || targets === undefined) return [];
      return [[query.fault, targets.filter(({ fault }) => fault === query.fault).length]];
    }),
  );
}

function faultsOf(
  input: RunnerInput,
  targets: readonly Target[] = [],
  found: ReadonlyMap<string, number>,
): RunPlanDocument['faults'] {
  return Object.entries(experimentOf(input).faults).map(([name, { action }]) => {
    const query = input.selects.find(({ fault }) => fault === name);
    const maximum = input.actions[action]?.target?.maximum;
    const count = found.get(name);
    return {
      fault: name,
      action,
      ...(query === undefined ? {} : { resourceType: query.resourceType }),
      selects: query === undefined ? 'hits no resource of its own' : selectsWords(query),
      ...(count === undefined ? {} : { found: count }),
      limit: input.limits.targets,
      ...(maximum === undefined ? {} : { maximum }),
      targets: targets
        .filter(({ fault }) => fault === name)
        .map((target) => {
          const refused = trespass(target, input);
          return { id: target.id, ...(refused === undefined ? {} : { refused }) };
        }),
    };
  });
}

function selectsWords(query: TargetQuery): string {
  if ('pods' in query) return `pods of the namespace ${query.pods.namespace} of ${query.pods.cluster}`;
  if ('arns' in query) return 'what the environment declares';
  const tags = Object.entries(query.tags).map(([key, value]) => `${key}=${value}`);
  const zone = query.availabilityZone === undefined ? '' : ` in ${query.availabilityZone}`;
  return `what carries ${tags.join(' and ')}${zone}`;
}

/** The guards that end a fault, with how long their alarms take where the environment makes them. */
function guardsOf(environment: Environment | undefined, input: RunnerInput): DeclaredGuard[] {
  return Object.keys(input.guards).map((name) => {
    const guard = environment?.guards[name];
    const periodMs =
      guard !== undefined && 'metric' in guard ? environment?.metrics?.[guard.metric]?.period.ms : undefined;
    return {
      name,
      alarmMs:
        guard === undefined || !('metric' in guard) || periodMs === undefined
          ? undefined
          : Math.max(guard.for.ms, periodMs) + periodMs,
    };
  });
}

function exposureIn(
  { service, objective, probesPerSecond }: ServiceAtRisk,
  options: {
    readonly rate: RequestRate | undefined;
    readonly environment: string;
    readonly risks: ReturnType<typeof stageRisksOf>;
    readonly haltMs: number;
  },
): RunPlanDocument['exposure'][number] {
  const { environment, risks, haltMs } = options;
  const why =
    objective?.requests === undefined
      ? howToKnow(service, environment)
      : `AWS was not asked for ${objective.requests}`;
  const exposure = exposureOf({
    service,
    stages: risks,
    haltMs,
    rate: options.rate ?? { unknown: why },
    objective,
  });
  const { rate, objective: promised, ...numbers } = exposure;
  return {
    ...numbers,
    ...('unknown' in rate
      ? { rateFrom: rate.unknown }
      : { requestsPerSecond: rate.perSecond, rateFrom: rate.from }),
    ...(probesPerSecond === 0 ? {} : { probesPerSecond }),
    ...(promised === undefined ? {} : { objective: promised }),
  };
}
