import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { asking } from '../../aws/command/aws-problem.ts';
import { createRunFiles } from '../../aws/command/run-files.ts';
import { createRunIndex } from '../../aws/command/run-index.ts';
import { createRunLog } from '../../aws/command/run-log.ts';
import { createDynamoApprovalDesk } from '../../aws/dynamo-approvals.ts';
import { projectRootOf } from '../../definitions/project-root.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { executionArn } from '../../plan/aws-names.ts';
import { dashboardLink, executionLink, experimentLink } from '../../plan/console-links.ts';
import { gameDayApprovalPartition } from '../../plan/table-partitions.ts';
import { runFiles } from '../../rehearsal/file-run-store.ts';
import type { PendingApproval } from '../../run/approvals.ts';
import { type Journal, journalSchema } from '../../run/journal.ts';
import { jsonText } from '../../run/json-text.ts';
import { type LiveRun, pendingOf } from '../../run/live-run.ts';
import type { RunRecord } from '../../run/run-record.ts';
import { type EnvironmentFlags, type OpenEnvironment, openEnvironment } from '../aws/environment.ts';
import { liveWords } from '../aws/live-words.ts';
import { type Outside, processOutside } from '../aws/outside.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, printJson, printLine } from '../io.ts';
import { runsFolder } from '../runs-folder.ts';
import { pathFor, tellSummary } from '../tell-result.ts';

export interface ShowFlags extends EnvironmentFlags {
  readonly json?: boolean | undefined;
}

const journalText = z.pipe(jsonText, journalSchema);

/** Shows a run: one under way with what it is at, one that has ended with its verdict and where its files are. */
export async function showCommand(
  io: Io,
  runId: string,
  flags: ShowFlags,
  outside: Outside = processOutside(io),
): Promise<number> {
  if (flags.env === undefined) {
    const file = join(runsFolder(projectRootOf(io.cwd)), runId, runFiles.journal);
    if (existsSync(file)) return showLocal(io, file, flags);
  }
  const environment = await openEnvironment(io, flags, outside);
  const index = createRunIndex({
    dynamo: environment.connection.clients.dynamo,
    table: environment.names.table,
    now: () => outside.clock.timeOfDay?.() ?? outside.clock.now(),
  });
  const record = await index.find(runId);
  const live = record === undefined ? await index.liveRun(runId) : undefined;
  if (record !== undefined) return showEnded(io, environment, record, flags);
  if (live === undefined) {
    throw new SteadfastError('unknown-id', `there is no run '${runId}' in ${environment.id}`, {
      hint: `steadfast runs --env ${environment.id} lists them; one that was just started is there once it is admitted`,
    });
  }
  const [halts, leases, phase, approval] = await Promise.all([
    index.halts(runId),
    index.leases(runId),
    phaseOf(environment, live),
    approvalOf(environment, outside, runId),
  ]);
  const links = linksOf(environment, live.experiment, runId, []);
  if (flags.json === true) {
    printJson(io, {
      runId,
      environment: environment.id,
      live,
      phase: phase ?? null,
      approval: approval ?? null,
      halts,
      leases,
      links,
    });
    return exitCode.fine;
  }
  const at = (ms: number) => new Date(ms).toISOString();
  const lines = [
    `${runId} is under way in ${environment.id} since ${at(live.startedAtMs)}: ${phase ?? liveWords(live)}`,
    ...(approval === undefined ? [] : [`  ${approvalWords(approval, environment.id)}`]),
    ...leases.map(({ service, untilMs }) => `  lease on ${service} until ${at(untilMs)}`),
    ...pendingOf(live).map(({ what, name, at: since }) => `  to be undone: ${what} ${name}, since ${since}`),
    ...halts.map(
      ({ scope, reason, by }) =>
        `  halt of ${scope === 'all' ? 'everything' : 'this run'}${by === undefined ? '' : ` by ${by}`}: ${reason}`,
    ),
    ...linkLines(links),
    '',
    `To end it: npx steadfast halt ${runId} --env ${environment.id}`,
  ];
  for (const line of lines) printLine(io.stdout, line);
  return exitCode.fine;
}

async function showLocal(io: Io, file: string, { json }: ShowFlags): Promise<number> {
  const journal = journalText.safeParse(await readFile(file, 'utf8'));
  if (!journal.success)
    throw new SteadfastError('invalid', `${pathFor(io, file)} is no journal that this version can read`);
  if (json === true) printJson(io, { ...shortOf(journal.data), journal: journal.data });
  else {
    tellSummary(io, journal.data);
    printLine(io.stdout);
    printLine(io.stdout, `Journal: ${pathFor(io, file)}`);
  }
  return exitCode.fine;
}

const shortOf = ({ runId, environment, verdict, summary }: Journal) => ({
  runId,
  environment: environment.id,
  verdict,
  summary,
});

async function showEnded(
  io: Io,
  environment: OpenEnvironment,
  record: RunRecord,
  { json }: ShowFlags,
): Promise<number> {
  const { runId, experiment } = record;
  const { names, connection } = environment;
  const files = createRunFiles({ s3: connection.clients.s3, bucket: names.bucket, runId });
  const text = await files.read(runFiles.journal);
  const journal = journalText.safeParse(text).data;
  const ids = (journal?.stages ?? []).flatMap(({ fisExperimentId }) => fisExperimentId ?? []);
  const links = linksOf(environment, experiment, runId, ids);
  const where = `s3://${names.bucket}/runs/${runId}/`;
  if (json === true) {
    printJson(io, { ...record, files: text === undefined ? null : where, links, journal: journal ?? null });
    return exitCode.fine;
  }
  if (journal === undefined) printLine(io.stdout, `${record.verdict}: ${record.summary}`);
  else tellSummary(io, journal);
  printLine(io.stdout);
  printLine(io.stdout, `${runId} in ${environment.id}, ${record.start} to ${record.end}`);
  printLine(
    io.stdout,
    `  files: ${text === undefined ? 'none was left' : `${where} (report.html, journal.json, samples.ndjson)`}`,
  );
  for (const line of linkLines(links)) printLine(io.stdout, line);
  return exitCode.fine;
}

interface Link {
  readonly what: string;
  readonly url: string;
}

const linkLines = (links: readonly Link[]): string[] => links.map(({ what, url }) => `  ${what}: ${url}`);

/** Where the console shows the run. */
function linksOf(
  environment: OpenEnvironment,
  experiment: string,
  runId: string,
  experiments: readonly string[],
): Link[] {
  const { names } = environment;
  return [
    { what: 'launcher', url: executionLink(environment, executionArn(names.launcherArn(experiment), runId)) },
    { what: 'runner', url: executionLink(environment, executionArn(names.runnerArn, runId)) },
    ...experiments.map((id) => ({ what: `FIS experiment ${id}`, url: experimentLink(environment, id) })),
    { what: 'dashboard', url: dashboardLink(environment, names.dashboard) },
  ];
}

/** What a run waits for: an approval by a person, or by its game day. */
const approvalOf = ({ connection, names }: OpenEnvironment, { clock }: Outside, runId: string) =>
  asking({ action: 'dynamodb:GetItem', resource: names.tableArn }, async () => {
    const place = { dynamo: connection.clients.dynamo, table: names.table, clock };
    return (
      (await createDynamoApprovalDesk(place).find(runId)) ??
      (await createDynamoApprovalDesk({ ...place, partition: gameDayApprovalPartition }).find(runId))
    );
  });

function approvalWords({ runId, request, answer, isClosed }: PendingApproval, env: string): string {
  if (answer !== undefined)
    return `${answer.answer} by ${answer.by} at ${new Date(answer.atMs).toISOString()}`;
  if (isClosed) return 'its approval is not waited for any more';
  if (request.gameDay !== undefined)
    return `waits until ${new Date(request.expiresAtMs).toISOString()} for the approval of its game day ${request.gameDay.edition}`;
  return `waits for an approval until ${new Date(request.expiresAtMs).toISOString()}: npx steadfast approve ${runId} --env ${env}`;
}

/** The last phase that the run has told of; undefined where it tells none, or where nobody may read its log. */
async function phaseOf({ connection, names }: OpenEnvironment, live: LiveRun): Promise<string | undefined> {
  const log = createRunLog({
    logs: connection.clients.logs,
    names,
    runId: live.runId,
    sinceMs: live.startedAtMs,
  });
  try {
    const last = (await log.read('all')).findLast((event) => event.kind === 'phase');
    if (last === undefined) return undefined;
    return `${last.phase}${last.stage === undefined ? '' : ` ${last.stage + 1}`}, waiting for ${last.waitingFor}`;
  } catch (thrown) {
    if (thrown instanceof SteadfastError) return undefined;
    throw thrown;
  }
}
