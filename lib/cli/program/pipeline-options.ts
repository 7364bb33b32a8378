import { InvalidArgumentError, Option } from '@commander-js/extra-typings';
import type { Verdict } from '../../experiment/verdict.ts';
import { failing } from '../pipeline/fail-on.ts';

/** Options of the commands that give a verdict, for whoever calls them from a pipeline. */
export const junitOption = () =>
  new Option('--junit <file>', 'write the results as JUnit XML, which pipelines read');

export const markdownOption = () =>
  new Option('--markdown <file>', 'write a summary in Markdown, for the summary of a job or a comment');

export const failOnOption = () =>
  new Option(
    '--fail-on <verdicts>',
    'end with 0 on all verdicts but these, such as deviated,halted; errored and unrecovered always fail (default: all but held)',
  ).argParser(verdictsOf);

const known: ReadonlyMap<string, Verdict> = new Map(failing.map((verdict) => [verdict, verdict]));

function verdictsOf(text: string, before: ReadonlySet<Verdict> = new Set()): ReadonlySet<Verdict> {
  const words = text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const found = words.map((word) => {
    const verdict = known.get(word);
    if (verdict !== undefined) return verdict;
    throw new InvalidArgumentError(
      word === 'held'
        ? 'held is what a pipeline hopes for: it never fails on it.'
        : `There is no verdict '${word}': there are ${failing.join(', ')}.`,
    );
  });
  if (found.length === 0) throw new InvalidArgumentError(`Name some of ${failing.join(', ')}.`);
  return new Set([...before, ...found]);
}
