import { createColors } from 'picocolors';
import type { ExperimentRecord, ServiceRecord } from '../../report/resilience.ts';
import type { Io } from '../io.ts';
import { tableLines } from '../view/table-lines.ts';

/** A record older than this says little of a system that is changed every week. */
const staleDays = 30;

const trends: Readonly<Record<ExperimentRecord['trend'], string>> = {
  better: 'better than before',
  worse: 'worse than before',
  steady: 'as before',
  unknown: '',
};

const ageOf = (days: number): string =>
  days === 0 ? 'today' : `${days} ${days === 1 ? 'day' : 'days'} ago${days > staleDays ? ' (old)' : ''}`;

/** What runs have shown of each service, for a terminal; `inEnvironment` names how a missing run is started. */
export function coverageLines(
  services: readonly ServiceRecord[],
  environment: string | undefined,
  { stdoutColours, stdoutColumns }: Pick<Io, 'stdoutColours' | 'stdoutColumns'>,
): string[] {
  const paint = createColors(stdoutColours);
  return services.flatMap((service) => {
    const { verdict, ageDays, experiments, untested } = service;
    const state =
      verdict === undefined
        ? paint.yellow('nothing was ever run')
        : `${verdict === 'held' ? paint.green(verdict) : paint.red(verdict)}, ${ageOf(ageDays ?? 0)}`;
    return [
      `${paint.bold(service.service)}  ${state}`,
      ...tableLines(
        experiments.map((one) => [{ text: one.experiment }, { text: ofExperiment(one, environment) }]),
        stdoutColumns,
      ).flat(),
      ...(experiments.length === 0 ? [paint.dim('  no experiment touches it')] : []),
      ...untested.map((what) => `  ${paint.yellow('untested')}: ${what}`),
      ...(untested.length > 0 ? [paint.dim(`  npx steadfast new --list --for ${service.service}`)] : []),
      '',
    ];
  });
}

function ofExperiment(record: ExperimentRecord, environment: string | undefined): string {
  const { experiment, last, history, trend, recoverySeconds, isOutdated } = record;
  if (last === undefined) {
    const how =
      environment === undefined ? `rehearse ${experiment}` : `run ${experiment} --env ${environment}`;
    return `never run: npx steadfast ${how}`;
  }
  const lastRecovery = recoverySeconds.at(-1);
  return [
    `${last.verdict}, ${ageOf(last.ageDays)}`,
    ...(trend === 'unknown' ? [] : [trends[trend]]),
    ...(history.length > 1
      ? [`held ${history.filter((one) => one === 'held').length} of ${history.length}`]
      : []),
    ...(lastRecovery === undefined ? [] : [`back in ${Number(lastRecovery.toFixed(1))} s`]),
    ...(isOutdated ? ['of an older definition'] : []),
  ].join(', ');
}
