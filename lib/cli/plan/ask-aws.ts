import * as z from 'zod/mini';
import { createCloudWatchMetrics } from '../../aws/cloudwatch-metrics.ts';
import { asking } from '../../aws/command/aws-problem.ts';
import type { DescribedLauncher } from '../../aws/command/launchers.ts';
import { createLookPorts } from '../../aws/command/look-ports.ts';
import type { PlanClients } from '../../aws/command/plan-clients.ts';
import { createRunFiles } from '../../aws/command/run-files.ts';
import { createRunIndex } from '../../aws/command/run-index.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { planMark } from '../../plan/plan-mark.ts';
import type { RunnerInput } from '../../plan/runner-input.ts';
import { type Journal, journalSchema } from '../../run/journal.ts';
import { jsonText } from '../../run/json-text.ts';
import type { Clock, MetricSource } from '../../run/ports.ts';
import type { OpenEnvironment } from '../aws/environment.ts';
import { findLauncher } from '../aws/find-launcher.ts';
import { askAdmission } from './ask-admission.ts';
import { askPermissions, permissionCheck } from './ask-permissions.ts';
import { askRates } from './ask-rates.ts';
import { needsOfRole } from './iam-needs.ts';
import type { PlannedCheck } from './run-plan-document.ts';
import { servicesAtRisk } from './services-at-risk.ts';
import type { Sight } from './sight.ts';
import type { DeclaredSubject } from './subject.ts';

export interface AskedOfAws {
  readonly opened: OpenEnvironment;
  /** The id of the experiment. */
  readonly experiment: string;
  /** As the project has it; absent where only what is deployed can tell. */
  readonly declared: DeclaredSubject | undefined;
  readonly planClients: PlanClients;
  readonly clock: Clock;
}

/**
 * Asks AWS all that a run would meet, and changes nothing.
 *
 * @throws SteadfastError `unknown-id` where the experiment is neither in the project nor deployed
 */
export async function askAws(asked: AskedOfAws): Promise<Sight> {
  const { opened, experiment, declared, planClients, clock } = asked;
  const { connection, names, caller } = opened;
  const clients = { ...connection.clients, ...planClients };
  const launcher = await launcherOf(opened, experiment, declared);
  const input = declared?.input ?? launcher?.input;
  if (input === undefined) throw new SteadfastError('internal', 'there is nothing to plan');
  const nowMs = clock.timeOfDay?.() ?? clock.now();
  const admission = await askAdmission(input, createLookPorts({ input, clients, clock, table: names.table }));
  const permissions = await askPermissions({
    clients,
    caller: caller.arn,
    launcherArn: launcher?.arn ?? names.launcherArn(experiment),
    environment: opened.id,
    templateId: launcher?.input.stages[0]?.templateId,
    needs: declared === undefined ? undefined : needsOfRole(declared.role),
  });
  const environment = declared?.environment.parsed ?? opened.definition?.parsed;
  const rates = await askRates({
    services: servicesAtRisk(input, environment),
    environment,
    environmentId: opened.id,
    input,
    nowMs,
    metrics: askedMetrics(
      createCloudWatchMetrics({ cloudWatch: clients.cloudWatch, metrics: environment?.metrics ?? {} }),
    ),
    lastJournal: () => lastJournalOf(asked, nowMs),
  });
  const { targets } = admission;
  return {
    input,
    from: declared === undefined ? 'deployed' : 'project',
    deployed: launcher === undefined ? 'absent' : isSame(launcher.input, input) ? 'same' : 'other',
    checks: [
      launcherCheck(opened, experiment, launcher),
      ...admission.checks,
      ...permissionCheck(permissions),
    ],
    ...(targets === undefined ? {} : { targets }),
    rates,
    permissions,
    notAsked:
      declared === undefined ? [`what FIS's role needs: ${opened.id} is not declared in this project`] : [],
  };
}

/** What is deployed of the experiment; undefined where nothing is, but the project has it. */
async function launcherOf(
  opened: OpenEnvironment,
  experiment: string,
  declared: DeclaredSubject | undefined,
): Promise<DescribedLauncher | undefined> {
  try {
    return await findLauncher(opened, experiment);
  } catch (thrown) {
    if (declared !== undefined && thrown instanceof SteadfastError && thrown.code === 'unknown-id')
      return undefined;
    throw thrown;
  }
}

/** Whether two inputs plan the same; where each was deployed makes no difference. */
function isSame(one: RunnerInput, other: RunnerInput): boolean {
  const { plan: _one, ...first } = one;
  const { plan: _other, ...second } = other;
  return planMark(first) === planMark(second);
}

const launcherCheck = (
  { id, account, region }: OpenEnvironment,
  experiment: string,
  launcher: DescribedLauncher | undefined,
): PlannedCheck =>
  launcher === undefined
    ? {
        check: 'launcher',
        passed: false,
        rejection: 'outdated',
        evidence: `'${experiment}' is not deployed in ${id} (${account} ${region})`,
        hints: [`Deploy it: npx cdk deploy --all -c env=${id}`],
      }
    : { check: 'launcher', passed: true, evidence: `${launcher.arn} is there`, hints: [] };

/** What AWS refuses is told by its name. */
const askedMetrics = (metrics: MetricSource): MetricSource => ({
  read: (name, fromMs, toMs) =>
    asking({ action: 'cloudwatch:GetMetricData', resource: `the metric ${name}` }, () =>
      metrics.read(name, fromMs, toMs),
    ),
});

const journalText = z.pipe(jsonText, journalSchema);

/** How many of the newest runs are looked at: those that were rejected have no baseline. */
const runsLookedAt = 5;

/** The newest run of the experiment that has a baseline; undefined where there is none that can be read. */
async function lastJournalOf(
  { opened: { connection, names }, experiment }: AskedOfAws,
  nowMs: number,
): Promise<Journal | undefined> {
  const { dynamo, s3 } = connection.clients;
  const index = createRunIndex({ dynamo, table: names.table, now: () => nowMs });
  for (const { runId } of await index.ofExperiment(experiment, runsLookedAt)) {
    const text = await createRunFiles({ s3, bucket: names.bucket, runId }).read('journal.json');
    const journal = journalText.safeParse(text).data;
    if (journal !== undefined && journal.baseline.probes.length > 0) return journal;
  }
  return undefined;
}
