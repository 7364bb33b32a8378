import type { Experiment } from '../experiment/experiment.ts';
import type { Chosen } from '../experiment/opened.ts';
import { type Problem, SteadfastError } from '../experiment/steadfast-error.ts';
import { defaultSetOf, openInWords } from './variants.ts';

/**
 * What people set at the start (`delay=1s`), with the defaults of all that they leave alone; undefined for an experiment that opens
 * nothing.
 *
 * @throws {SteadfastError} `usage` for a text of another form; `invalid`, with everything that is not open, and what is
 */
export function readSet(experiment: Experiment, texts: readonly string[]): Chosen | undefined {
  const { id, opens = {} } = experiment;
  const set = new Map<string, string>();
  const problems: Problem[] = [];
  for (const text of texts) {
    const at = text.indexOf('=');
    if (at < 1) {
      throw new SteadfastError('usage', `'${text}' sets nothing`, {
        hint: 'write a name and its value: --set delay=1s',
      });
    }
    const [name, value] = [text.slice(0, at), text.slice(at + 1)];
    const path = ['opens', name];
    const values = Object.hasOwn(opens, name) ? opens[name]?.map(String) : undefined;
    const before = set.get(name);
    if (values === undefined) {
      problems.push({ code: 'not-open', path, message: `'${name}' is not open to be set` });
    } else if (!values.includes(value)) {
      const message = `'${name}' may not be '${value}': it is one of ${values.join(', ')}`;
      problems.push({ code: 'not-open', path, message });
    } else if (before !== undefined) {
      const message = `'${name}' is set twice, to '${before}' and to '${value}': a run has one value`;
      problems.push({ code: 'set-twice', path, message });
    }
    set.set(name, value);
  }
  if (problems.length === 0)
    return defaultSetOf(experiment) && { ...defaultSetOf(experiment), ...Object.fromEntries(set) };
  throw new SteadfastError('invalid', `the experiment '${id}' cannot be started so`, {
    problems,
    hint: `open to be set: ${openInWords(experiment)}`,
  });
}
