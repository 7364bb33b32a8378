import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { areas } from '../../lib/cli/explanations/areas.ts';
import type { Area } from '../../lib/cli/explanations/explanation.ts';
import { generated, page } from './generated.ts';

const docs = fileURLToPath(new URL('../../docs/', import.meta.url));

/** The title of a page below docs/, as links to it read. */
function titleOf(path: string): string {
  const file = `${docs}${path}`;
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return /^# (.+)$/m.exec(text)?.[1] ?? path;
}

const sectionOf = ({ title, where, docs: ofArea, codes }: Area): string[] => [
  '',
  `## ${title}`,
  '',
  where,
  ...Object.entries(codes).flatMap(([code, { means, why, mend, example, docs: own = ofArea }]) => [
    '',
    `### ${code}`,
    '',
    means,
    '',
    `- Why: ${why}`,
    `- Mend: ${mend}`,
    `- Example: \`${example}\``,
    `- More: [${titleOf(own)}](../${own})`,
  ]),
];

/** docs/reference/errors.md: every code, as steadfast explain tells it. */
export const errorsPage = (): string =>
  page(
    generated('lib/cli/explanations'),
    '',
    '# Errors, problems and findings',
    '',
    'Every code that Steadfast tells: what it means, why it is told, how to mend it. In a terminal `npx steadfast explain <code>` tells the same, and without a code lists them all. A code never changes its meaning.',
    '',
    ...areas.map(({ title, codes }) => `- [${title}](#${anchorOf(title)}): ${Object.keys(codes).length}`),
    ...areas.flatMap(sectionOf),
  );

/** The anchor that GitHub gives a heading. */
const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');
