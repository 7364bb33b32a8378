import { createColors } from 'picocolors';
import { hintFor } from '../../definitions/suggest.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { parseDuration } from '../../fis/quantity.ts';
import { type Gate, gateOf } from '../../report/gate.ts';
import type { Outside } from '../aws/outside.ts';
import { exitCode } from '../exit-code.ts';
import { projectOf } from '../find-experiment.ts';
import { type Io, printJson, printLine } from '../io.ts';
import { recordsOf } from '../resilience/records-of.ts';
import { servicesToTest } from '../resilience/services-to-test.ts';

export interface GateFlags {
  readonly service: string;
  readonly env?: string | undefined;
  /** As it was written: `30d`. */
  readonly maxAge: string;
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Tells whether a service's record is good and young enough to deploy on: 0, or 4 with what is missing. */
export async function gateCommand(io: Io, flags: GateFlags, outside: Outside): Promise<number> {
  const maxAge = parseDuration(flags.maxAge);
  if (maxAge === undefined || maxAge.ms <= 0)
    throw new SteadfastError('usage', `--max-age is no length of time: '${flags.maxAge}'`, {
      hint: 'write it as 30d or 12h, 366d at most',
    });
  const project = await projectOf(io.cwd);
  const services = servicesToTest(project, flags.env);
  const service = services.find((one) => one.service === flags.service);
  if (service === undefined)
    throw unknownService(
      flags,
      services.map((one) => one.service),
    );
  const experiments = service.experiments.map(({ id }) => id);
  const { records, unreadable } = await recordsOf(io, { project, experiments, flags, outside });
  const judged = gateOf({
    service,
    records,
    environment: flags.env,
    maxAge,
    nowMs: outside.clock.timeOfDay?.() ?? outside.clock.now(),
  });
  const gate = unreadable.length === 0 ? judged : closedByUnread(judged, unreadable);
  if (flags.json === true) printJson(io, { ...gate, environment: flags.env ?? null, maxAge: maxAge.text });
  else for (const line of linesOf(gate, flags.env, io.stdoutColours)) printLine(io.stdout, line);
  return gate.open ? exitCode.fine : exitCode.refused;
}

/** What cannot be read may be the newest, and may be of this very service. */
const closedByUnread = (gate: Gate, unreadable: readonly string[]): Gate => ({
  ...gate,
  open: false,
  reasons: [
    ...gate.reasons,
    ...unreadable.map((text) => ({
      reason: `a record cannot be read: ${text}`,
      next: 'delete its folder, then rehearse again',
    })),
  ],
});

function unknownService({ service, env }: GateFlags, known: readonly string[]): SteadfastError {
  return new SteadfastError(
    'unknown-id',
    `${env === undefined ? 'no lab' : `the environment '${env}'`} has ${env === undefined ? 'a' : 'no'} service '${service}'`,
    { hint: hintFor(service, known) },
  );
}

function linesOf(gate: Gate, environment: string | undefined, colours: boolean): string[] {
  const paint = createColors(colours);
  const where = environment === undefined ? 'in rehearsals' : `in ${environment}`;
  if (gate.open) {
    return [
      `${paint.green('open')}: all that is tried on ${gate.service} ${where} held`,
      ...gate.experiments.map(
        ({ experiment, last }) => `  ${experiment}  ${[last?.verdict, last?.at, last?.runId].join(', ')}`,
      ),
    ];
  }
  return [
    `${paint.red('closed')}: the record of ${gate.service} ${where} is not good enough to deploy on`,
    ...gate.reasons.flatMap(({ experiment, reason, next }) => [
      `  ${experiment === undefined ? '' : `${experiment}: `}${reason}`,
      `    ${next}`,
    ]),
  ];
}
