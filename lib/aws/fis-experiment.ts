import {
  type Experiment,
  type FisClient,
  GetExperimentCommand,
  paginateListExperimentResolvedTargets,
} from '@aws-sdk/client-fis';
import * as z from 'zod/mini';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { podId } from '../run/pods.ts';
import type { FaultStatus, Target } from '../run/ports.ts';

const statusSchema: z.ZodMiniType<FaultStatus> = z.enum([
  'pending',
  'initiating',
  'running',
  'completed',
  'stopping',
  'stopped',
  'failed',
  'cancelled',
]);

const terminal: readonly FaultStatus[] = ['completed', 'stopped', 'failed', 'cancelled'];

export const isTerminal = (status: FaultStatus): boolean => terminal.includes(status);

/** Reads one experiment. Throws where FIS knows none of that id. */
export async function readExperiment(fis: FisClient, id: string): Promise<Experiment> {
  const { experiment } = await fis.send(new GetExperimentCommand({ id }));
  if (experiment === undefined)
    throw new SteadfastError('internal', `FIS answered nothing about experiment ${id}`);
  return experiment;
}

/** The status that FIS gives, checked: a word that FIS adds one day is an error, never taken for an end. */
export function statusOf(state: { readonly status?: string } | undefined): FaultStatus {
  const status = statusSchema.safeParse(state?.status);
  if (status.success) return status.data;
  throw new SteadfastError(
    'internal',
    `FIS gives an experiment the status '${state?.status ?? ''}', which Steadfast does not know`,
  );
}

/** A target's ARN; a pod's id; for what has neither all that FIS tells, in the order of its keys. */
function idOf(information: Readonly<Record<string, string>>): string {
  const told = Object.entries(information).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return information['arn'] ?? podOf(information) ?? told.map(([key, value]) => `${key}=${value}`).join(',');
}

/** FIS's logs tell of a pod by `pod_name`, `namespace` and `cluster_arn` (user guide, "Experiment logging"); its API may write them otherwise. */
function podOf(information: Readonly<Record<string, string>>): string | undefined {
  const told = new Map(
    Object.entries(information).map(([key, value]) => [key.replaceAll('_', '').toLowerCase(), value]),
  );
  const [name, namespace, cluster] = [told.get('podname'), told.get('namespace'), told.get('clusterarn')];
  return name === undefined || namespace === undefined || cluster === undefined
    ? undefined
    : podId({ cluster, namespace }, name);
}

/** Everything that an experiment resolved. FIS tells no tags here. */
export async function resolvedTargets(fis: FisClient, experimentId: string): Promise<Target[]> {
  const targets: Target[] = [];
  for await (const page of paginateListExperimentResolvedTargets(
    { client: fis },
    { experimentId, maxResults: 100 },
  )) {
    for (const { targetName, targetInformation } of page.resolvedTargets ?? []) {
      targets.push({ fault: targetName ?? '', id: idOf(targetInformation ?? {}), tags: {} });
    }
  }
  return targets;
}
