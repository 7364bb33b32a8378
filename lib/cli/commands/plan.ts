import type { PlanClients } from '../../aws/command/plan-clients.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { EnvironmentFlags, OpenEnvironment } from '../aws/environment.ts';
import type { Outside } from '../aws/outside.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, printJson, printLine } from '../io.ts';
import { fisRole, needsOfRole, unknownNeeds } from '../plan/iam-needs.ts';
import { runPlanLines } from '../plan/plan-lines.ts';
import { readPrices } from '../plan/read-prices.ts';
import type { RunPlanDocument } from '../plan/run-plan-document.ts';
import { runPlanOf } from '../plan/run-plan-of.ts';
import { type DeclaredSubject, declaredSubject } from '../plan/subject.ts';
import { printError } from '../print-problems.ts';

export interface PlanFlags extends EnvironmentFlags {
  readonly env: string;
  readonly offline?: boolean | undefined;
  readonly prices?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Makes the clients that only a plan needs; tests put theirs in place. */
export type MakePlanClients = (opened: OpenEnvironment) => Promise<PlanClients>;

const makePlanClients: MakePlanClients = async ({ connection }) =>
  (await import('../../aws/command/plan-clients.ts')).createPlanClients(connection);

/** Shows all that is known of a run before it starts, and changes nothing. Exit 0 where it would be admitted now, else 4. */
export async function planCommand(
  io: Io,
  argument: string,
  flags: PlanFlags,
  outside: Outside,
  makeClients: MakePlanClients = makePlanClients,
): Promise<number> {
  const overrides = flags.prices === undefined ? {} : readPrices(flags.prices, io.cwd);
  const declared = await declaredSubject(argument, flags.env, io.cwd);
  const nowMs = outside.clock.timeOfDay?.() ?? outside.clock.now();
  const common = { nowMs, overrides };
  if (flags.offline === true) {
    const plan = offlinePlan(needed(declared, argument, flags), common, 'AWS: --offline was given');
    return told(io, plan, flags, exitCode.fine);
  }
  const opened = await openOr(io, flags, outside, declared);
  if (opened instanceof SteadfastError) {
    const plan = offlinePlan(needed(declared, argument, flags), common, `AWS: ${opened.message}`);
    const code = told(io, plan, flags, exitCode.refused);
    printError(io, opened);
    return code;
  }
  const { askAws } = await import('../plan/ask-aws.ts');
  const sight = await askAws({
    opened,
    experiment: declared?.experiment.id ?? argument,
    declared,
    planClients: await makeClients(opened),
    clock: outside.clock,
  });
  const { account, region } = opened;
  const environment = declared?.environment.parsed ?? opened.definition?.parsed;
  const plan = runPlanOf({ input: sight.input, environment, account, region, sight, ...common });
  return told(io, plan, flags, plan.admitted === true ? exitCode.fine : exitCode.refused);
}

const offlinePlan = (
  { input, role, environment: { parsed } }: DeclaredSubject,
  common: Pick<Parameters<typeof runPlanOf>[0], 'nowMs' | 'overrides'>,
  unasked: string,
): RunPlanDocument => {
  const { account, region } = parsed;
  const needs = unknownNeeds(fisRole, needsOfRole(role), 'AWS was not asked');
  return runPlanOf({ input, environment: parsed, account, region, unasked, needs, ...common });
};

/** Without AWS the project alone can tell. */
function needed(
  declared: DeclaredSubject | undefined,
  argument: string,
  { env }: PlanFlags,
): DeclaredSubject {
  if (declared !== undefined) return declared;
  throw new SteadfastError(
    'unknown-id',
    `this project has not both '${argument}' and the environment '${env}'`,
    {
      hint: 'steadfast list shows what there is; what only others have deployed can be planned by asking AWS',
    },
  );
}

/** The environment, or why AWS cannot be asked where the project can still tell something. Credentials of another account are refused. */
async function openOr(
  io: Io,
  flags: PlanFlags,
  outside: Outside,
  declared: DeclaredSubject | undefined,
): Promise<OpenEnvironment | SteadfastError> {
  const { openEnvironment } = await import('../aws/environment.ts');
  try {
    return await openEnvironment(io, flags, outside);
  } catch (thrown) {
    if (declared !== undefined && thrown instanceof SteadfastError && isOfAws(thrown)) return thrown;
    throw thrown;
  }
}

/** What AWS or the way to it answered, and not a refusal of our own. */
const isOfAws = ({ code, cause }: SteadfastError) =>
  cause !== undefined && (code === 'permission' || code === 'cannot-begin');

function told(io: Io, plan: RunPlanDocument, { json, env }: PlanFlags, code: number): number {
  if (json === true) {
    printJson(io, plan);
    return code;
  }
  const paper = { columns: io.stdoutColumns, colours: io.stdoutColours };
  for (const line of runPlanLines(plan, paper)) printLine(io.stdout, line);
  if (plan.admitted === true)
    printLine(io.stdout, `\nNext: npx steadfast run ${plan.experiment.id} --env ${env}`);
  return code;
}
