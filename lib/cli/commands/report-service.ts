import type { Project } from '../../definitions/project.ts';
import { hintFor } from '../../definitions/suggest.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { parseDuration } from '../../fis/quantity.ts';
import type { ServiceToTest } from '../../report/resilience.ts';
import { serviceMarkdown } from '../../report/service/service-markdown.ts';
import { renderService } from '../../report/service/service-page.ts';
import { serviceReport } from '../../report/service/service-report.ts';
import { serviceLines } from '../../report/service/service-text.ts';
import { openEnvironment } from '../aws/environment.ts';
import type { Outside } from '../aws/outside.ts';
import { exitCode } from '../exit-code.ts';
import { projectOf } from '../find-experiment.ts';
import type { Io } from '../io.ts';
import { awsPast } from '../reports/aws-past.ts';
import { folderOfRuns, type SourceFlags } from '../reports/find-journal.ts';
import { type FormFlags, giveReport } from '../reports/give-report.ts';
import { knownServices } from '../reports/known-services.ts';
import { localPast } from '../reports/local-past.ts';
import { nowOf } from '../reports/now.ts';
import type { Past, Span } from '../reports/past.ts';

export interface ReportServiceFlags extends SourceFlags, FormFlags {
  /** How far back, as a duration: `90d`. */
  readonly since?: string | undefined;
}

/** How far back is looked where nobody says: a quarter of a year. */
const usually = '90d';

/** Reports how a service has fared over a time. */
export async function reportServiceCommand(
  io: Io,
  service: string,
  flags: ReportServiceFlags,
  outside: Outside,
): Promise<number> {
  const nowMs = nowOf(outside);
  const span = { fromMs: nowMs - sinceMs(flags.since ?? usually), toMs: nowMs };
  const project = await projectOf(io.cwd);
  const past = await pastOf(io, flags, span, outside);
  const services = knownServices(project, flags.env) ?? [];
  const known = services.find((one) => one.service === service);
  const runs = past.runs.filter((run) => touches(run, service, known));
  if (known === undefined && runs.length === 0) throw unknownService(service, services, past);
  const report = serviceReport({
    service,
    environment: flags.env,
    ...span,
    nowMs,
    runs,
    known,
    titles: titlesOf(project),
    unreadable: past.unreadable,
  });
  await giveReport(io, flags, {
    html: () => renderService(report),
    markdown: () => serviceMarkdown(report),
    document: report,
    lines: () => serviceLines(report),
  });
  return exitCode.fine;
}

function sinceMs(text: string): number {
  const ms = parseDuration(text)?.ms;
  if (ms !== undefined && ms > 0) return ms;
  throw new SteadfastError('usage', `'${text}' is no duration`, {
    hint: 'write how far back to look, a year at most: 30d, 12h',
  });
}

/** Of an environment its index tells; a folder of runs may hold those of several. */
async function pastOf(io: Io, flags: SourceFlags, span: Span, outside: Outside): Promise<Past> {
  const { env, runs } = flags;
  if (env !== undefined && runs === undefined)
    return awsPast(await openEnvironment(io, { ...flags, env }, outside), span);
  const past = await localPast(io, folderOfRuns(io, flags), span);
  return env === undefined
    ? past
    : { ...past, runs: past.runs.filter(({ environment }) => environment === env) };
}

const touches = (run: Past['runs'][number], service: string, known: ServiceToTest | undefined): boolean =>
  run.services.includes(service) || (known?.experiments ?? []).some(({ id }) => id === run.experiment);

const titlesOf = ({ experiments }: Project) =>
  new Map(experiments.map(({ id, parsed }) => [id, parsed.title] as const));

function unknownService(service: string, services: readonly ServiceToTest[], past: Past): SteadfastError {
  const names = [
    ...new Set([...services.map((one) => one.service), ...past.runs.flatMap((run) => run.services)]),
  ];
  return new SteadfastError(
    'unknown-id',
    `nothing here names a service '${service}', and no run touched one`,
    {
      hint: hintFor(service, names, 'a project names its services in its environments and labs'),
    },
  );
}
