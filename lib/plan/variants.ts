import type { Experiment } from '../experiment/experiment.ts';
import type { Chosen } from '../experiment/opened.ts';
import { SteadfastError } from '../experiment/steadfast-error.ts';

/** One way in which an experiment can run. */
export interface ExperimentVariant {
  /** Absent where nothing is opened. */
  readonly set?: Chosen;
  readonly experiment: Experiment;
}

/** Every way in which an experiment can run, that of the defaults first. */
export const variantsOf = (experiment: Experiment): readonly ExperimentVariant[] => {
  const { variants, ...alone } = experiment;
  return variants === undefined
    ? [{ experiment }]
    : variants.map(({ set, faults }) => ({ set, experiment: { ...alone, faults } }));
};

/** What is set where nothing is chosen; undefined where nothing is opened. */
export const defaultSetOf = (experiment: Experiment): Chosen | undefined => variantsOf(experiment)[0]?.set;

/** The experiment as it runs with what was chosen. */
export function withSet(experiment: Experiment, set: Chosen | undefined): Experiment {
  if (set === undefined) return variantsOf(experiment)[0]?.experiment ?? experiment;
  const chosen = variantsOf(experiment).find((variant) => isSame(variant.set, set));
  if (chosen === undefined)
    throw new SteadfastError('invalid', `${inWords(set)} is nothing that '${experiment.id}' opens`);
  return chosen.experiment;
}

/** What is chosen, as people write it: `delay=1s, loss=5%`. */
export const inWords = (set: Chosen): string =>
  Object.entries(set)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');

/** What is open, as people read it: `delay (500ms, 1s)`; of an experiment that opens nothing, `nothing`. */
export const openInWords = ({
  opens = {},
}: {
  readonly opens?: Readonly<Record<string, readonly unknown[]>> | undefined;
}): string =>
  Object.entries(opens)
    .map(([name, values]) => `${name} (${values.join(', ')})`)
    .join(', ') || 'nothing';

const isSame = (one: Chosen | undefined, other: Chosen): boolean =>
  one !== undefined &&
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([name, value]) => other[name] === value);
