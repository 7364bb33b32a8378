import { describe, expect, it } from 'vitest';
import { problemsOfIssues } from '../../lib/definitions/problems-of-issues.ts';
import { experimentSchema } from '../../lib/experiment/experiment.ts';
import { withFields } from '../fakes/matching.ts';
import { openDatabase } from '../plan/opened.ts';

/** What is wrong with the experiment once it is changed so, as `path: message`. */
const wrongWith = (changes: object): string[] => {
  const document = { ...openDatabase, ...changes };
  const issues = experimentSchema.safeParse(document).error?.issues ?? [];
  return problemsOfIssues('experiment', document, issues).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );
};

const parameters = (changes: object) => ({
  faults: {
    slow: { ...openDatabase.faults.slow, parameters: { ...openDatabase.faults.slow.parameters, ...changes } },
  },
});

describe('a definition that opens something', () => {
  it('is read with its defaults, and in every other way in which it can run', () => {
    const { faults, variants = [] } = experimentSchema.parse(openDatabase);
    expect(faults['slow']?.parameters).toMatchObject({ delay: { ms: 500 }, jitter: { ms: 0 } });
    expect(variants).toHaveLength(6);
    expect(variants[0]).toMatchObject({ set: { delay: '500ms', jitter: '0ms' }, faults });
    expect(variants).toContainEqual(
      withFields({
        set: { delay: '2s', jitter: '100ms' },
        faults: {
          slow: withFields({
            parameters: withFields({ delay: { ms: 2_000, text: '2s' } }),
          }),
        },
      }),
    );
  });

  it('has no other way to run where it opens nothing', () => {
    const { opens: _, ...closed } = openDatabase;
    const { variants } = experimentSchema.parse({ ...closed, ...parameters({ delay: '1s', jitter: '0ms' }) });
    expect(variants).toBeUndefined();
  });

  it.each([
    [
      'a value that does not fit its parameter, the default or another, where it is written',
      { opens: { delay: ['soon', '1s'], jitter: ['0ms', '10%'] } },
      [
        "opens.delay.0: 'soon' is no duration: write a number and a unit, such as '500ms', '2s', '5m' or '1h', at most a year",
        "opens.jitter.1: '10%' is no duration: write a number and a unit, such as '500ms', '2s', '5m' or '1h', at most a year",
      ],
    ],
    [
      'a name that is used nowhere',
      { opens: { ...openDatabase.opens, loss: ['1%', '2%'] } },
      ["opens.loss: is opened and used nowhere: write { opened: 'loss' } in place of a fault's parameter"],
    ],
    [
      'a name that nothing opens',
      parameters({ delay: { opened: 'dealy' } }),
      [
        "faults.slow.parameters.delay.opened: nothing is opened as 'dealy': add opens: { dealy: [...] }",
        "opens.delay: is opened and used nowhere: write { opened: 'delay' } in place of a fault's parameter",
      ],
    ],
    [
      'a parameter that says what is hit',
      parameters({ to: { opened: 'delay' } }),
      [
        "faults.slow.parameters.to: 'to' cannot be opened: it says what is hit or used, and that is planned and permitted beforehand",
      ],
    ],
    [
      'one value, and the same twice',
      { opens: { delay: ['1s'], jitter: ['0ms', '0ms'] } },
      ['delay', 'jitter'].map(
        (name) =>
          `opens.${name}: needs two values or more, each once: the first is what runs where nothing is set`,
      ),
    ],
    [
      'too many combinations',
      { opens: { delay: ['1s', '2s', '3s', '4s'], jitter: ['1ms', '2ms', '3ms', '4ms'] } },
      ['opens: opens 16 combinations, and each has FIS templates of its own: 12 are allowed'],
    ],
  ])('is refused for %s', (_, changes, problems) => {
    expect(wrongWith(changes).toSorted()).toEqual(problems.toSorted());
  });
});
