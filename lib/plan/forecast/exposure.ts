import type { Objective } from '../../experiment/objective.ts';

/** How many of its users' requests a service has, and how that is known. */
export type RequestRate =
  | { readonly perSecond: number; readonly from: string }
  | { readonly unknown: string };

/** What a stage puts at risk: a share of what its faults hit, for a time. */
export interface StageRisk {
  readonly label: string;
  /** How long its fault lasts. */
  readonly durationMs: number;
  /** The share of the targets, and with them of the requests, from 0 to 1. */
  readonly share: number;
  /** Whether that is known, or only that it is no more. */
  readonly isAtMost: boolean;
}

/** What a service stands to lose. */
export interface ServiceExposure {
  readonly service: string;
  readonly rate: RequestRate;
  readonly objective?: { readonly availability: string; readonly over: string };
  /** Requests that fail where every request that meets the fault does; undefined where nobody knows how many there are. */
  readonly requestsIfHalted?: number;
  readonly requestsIfBorne?: number;
  /** The share of the error budget that goes, 1 for all of it; undefined without an objective. */
  readonly budgetIfHalted?: number;
  readonly budgetIfBorne?: number;
}

/** The part of all requests, in milliseconds of them, that a stage spoils where its fault lasts so long. */
const spoiltMs = ({ share }: StageRisk, lastsMs: number) => share * Math.max(0, lastsMs);

/**
 * What a service loses at worst: where the fault is seen and ended (in the stage where that costs most; the stages before did no harm, or
 * they would have been the last), and where it is borne to the end of every stage, since nothing sees the harm.
 */
export function exposureOf(options: {
  readonly service: string;
  readonly stages: readonly StageRisk[];
  /** How long harm that is seen lasts at worst. */
  readonly haltMs: number;
  readonly rate: RequestRate;
  readonly objective?: Objective | undefined;
}): ServiceExposure {
  const { service, stages, haltMs, rate, objective } = options;
  const haltedMs = Math.max(0, ...stages.map((stage) => spoiltMs(stage, Math.min(stage.durationMs, haltMs))));
  const borneMs = stages.reduce((sum, stage) => sum + spoiltMs(stage, stage.durationMs), 0);
  const { availability, over } = objective ?? {};
  return {
    service,
    rate,
    ...('unknown' in rate
      ? {}
      : {
          requestsIfHalted: Math.ceil((rate.perSecond * haltedMs) / 1_000),
          requestsIfBorne: Math.ceil((rate.perSecond * borneMs) / 1_000),
        }),
    ...(availability === undefined || over === undefined
      ? {}
      : {
          objective: { availability: availability.text, over: over.text },
          budgetIfHalted: haltedMs / ((1 - availability.ratio) * over.ms),
          budgetIfBorne: borneMs / ((1 - availability.ratio) * over.ms),
        }),
  };
}
