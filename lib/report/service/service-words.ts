import type { Verdict } from '../../experiment/verdict.ts';
import { formatTime, plural } from '../format.ts';
import type { ServiceExperiment, ServiceReport } from './service-schema.ts';

/** Says how a service stands, in a word, and as which verdict it looks. */
export const standing = ({ verdict }: ServiceReport): { readonly word: string; readonly look: Verdict } =>
  verdict === undefined ? { word: 'nothing was run', look: 'rejected' } : { word: verdict, look: verdict };

/** Whose runs these are. */
export const placeOf = ({ environment, from, to }: ServiceReport): string =>
  `${environment === undefined ? 'runs on this machine' : `runs in ${environment}`}, ${formatTime(from)} to ${formatTime(to)}`;

export const trendWords: Readonly<Record<ServiceExperiment['trend'], string>> = {
  better: 'better than before',
  worse: 'worse than before',
  steady: 'as before',
  unknown: '–',
};

/** How long ago an experiment last said something, and of what. */
export const ageWords = ({ last, isOutdated, runs }: ServiceExperiment): string =>
  last === undefined
    ? runs.runs === 0
      ? 'not run in this time'
      : 'no run said anything'
    : `${last.ageDays === 0 ? 'today' : `${plural(last.ageDays, 'day')} ago`}${isOutdated ? ', of an older definition' : ''}`;

/** The same with what it said. */
export const lastWords = (one: ServiceExperiment): string =>
  one.last === undefined ? ageWords(one) : `${one.last.verdict}, ${ageWords(one)}`;

/** How many of its runs held. */
export const heldOf = ({ runs }: ServiceExperiment): string | undefined =>
  runs.runs === 0
    ? undefined
    : `${runs.held} of ${plural(runs.held + runs.notHeld, 'run')}${runs.open + runs.notRun > 0 ? `, ${runs.open + runs.notRun} more said nothing` : ''}`;

export const nameOf = ({ id, title }: ServiceExperiment): string => title ?? id;
