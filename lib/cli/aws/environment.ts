import { relative } from 'node:path';
import type { Caller, Connection } from '../../aws/command/connection.ts';
import { parameterOf } from '../../aws/command/parameter.ts';
import type { LoadedEnvironment } from '../../definitions/load-definition.ts';
import { brokenOf, loadEnvironments } from '../../definitions/project.ts';
import { projectRootOf } from '../../definitions/project-root.ts';
import { suggest } from '../../definitions/suggest.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { type EnvironmentNames, environmentNames } from '../../plan/environment-names.ts';
import { type Io, printLine } from '../io.ts';
import type { Outside } from './outside.ts';

/** How the command line says where in AWS it is to act. */
export interface EnvironmentFlags {
  /** The project's only one where absent. */
  readonly env?: string | undefined;
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
}

/** An environment in AWS, with the credentials that it is reached by. */
export interface OpenEnvironment {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly names: EnvironmentNames;
  readonly connection: Connection;
  readonly caller: Caller;
  /** The folder that holds `experiments/`, or the one that the command runs in. */
  readonly root: string;
  /** As the project declares it; absent where another repository does. */
  readonly definition?: LoadedEnvironment;
}

/**
 * Opens an environment: the project's, else the one that is deployed in the account and Region of the credentials.
 *
 * @throws SteadfastError `permission` where the credentials are another account's or none, `unknown-id` where there is no such environment
 */
export async function openEnvironment(
  io: Io,
  { env, profile, region: asked }: EnvironmentFlags,
  outside: Outside,
): Promise<OpenEnvironment> {
  const project = await loadEnvironments(projectRootOf(io.cwd));
  const id = env ?? onlyOne(project.environments);
  const definition = project.environments.find((one) => one.id === id);
  const known = project.environments.map((one) => one.id);
  const connection = await outside
    .connect({ profile, region: asked ?? definition?.parsed.region })
    .catch((cause: unknown) =>
      Promise.reject(withMeant(cause, definition === undefined ? id : undefined, known)),
    );
  const caller = await connection.caller();
  const { region } = connection;
  if (definition !== undefined) {
    refuseOther(caller, definition, region);
  } else {
    const broken = brokenOf(project, id, 'environment');
    if (broken !== undefined) {
      printLine(
        io.stderr,
        `${relative(io.cwd, broken.file)} is not valid (steadfast check tells why): ${id} is looked for in ${caller.account} ${region}.`,
      );
    }
    await refuseUndeployed({ id, known, connection, caller });
  }
  const place = { id, account: caller.account, region };
  return {
    ...place,
    names: environmentNames(place),
    connection,
    caller,
    root: project.root,
    ...(definition === undefined ? {} : { definition }),
  };
}

function onlyOne(environments: readonly LoadedEnvironment[]): string {
  const ids = environments.map((one) => one.id);
  const [id] = ids;
  if (id !== undefined && ids.length === 1) return id;
  throw new SteadfastError('usage', 'say which environment is meant', {
    hint: ids.length === 0 ? '--env <name>' : `--env <name>: this project has ${ids.join(', ')}`,
  });
}

/** Where nobody knows the Region of an environment that the project has not, its name may be the slip. */
function withMeant(cause: unknown, id: string | undefined, known: readonly string[]): unknown {
  if (!(cause instanceof SteadfastError) || cause.code !== 'cannot-begin' || id === undefined) return cause;
  const meant = suggest(id, known);
  if (meant === undefined) return cause;
  const hint = [`did you mean '${meant}'?`, cause.hint].filter((text) => text !== undefined).join(' Else ');
  return new SteadfastError(cause.code, cause.message, { hint, cause });
}

function refuseOther({ account, arn }: Caller, { id, parsed }: LoadedEnvironment, region: string): void {
  if (account === parsed.account) return;
  throw new SteadfastError(
    'permission',
    `${id} is in the account ${parsed.account}, and these credentials are of ${account} (${arn})`,
    {
      hint: `name a profile of ${parsed.account} with --profile or AWS_PROFILE (Region ${region})`,
    },
  );
}

async function refuseUndeployed(options: {
  readonly id: string;
  readonly known: readonly string[];
  readonly connection: Connection;
  readonly caller: Caller;
}): Promise<void> {
  const { id, known, connection, caller } = options;
  const { account } = caller;
  const { region, clients } = connection;
  const { parameter } = environmentNames({ id, account, region });
  if ((await parameterOf(clients.ssm, parameter('table'))) !== undefined) return;
  const meant = suggest(id, known);
  throw new SteadfastError(
    'unknown-id',
    `there is no environment '${id}': neither is it in this project, nor is it deployed in ${account} ${region}`,
    {
      hint:
        meant !== undefined
          ? `did you mean '${meant}'?`
          : known.length > 0
            ? `this project has: ${known.join(', ')}; another account or Region is named with --profile and --region`
            : 'run it in the project that has the environment, or name its account and Region with --profile and --region',
    },
  );
}
