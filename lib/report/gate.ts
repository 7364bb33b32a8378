import type { RunRecord } from '../run/run-record.ts';
import { formatSeconds } from './format.ts';
import { type ExperimentRecord, resilienceOf, type ServiceToTest } from './resilience.ts';

/** Why a deployment is not to go on, and what would open the way. */
interface Closed {
  /** Absent where it is about the whole service. */
  readonly experiment?: string;
  readonly reason: string;
  /** A command that mends it, or the first step to it. */
  readonly next: string;
}

/** Whether a service's record is good and young enough to deploy on. */
export interface Gate {
  readonly service: string;
  readonly open: boolean;
  /** Everything that closes it; empty where it is open. */
  readonly reasons: readonly Closed[];
  readonly experiments: readonly ExperimentRecord[];
}

interface GateOptions {
  readonly service: ServiceToTest;
  readonly records: readonly RunRecord[];
  /** The environment whose runs count; undefined for rehearsals. */
  readonly environment: string | undefined;
  readonly maxAge: { readonly ms: number; readonly text: string };
  readonly nowMs: number;
}

/** Clocks of two machines may differ by so much. */
const skewMs = 5 * 60_000;

/** A run of one stage alone shows when something is wrong, and never that all is well. */
const saysEnough = ({ only, verdict }: RunRecord): boolean => only === undefined || verdict !== 'held';

/**
 * Open only where every experiment on the service held in its last run, by the definition that there is now, and no longer ago than
 * `maxAge`. What is not known closes it.
 */
export function gateOf(options: GateOptions): Gate {
  const { service, records, environment, nowMs } = options;
  const known = resilienceOf([service], records.filter(saysEnough), nowMs);
  const experiments = known.flatMap((one) => one.experiments);
  const where = environment === undefined ? 'that a lab can play' : `that is deployed in ${environment}`;
  const reasons: readonly Closed[] =
    experiments.length === 0
      ? [
          {
            reason: `no experiment ${where} touches ${service.service}`,
            next: `npx steadfast new --list --for ${service.service}`,
          },
        ]
      : experiments.flatMap((one) => closedBy(one, options));
  return { service: service.service, open: reasons.length === 0, reasons, experiments };
}

function closedBy(
  { experiment, last, isOutdated }: ExperimentRecord,
  { environment, maxAge, nowMs }: GateOptions,
): readonly Closed[] {
  const next =
    environment === undefined
      ? `npx steadfast rehearse ${experiment}`
      : `npx steadfast run ${experiment} --env ${environment}`;
  const closed = (reason: string): readonly Closed[] => [{ experiment, reason, next }];
  if (last === undefined) return closed('there is no run of it in full that says anything of the system');
  if (last.verdict !== 'held')
    return closed(`its last run ended as ${last.verdict} (${last.at}): ${last.summary}`);
  if (isOutdated) return closed(`its last run (${last.at}) was of another definition than there is now`);
  const ageMs = nowMs - Date.parse(last.at);
  // Of a time that is none, the age is none either: that is no young one.
  if (!(ageMs >= -skewMs)) return closed(`its last run ended at a time that cannot be: ${last.at}`);
  if (ageMs > maxAge.ms)
    return closed(
      `its last run that held ended ${formatAge(ageMs)} ago (${last.at}), and may be ${maxAge.text} old`,
    );
  return [];
}

/** `45 days`, `3 h 5 min`. */
function formatAge(ms: number): string {
  const days = Math.floor(ms / 86_400_000);
  return days >= 2 ? `${days} days` : formatSeconds(ms / 1_000);
}
