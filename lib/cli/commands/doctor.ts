import { createColors } from 'picocolors';
import type { Fetch } from '../../aws/command/aws-time.ts';
import type { PlanClients } from '../../aws/command/plan-clients.ts';
import { projectRootOf } from '../../definitions/project-root.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { EnvironmentFlags, OpenEnvironment } from '../aws/environment.ts';
import type { Outside } from '../aws/outside.ts';
import type { DoctorCheck, DoctorDocument } from '../doctor/document.ts';
import { once, sightOf } from '../doctor/environment/sight.ts';
import { examine, lookLimitMs, unknownBy } from '../doctor/examine.ts';
import { doctorLines } from '../doctor/lines.ts';
import { environmentLooks, machineLooks } from '../doctor/looks.ts';
import { exitCode } from '../exit-code.ts';
import { projectOf } from '../find-experiment.ts';
import { type Io, printJson, printLine } from '../io.ts';
import { columnsAssumed } from '../plan/words.ts';

export interface DoctorFlags extends EnvironmentFlags {
  readonly json?: boolean | undefined;
}

/** What reaches AWS besides the connection; tests put theirs in place. */
export interface DoctorDoors {
  readonly clients: (opened: OpenEnvironment) => Promise<Pick<PlanClients, 'cloudWatch' | 'iam'>>;
  readonly fetch?: Fetch;
}

const realDoors: DoctorDoors = {
  clients: async ({ connection }) =>
    (await import('../../aws/command/plan-clients.ts')).createPlanClients(connection),
};

/**
 * Looks at this machine and, with `env`, at an environment, and changes neither. Exit 0 where nothing failed and nothing is unknown, else 4;
 * 130 where a person ended it.
 */
export async function doctorCommand(
  io: Io,
  flags: DoctorFlags,
  version: string,
  outside: Outside,
  doors: DoctorDoors = realDoors,
): Promise<number> {
  const ended = new AbortController();
  const giveBack = outside.onSignal(() => ended.abort());
  // Where nothing answers it takes its time: a person is told that something is going on.
  if (io.isTerminal && flags.env !== undefined)
    printLine(
      io.stderr,
      `Looking at this machine and at ${flags.env}: at most ${(2 * lookLimitMs) / 1_000} s.`,
    );
  try {
    const document = await lookAtAll({ io, flags, version, outside, doors, signal: ended.signal });
    if (ended.signal.aborted)
      throw new SteadfastError('interrupted', 'the doctor was ended before it had seen everything');
    tell(io, document, flags);
    return document.ok ? exitCode.fine : exitCode.refused;
  } finally {
    giveBack();
  }
}

interface Visit {
  readonly io: Io;
  readonly flags: DoctorFlags;
  readonly version: string;
  readonly outside: Outside;
  readonly doors: DoctorDoors;
  readonly signal: AbortSignal;
}

async function lookAtAll(visit: Visit): Promise<DoctorDocument> {
  const { io, flags, version, outside, signal } = visit;
  const { clock } = outside;
  const project = once(() => projectOf(io.cwd));
  const looks = machineLooks({
    root: projectRootOf(io.cwd),
    project,
    nowMs: () => clock.timeOfDay?.() ?? clock.now(),
  });
  const [machine, there] = await Promise.all([
    examine(looks, clock, signal),
    flags.env === undefined ? undefined : lookAtEnvironment(visit, flags.env, project),
  ]);
  const checks = [...machine, ...(there?.checks ?? [])];
  return {
    ok: checks.every(({ status }) => status !== 'fail' && status !== 'unknown'),
    version,
    environment: there?.environment ?? null,
    checks,
  };
}

async function lookAtEnvironment(
  { io, flags, version, outside, doors, signal }: Visit,
  id: string,
  project: ReturnType<typeof once<Awaited<ReturnType<typeof projectOf>>>>,
): Promise<{ readonly environment: DoctorDocument['environment']; readonly checks: readonly DoctorCheck[] }> {
  const opened = await openInTime(io, flags, outside, signal);
  if (!('names' in opened)) return { environment: { id }, checks: [opened] };
  const { account, region } = opened;
  const sight = sightOf({
    opened,
    planClients: await doors.clients(opened),
    clock: outside.clock,
    project,
    version,
  });
  const checks = await examine(environmentLooks(sight, doors.fetch), outside.clock, signal);
  return { environment: { id, account, region }, checks };
}

/** The environment, or why nothing of it could be seen: without credentials nothing else is asked. */
async function openInTime(
  io: Io,
  flags: DoctorFlags,
  { clock, ...outside }: Outside,
  signal: AbortSignal,
): Promise<OpenEnvironment | DoctorCheck> {
  const { openEnvironment } = await import('../aws/environment.ts');
  const here = { name: 'credentials', docs: 'docs/how-to/run-in-aws.md' } as const;
  const over = new AbortController();
  const late = clock.sleep(lookLimitMs, AbortSignal.any([over.signal, signal])).then(
    (): DoctorCheck => ({
      ...here,
      status: 'unknown',
      seen: `AWS did not say whose the credentials are within ${lookLimitMs / 1_000} s`,
      mend: 'check the network, VPN or proxy, and whether the Region is right',
    }),
  );
  try {
    return await Promise.race([openEnvironment(io, flags, { clock, ...outside }), late]);
  } catch (thrown) {
    if (!(thrown instanceof SteadfastError) || thrown.code === 'usage' || thrown.code === 'invalid')
      throw thrown;
    const { seen, mend } = unknownBy(thrown);
    // Who could be asked and refused has answered; where nobody answered, nothing is known.
    const status = thrown.code === 'permission' || thrown.code === 'unknown-id' ? 'fail' : 'unknown';
    return { ...here, status, seen, ...(mend === undefined ? {} : { mend }) };
  } finally {
    over.abort();
  }
}

function tell(io: Io, document: DoctorDocument, { json }: DoctorFlags): void {
  if (json === true) {
    printJson(io, document);
    return;
  }
  const paper = { columns: io.stdoutColumns ?? columnsAssumed, paint: createColors(io.stdoutColours) };
  for (const line of doctorLines(document, paper)) printLine(io.stdout, line);
}
