import type { RunIndex } from '../../aws/command/run-index.ts';
import { keptRetros } from '../../definitions/kept-retros.ts';
import { resilienceOf } from '../../report/resilience.ts';
import type { RunRecord } from '../../run/run-record.ts';
import { openEnvironment } from '../aws/environment.ts';
import type { Outside } from '../aws/outside.ts';
import { exitCode } from '../exit-code.ts';
import { projectOf } from '../find-experiment.ts';
import { type Io, printJson, printLine } from '../io.ts';
import { coverageLines } from '../resilience/coverage-lines.ts';
import { heldGameDayLines, heldGameDays } from '../resilience/held-game-days.ts';
import { localRecords } from '../resilience/local-records.ts';
import { servicesToTest } from '../resilience/services-to-test.ts';

export interface CoverageFlags {
  readonly env?: string | undefined;
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  readonly json?: boolean | undefined;
}

/** The newest of each experiment that are looked at: enough to see a trend past runs that say nothing. */
const runsOfEach = 30;

/** Shows what runs in an environment, or rehearsals, have shown of each service, and what nothing tests. */
export async function coverageCommand(io: Io, flags: CoverageFlags, outside: Outside): Promise<number> {
  const project = await projectOf(io.cwd);
  const services = servicesToTest(project, flags.env);
  const experiments = [...new Set(services.flatMap((one) => one.experiments.map(({ id }) => id)))];
  const records =
    flags.env === undefined
      ? await rehearsed(io, project.root)
      : await recorded(io, { ...flags, env: flags.env }, experiments, outside);
  const nowMs = outside.clock.now();
  const shown = resilienceOf(services, records, nowMs);
  const gameDays = heldGameDays(project, keptRetros(project.root), flags.env, nowMs);
  if (flags.json === true) printJson(io, { environment: flags.env ?? null, services: shown, gameDays });
  else {
    const lines = [
      ...coverageLines(shown, flags.env, io.stdoutColours),
      ...heldGameDayLines(gameDays, io.stdoutColours),
    ];
    for (const line of lines) printLine(io.stdout, line);
  }
  return exitCode.fine;
}

async function rehearsed(io: Io, root: string): Promise<readonly RunRecord[]> {
  const { records, unreadable } = await localRecords(root);
  for (const text of unreadable) printLine(io.stderr, `Not counted: ${text}`);
  return records;
}

async function recorded(
  io: Io,
  flags: CoverageFlags & { readonly env: string },
  experiments: readonly string[],
  outside: Outside,
): Promise<readonly RunRecord[]> {
  const { names, connection } = await openEnvironment(io, flags, outside);
  const { createRunIndex } = await import('../../aws/command/run-index.ts');
  const index: RunIndex = createRunIndex({
    dynamo: connection.clients.dynamo,
    table: names.table,
    now: () => outside.clock.now(),
  });
  const { asking } = await import('../../aws/command/aws-problem.ts');
  const found = await asking({ action: 'dynamodb:Query', resource: names.tableArn }, () =>
    Promise.all(experiments.map((experiment) => index.ofExperiment(experiment, runsOfEach))),
  );
  return found.flat();
}
