import { labFaults } from '../../lib/experiment/lab-faults/lab-faults.ts';
import type { FisAction } from '../../lib/fis/action.ts';
import { actions } from '../../lib/fis/catalogue.ts';
import { generated, page } from './generated.ts';

/** docs/reference/faults-in-a-lab.md: how close a lab comes to each action. */
export function rehearsalPage(): string {
  const all: readonly FisAction[] = actions;
  const count = (fidelity: FisAction['rehearsal']['fidelity']) =>
    all.filter(({ rehearsal }) => rehearsal.fidelity === fidelity).length;
  return page(
    generated('lib/fis/catalogue.ts'),
    '',
    '# Faults in a lab',
    '',
    `A lab has a stand-in for ${count('same') + count('approximate')} of the ${all.length} actions of FIS: the same for ${count('same')}, close to it for ${count('approximate')}. The other ${count('not rehearsable')} cannot be rehearsed, for a reason that no work on the lab takes away. The report of a rehearsal says the same of each fault.`,
    '',
    'What each action is and takes is told in [faults](faults.md), what a lab needs to play it in [write a lab](../how-to/write-a-lab.md).',
    '',
    ...table(['action', 'in a lab', 'what differs, or why not'], all.map(rowOf)),
    '',
    'The faults of a lab stand in for nothing: FIS does not have them.',
    '',
    ...table(['fault', 'in a lab', 'what differs'], labFaults.map(rowOf)),
  );
}

/** A table whose columns are as wide as their widest cell. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}

const rowOf = ({ id, rehearsal }: FisAction): string[] => [
  `[\`${id}\`](faults.md#${id.replaceAll(':', '')})`,
  rehearsal.fidelity,
  wordsOf(rehearsal),
];

const wordsOf = (rehearsal: FisAction['rehearsal']): string => {
  switch (rehearsal.fidelity) {
    case 'same':
      return '';
    case 'approximate':
      return rehearsal.differs;
    case 'not rehearsable':
      return rehearsal.why;
  }
};
