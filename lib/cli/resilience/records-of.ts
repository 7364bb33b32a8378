import type { RunIndex } from '../../aws/command/run-index.ts';
import type { Project } from '../../definitions/project.ts';
import type { RunRecord } from '../../run/run-record.ts';
import { type EnvironmentFlags, openEnvironment } from '../aws/environment.ts';
import type { Outside } from '../aws/outside.ts';
import type { Io } from '../io.ts';
import { localRecords } from './local-records.ts';

/** The newest of each experiment that are looked at: enough to see a trend past runs that say nothing. */
const runsOfEach = 30;

/** What runs have shown, and what could not be read of them. */
interface Records {
  readonly records: readonly RunRecord[];
  readonly unreadable: readonly string[];
}

/** The runs of experiments in an environment, or without one the rehearsals that lie in the project. */
export async function recordsOf(
  io: Io,
  options: {
    readonly project: Project;
    readonly experiments: readonly string[];
    readonly flags: Omit<EnvironmentFlags, 'env'> & { readonly env?: string | undefined };
    readonly outside: Outside;
  },
): Promise<Records> {
  const { project, experiments, flags, outside } = options;
  const { env } = flags;
  if (env === undefined) return localRecords(project.root);
  const { names, connection } = await openEnvironment(io, { ...flags, env }, outside);
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
  return { records: found.flat(), unreadable: [] };
}
