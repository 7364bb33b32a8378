import { join } from 'node:path';
import type { Inputs } from './inputs.ts';

/** What a call leaves, and where. */
interface Left {
  readonly folder: string;
  readonly junit: string;
  readonly markdown: string;
}

/** One call of Steadfast. */
export interface Call {
  readonly words: readonly string[];
  /** Absent where it is about several. */
  readonly experiment?: string;
  readonly left?: Left;
}

/** The calls that the inputs ask for, in order; `results` is the folder for what they leave. */
export function callsOf(inputs: Inputs, results: string): readonly Call[] {
  const { command, experiments, environment, service, maxAge, region } = inputs;
  const inRegion = region === '' ? [] : ['--region', region];
  switch (command) {
    case 'check':
      return [{ words: ['check', ...experiments, '--json'] }];
    case 'gate': {
      const where = environment === '' ? [] : ['--env', environment, ...inRegion];
      return [{ words: ['gate', '--service', service, '--max-age', maxAge, ...where, '--json'] }];
    }
    case 'rehearse':
      return experiments.length === 0
        ? [withResults(['rehearse', '--all'], inputs, results)]
        : experiments.map((experiment, index) => ({
            ...withResults(['rehearse', experiment], inputs, folderOf(inputs, results, index)),
            experiment,
          }));
    case 'run':
      return experiments.map((experiment, index) => ({
        ...withResults(
          ['run', experiment, '--env', environment, ...inRegion, '--on-interrupt', 'halt'],
          inputs,
          folderOf(inputs, results, index),
        ),
        experiment,
      }));
  }
}

/** Of several each has a folder of its own, by its number: an id may be a path. */
const folderOf = ({ experiments }: Inputs, results: string, index: number): string =>
  experiments.length === 1 ? results : join(results, String(index + 1));

function withResults(words: readonly string[], { set, failOn }: Inputs, results: string): Call {
  const left: Left = {
    folder: join(results, 'run'),
    junit: join(results, 'junit.xml'),
    markdown: join(results, 'summary.md'),
  };
  return {
    left,
    words: [
      ...words,
      ...set.flatMap((one) => ['--set', one]),
      ...(failOn === '' ? [] : ['--fail-on', failOn]),
      '--out',
      left.folder,
      '--junit',
      left.junit,
      '--markdown',
      left.markdown,
      '--json',
    ],
  };
}
