import type { RunnerInputDocument } from '../plan/runner-input.ts';
import { openInWords } from '../plan/variants.ts';

/** What an execution was started with, as ASL finds it. */
const given = '$$.Execution.Input.set';

/** The states that choose what of the plan runs, by what the execution was started with. */
export interface VariantStates {
  readonly first: string;
  readonly states: Readonly<Record<string, unknown>>;
  /** The runner's input, once it is chosen. */
  readonly chosen: string;
}

const isGiven = (name: string, value: string) => {
  const Variable = `${given}.${name}`;
  return {
    And: [
      { Variable, IsPresent: true },
      { Variable, IsString: true },
      { Variable, StringEquals: value },
    ],
  };
};

const isAbsent = (name: string) => ({ Not: { Variable: `${given}.${name}`, IsPresent: true } });

/**
 * Every combination of what a definition opens has its own stages, deployed beforehand. One that is not among them fails the start:
 * something else would run than was asked for. A name that nothing opens cannot be seen by a state machine: the runner is handed what
 * was asked, and refuses it.
 */
export function variantStates(
  opens: Readonly<Record<string, readonly (string | number | boolean)[]>>,
  variants: readonly RunnerInputDocument[],
  next: string,
): VariantStates {
  const isOpen = variants.length > 1;
  const rules = variants.map(({ set = {} }, index) => {
    const conditions = Object.entries(set).map(([name, value]) =>
      String(opens[name]?.[0]) === value
        ? { Or: [isAbsent(name), isGiven(name, value)] }
        : isGiven(name, value),
    );
    const [only, ...others] = conditions;
    const condition = others.length === 0 ? only : { And: conditions };
    return { ...condition, Next: index === 0 ? next : variantName(index) };
  });
  // All else is the same; the mark of the plan, too, which stands for the definition as a whole.
  const passes: [string, unknown][] = variants
    .slice(1)
    .map(({ set, stages, experiment }, index): [string, unknown] => [
      variantName(index + 1),
      { Type: 'Pass', Result: { set, stages, experiment }, ResultPath: '$.variant', Next: next },
    ]);
  return {
    first: 'Is anything set',
    chosen: isOpen ? 'States.JsonMerge($.input, $.variant, false)' : '$.input',
    states: {
      'Is anything set': {
        Type: 'Choice',
        Comment: 'What a definition opens may be set as the execution starts: {"set": {"name": "value"}}.',
        Choices: [{ Variable: given, IsPresent: true, Next: isOpen ? 'Keep what is asked' : 'Not open' }],
        Default: next,
      },
      ...(isOpen
        ? {
            'Keep what is asked': {
              Type: 'Pass',
              InputPath: given,
              ResultPath: '$.input.asked',
              Next: 'What is set',
            },
            'What is set': { Type: 'Choice', Choices: rules, Default: 'Not open' },
            ...Object.fromEntries<unknown>(passes),
          }
        : {}),
      'Not open': {
        Type: 'Fail',
        Error: 'rejected',
        Cause: `What the execution was to set is not open, so nothing was begun. Open to be set: ${openInWords({ opens })}; each as a text.`,
      },
    },
  };
}

const variantName = (index: number) => `Variant ${index + 1}`;
