import type { Candidate } from './candidate.ts';
import type { Proposal } from './propose.ts';
import { quotedFor, type ShellLine } from './shell-line.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/**
 * What the scripts read: whether they add names of files (`words`, `files`, `folders`), what belongs to the option before these, what is typed
 * of them, and then the candidates, each with its description behind a tab. All stand on lines of their own.
 */
export function answerLines(
  { candidates, shell, prefix, typed }: Proposal,
  lineOf: (candidate: Candidate) => string = described,
): string[] {
  return [shell, prefix, typed, ...candidates.map(lineOf)].map((line) => line.replaceAll(/[\r\n]+/g, ' '));
}

const described = ({ value, description = '' }: Candidate): string => {
  const text = description.replaceAll(/\s+/g, ' ').trim();
  return text === '' ? value : `${value}\t${text}`;
};

/**
 * The same for Bash, which shows no descriptions, replaces no more than it takes for the word, and quotes nothing itself unless names of
 * files are among them.
 */
export function bashAnswer(proposal: Proposal, { quote, kept }: ShellLine): string[] {
  const { prefix, typed, shell } = proposal;
  const cut = { ...proposal, prefix: '', typed: `${prefix}${typed}`.slice(kept) };
  return answerLines(cut, ({ value }) => {
    const text = value.slice(kept);
    return shell === 'words' ? quotedFor(quote, text) : text;
  });
}
