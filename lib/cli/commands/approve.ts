import { asking } from '../../aws/command/aws-problem.ts';
import { createDynamoApprovalDesk } from '../../aws/dynamo-approvals.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { gameDayApprovalPartition } from '../../plan/table-partitions.ts';
import { formatSeconds } from '../../report/format.ts';
import { type ApprovalDesk, isOpen, type PendingApproval, refusalOf } from '../../run/approvals.ts';
import { confirmed } from '../aws/asking-person.ts';
import { type EnvironmentFlags, type OpenEnvironment, openEnvironment } from '../aws/environment.ts';
import { type Outside, processOutside } from '../aws/outside.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, printJson, printLine } from '../io.ts';

export interface ApproveFlags extends EnvironmentFlags {
  readonly refuse?: boolean | undefined;
  readonly note?: string | undefined;
  readonly yes?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** Shows what a run that waits for its approval would do, and approves or refuses exactly that; without a run, lists those that wait. */
export async function approveCommand(
  io: Io,
  runId: string | undefined,
  flags: ApproveFlags,
  outside: Outside = processOutside(io),
): Promise<number> {
  const environment = await openEnvironment(io, flags, outside);
  const { names, caller, connection } = environment;
  const { clock, ask } = outside;
  const now = () => clock.timeOfDay?.() ?? clock.now();
  const desk = createDynamoApprovalDesk({
    dynamo: connection.clients.dynamo,
    table: names.table,
    clock: { ...clock, now },
  });
  const table = names.tableArn;
  if (runId === undefined) {
    const waiting = await asking({ action: 'dynamodb:Query', resource: table }, () => desk.waiting());
    return tellWaiting(io, waiting, environment.id, flags);
  }
  const pending = await asking({ action: 'dynamodb:GetItem', resource: table }, () => desk.find(runId));
  if (pending === undefined) await refuseGameDays(environment, outside, runId);
  const hash = pending?.request.hash ?? '';
  const by = caller.arn;
  if (pending === undefined || !isOpen(pending, now()))
    throw (
      refusalOf({ runId, hash, by }, pending, now()) ??
      new SteadfastError('internal', `run '${runId}' cannot be answered`)
    );
  const answer = flags.refuse === true ? 'refused' : 'approved';
  for (const line of requestLines(pending, now())) printLine(io.stderr, line);
  await confirmed({
    ask,
    yes: flags.yes,
    what:
      flags.refuse === true ? 'The run will end without a fault.' : 'The run will go on with exactly this.',
    words: 'yes',
    otherwise: 'nothing was answered',
  });
  const decision = { runId, hash, by, ...(flags.note === undefined ? {} : { note: flags.note }) };
  await asking({ action: 'dynamodb:UpdateItem', resource: table }, () => decide(desk, answer, decision));
  if (flags.json === true) printJson(io, { runId, environment: environment.id, answer, by, hash });
  else {
    printLine(io.stdout, `${answer === 'approved' ? 'Approved' : 'Refused'}: ${runId}, as ${by}`);
    printLine(io.stdout, `Next:   npx steadfast show ${runId} --env ${environment.id}`);
  }
  return exitCode.fine;
}

/** What a game day asks for is answered there, by whoever has a role in it: IAM lets nobody write it here. */
async function refuseGameDays(
  { connection, names, id }: OpenEnvironment,
  { clock }: Outside,
  runId: string,
): Promise<void> {
  const desk = createDynamoApprovalDesk({
    dynamo: connection.clients.dynamo,
    table: names.table,
    clock,
    partition: gameDayApprovalPartition,
  });
  const asked = await asking({ action: 'dynamodb:GetItem', resource: names.tableArn }, () =>
    desk.find(runId),
  );
  const gameDay = asked?.request.gameDay;
  if (gameDay === undefined) return;
  throw new SteadfastError('invalid', `run '${runId}' is part of the game day ${gameDay.edition}`, {
    hint: `approve it in its game day: steadfast gameday status ${gameDay.edition} --env ${id}`,
  });
}

const decide = (
  desk: ApprovalDesk,
  answer: 'approved' | 'refused',
  decision: Parameters<ApprovalDesk['approve']>[0],
) => (answer === 'approved' ? desk.approve(decision) : desk.refuse(decision));

function tellWaiting(
  io: Io,
  waiting: readonly PendingApproval[],
  env: string,
  { json }: ApproveFlags,
): number {
  if (json === true) printJson(io, { environment: env, waiting });
  else if (waiting.length === 0) printLine(io.stdout, `No run waits for an approval in ${env}.`);
  else {
    for (const { runId, request } of waiting) printLine(io.stdout, `${runId}  ${request.title}`);
    printLine(io.stdout, `One is looked at and answered with: npx steadfast approve <run> --env ${env}`);
  }
  return exitCode.fine;
}

/** What is approved: exactly this, and nothing else. */
function requestLines({ runId, request }: PendingApproval, nowMs: number): string[] {
  const { title, experiment, environment, stages, targets, set = {}, startedBy, expiresAtMs, hash } = request;
  const left = formatSeconds(Math.max(0, Math.round((expiresAtMs - nowMs) / 1_000)));
  return [
    `${runId} waits for an approval, ${left} more`,
    `  ${title} (${experiment} in ${environment})`,
    ...(startedBy === undefined ? [] : [`  started by ${startedBy}`]),
    ...Object.entries(set).map(([name, value]) => `  set: ${name} = ${value}`),
    ...stages.flatMap(({ label, durationMs, faults }, index) => [
      `  stage ${index + 1}: ${label} for ${formatSeconds(durationMs / 1_000)}`,
      ...faults.map(({ name, action, parameters }) => `    ${name}: ${action} ${parameters}`.trimEnd()),
    ]),
    ...targets.map(
      ({ fault, count, some }) =>
        `  ${fault} may hit ${count}: ${some.join(', ')}${count > some.length ? ', ...' : ''}`,
    ),
    `  hash ${hash}`,
  ];
}
