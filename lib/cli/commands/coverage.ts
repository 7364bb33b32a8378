import { keptRetros } from '../../definitions/kept-retros.ts';
import { resilienceOf } from '../../report/resilience.ts';
import type { Outside } from '../aws/outside.ts';
import { exitCode } from '../exit-code.ts';
import { projectOf } from '../find-experiment.ts';
import { type Io, printJson, printLine } from '../io.ts';
import { coverageLines } from '../resilience/coverage-lines.ts';
import { heldGameDayLines, heldGameDays } from '../resilience/held-game-days.ts';
import { recordsOf } from '../resilience/records-of.ts';
import { servicesToTest } from '../resilience/services-to-test.ts';

export interface CoverageFlags {
  readonly env?: string | undefined;
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Shows what runs in an environment, or rehearsals, have shown of each service, and what nothing tests. */
export async function coverageCommand(io: Io, flags: CoverageFlags, outside: Outside): Promise<number> {
  const project = await projectOf(io.cwd);
  const services = servicesToTest(project, flags.env);
  const experiments = [...new Set(services.flatMap((one) => one.experiments.map(({ id }) => id)))];
  const { records, unreadable } = await recordsOf(io, { project, experiments, flags, outside });
  for (const text of unreadable) printLine(io.stderr, `Not counted: ${text}`);
  const nowMs = outside.clock.now();
  const shown = resilienceOf(services, records, nowMs);
  const gameDays = heldGameDays(project, keptRetros(project.root), flags.env, nowMs);
  if (flags.json === true) printJson(io, { environment: flags.env ?? null, services: shown, gameDays });
  else {
    const lines = [...coverageLines(shown, flags.env, io), ...heldGameDayLines(gameDays, io.stdoutColours)];
    for (const line of lines) printLine(io.stdout, line);
  }
  return exitCode.fine;
}
