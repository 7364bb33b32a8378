import type { ApprovalRequest } from '../run/approvals.ts';
import { iso } from '../run/iso.ts';
import { duration } from '../steady-state/words.ts';

/** What whoever approves a stage reads: what its run would do, and to what. */
export function linesOfRequest(request: ApprovalRequest): string[] {
  const { title, experiment, environment, stages, targets, set = {}, expiresAtMs } = request;
  const chosen = Object.entries(set).map(([name, value]) => `${name}=${value}`);
  return [
    `${title} (${experiment}) in ${environment}. Nothing has been touched yet.`,
    ...(chosen.length === 0 ? [] : [`Set: ${chosen.join(', ')}.`]),
    ...stages.map(
      ({ label, durationMs, faults }) =>
        `${label} for ${duration(durationMs)}: ${faults.map(({ name, action, parameters }) => `${name}, ${action} ${parameters}`.trim()).join('; ')}.`,
    ),
    ...targets.map(
      ({ fault, count, some }) =>
        `Fault ${fault} may hit ${count === 1 ? 'one resource' : `${count} resources`}${some.length === 0 ? '' : `: ${some.join(', ')}${count > some.length ? ', and more' : ''}`}.`,
    ),
    `It waits until ${iso(expiresAtMs)}.`,
  ];
}
