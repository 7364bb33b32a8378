import { pricedRegion } from '../../plan/prices.ts';
import { pad } from '../view/text-width.ts';
import type { RunPlanDocument } from './run-plan-document.ts';
import { hanging, number, type Paper, usdWords } from './words.ts';

type Line = RunPlanDocument['cost']['fis'][number];

/** What costs less than this is told in one line together. */
const smallUsd = 0.0005;

export function costLines({ cost, environment }: RunPlanDocument, { columns, paint }: Paper): string[] {
  const { fis, own, runUsd, standing, monthUsd, notes } = cost;
  const total = (lines: readonly Line[]) => lines.reduce((sum, { usd }) => sum + usd, 0);
  const row = (usd: number, text: string) =>
    hanging(`    ${pad(usdWords(usd), 16, 'left')}  `, text, columns);
  const each = (lines: readonly Line[]) => {
    const small = lines.filter(({ usd }) => usd < smallUsd);
    return [
      ...lines
        .filter(({ usd }) => usd >= smallUsd)
        .flatMap(({ usd, what, amount, unitUsd, per }) =>
          row(usd, `${number(amount)} x ${what}, ${unitUsd} USD ${per === 1 ? 'each' : `for ${per}`}`),
        ),
      ...(small.length === 0 ? [] : row(total(small), small.map(({ what }) => what).join(', '))),
    ];
  };
  const dates = [...new Set([...fis, ...own, ...standing].flatMap(({ asOf }) => asOf ?? []))].toSorted();
  return [
    `  ${paint.bold(usdWords(runUsd))} for a run that goes through all its stages`,
    ...fis.flatMap(({ usd, what, amount }) => row(usd, `${what}, ${amount} action-minutes of FIS`)),
    ...each(own),
    `  ${paint.bold(usdWords(monthUsd))} a month for ${environment.id} while nothing runs`,
    ...each(standing),
    ...hanging(
      '  ',
      `Prices of ${pricedRegion}, compared with AWS's between ${dates[0] ?? 'never'} and ${dates.at(-1) ?? 'never'}; --json names the source of each.`,
      columns,
    ),
    ...notes.flatMap((note) => hanging('  ', `${note.charAt(0).toUpperCase()}${note.slice(1)}.`, columns)),
  ];
}
