import type { Experiment } from '../experiment/experiment.ts';
import { biteMetricOf } from '../experiment/fault-parts.ts';
import type { Problem } from '../experiment/steadfast-error.ts';
import { lookWords, worthOfFisWord } from '../fis/evidence.ts';
import { actionOf } from './fis-parameters.ts';

/**
 * Faults whose bite a run in AWS would have FIS's word alone for, each a note with what would show it: `bite-unseen` where that word does
 * not suffice, so that no run can hold, else `fis-word-alone`. None of an experiment that runs nowhere in AWS: a lab sees for itself
 * what it hits.
 */
export function biteNotesOf(experiment: Experiment): Problem[] {
  if (Object.keys(experiment.environments ?? {}).length === 0) return [];
  return Object.entries(experiment.faults).flatMap(([name, fault]): Problem[] => {
    const { id, evidence, target } = actionOf(fault);
    // What hits nothing has nothing to be seen at.
    if (biteMetricOf(fault) !== undefined || lookWords(evidence) !== undefined || target === undefined)
      return [];
    const { suffices, because } = worthOfFisWord(evidence);
    return [
      {
        code: suffices ? 'fis-word-alone' : 'bite-unseen',
        severity: 'note',
        path: ['faults', name],
        message: suffices
          ? `in AWS nothing but FIS's word will show that '${name}' (${id}) reached its targets: ${because}`
          : `in AWS nobody will be able to tell whether '${name}' (${id}) reached its targets, so a run can never hold: ${because}`,
        hint: `name a metric that moves when it does, such as ${evidence.effect}: bite: { metric: ..., rises: '20%' }`,
      },
    ];
  });
}
