import { relative } from 'node:path';
import { isThere, listAt, numberAt, textAt } from './read.ts';
import { type Annotation, block } from './tell.ts';

const levels: Readonly<Record<string, Annotation['level']>> = { note: 'notice', warning: 'warning' };

/** The problems that a document tells of, that of `check` or of an error, each with its place as the checkout knows it. */
export function problemsIn(document: unknown, workspace: string): readonly Annotation[] {
  return [...listAt(document, 'problems'), ...listAt(document, 'error', 'problems')].map((problem) => {
    const [file, line] = [textAt(problem, 'file'), numberAt(problem, 'line')];
    const path = listAt(problem, 'path').join('.');
    const hint = textAt(problem, 'hint');
    return {
      level: levels[textAt(problem, 'severity') ?? ''] ?? 'error',
      title: textAt(problem, 'code') ?? 'problem',
      message: `${path === '' ? '' : `${path} `}${textAt(problem, 'message') ?? ''}${hint === undefined ? '' : ` (${hint})`}`,
      ...(file === undefined ? {} : { file: relative(workspace, file) }),
      ...(line === undefined ? {} : { line }),
    };
  });
}

const placed = ({ level, file, line, message }: Annotation): string =>
  `${level}: ${file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}`}: `}${message}`;

/** The summary of what writes none itself: check, gate, and what was refused or died. */
export function summaryOf(
  command: string,
  code: number,
  document: unknown,
  problems: readonly Annotation[],
): string {
  if (isThere(document, 'error')) {
    const words = [textAt(document, 'error', 'message'), textAt(document, 'error', 'hint')];
    const lines = [...words.flatMap((one) => one ?? []), ...problems.map(placed)];
    return `## 🚫 ${command} was refused\n\n${block(lines)}`;
  }
  if (command === 'check' && document !== undefined) {
    const count = problems.filter(({ level }) => level !== 'notice').length;
    const title = code === 0 ? '✅ check: all is right' : `❌ check: ${count} to mend`;
    return `## ${title}${problems.length === 0 ? '' : `\n\n${block(problems.map(placed))}`}`;
  }
  if (command === 'gate' && document !== undefined) return gateSummary(document, code === 0);
  return code === 0 ? '' : `## 💥 ${command} ended with exit code ${code}, and its log says why`;
}

function gateSummary(document: unknown, isOpen: boolean): string {
  const reasons = listAt(document, 'reasons').flatMap((one) => {
    const experiment = textAt(one, 'experiment');
    return [
      `${experiment === undefined ? '' : `${experiment}: `}${textAt(one, 'reason') ?? ''}`,
      `  ${textAt(one, 'next') ?? ''}`,
    ];
  });
  const held = listAt(document, 'experiments').map(
    (one) =>
      `${textAt(one, 'experiment') ?? ''}: ${textAt(one, 'last', 'verdict') ?? ''} ${textAt(one, 'last', 'at') ?? ''}`,
  );
  return [
    `## ${isOpen ? '✅ gate: open' : '❌ gate: closed'}`,
    block([`service ${textAt(document, 'service') ?? ''}`, ...(isOpen ? held : reasons)]),
  ].join('\n\n');
}
