import type { Journal } from '../../run/journal.ts';
import { formatNumber, formatTime } from '../format.ts';

const mode = { rehearsal: 'a rehearsal in a lab', aws: 'a run in AWS' } as const;

/** Each thing in which two runs may differ that says nothing of the system: what it is called, and how a run has it. */
const traits: readonly { readonly name: string; readonly of: (journal: Journal) => string }[] = [
  { name: 'the environment', of: ({ environment }) => environment.id },
  { name: 'the mode', of: (journal) => mode[journal.mode] },
  { name: 'the pace of times', of: ({ pace }) => formatNumber(pace) },
  {
    name: 'what was set',
    of: ({ set = {} }) =>
      Object.entries(set)
        .toSorted(([a], [b]) => a.localeCompare(b))
        .map(([name, value]) => `${name}=${value}`)
        .join(', ') || 'nothing',
  },
  {
    name: 'what was run',
    of: ({ only }) => (only === undefined ? 'all stages' : `stage ${only.stage} of ${only.of} alone`),
  },
  {
    name: 'the least requests a second',
    of: ({ leastRatePerSecond: rate }) => (rate === undefined ? 'none' : formatNumber(rate)),
  },
  { name: 'the stages that were begun', of: ({ stages }) => String(stages.length) },
];

/** What differs between two runs besides what was measured, a sentence each; what is told first matters most. */
export function unlikeness(before: Journal, after: Journal): string[] {
  const definition =
    before.experiment.hash === after.experiment.hash
      ? []
      : ['The definition is another one: the two runs did not test quite the same.'];
  const others = traits.flatMap(({ name, of }) => {
    const [was, is] = [of(before), of(after)];
    return was === is ? [] : [`${name.replace(/^./, (first) => first.toUpperCase())}: ${was}, then ${is}.`];
  });
  const order =
    Date.parse(before.start) > Date.parse(after.start)
      ? [
          `The first run is the younger one (${formatTime(before.start)}, then ${formatTime(after.start)}): better and worse are told in the order in which the runs were named.`,
        ]
      : [];
  return [...definition, ...others, ...order];
}
