import { describe, expect, it } from 'vitest';
import { answerLines, bashAnswer } from '../../../lib/cli/completion/answer.ts';
import type { Proposal } from '../../../lib/cli/completion/propose.ts';
import { readShellLine } from '../../../lib/cli/completion/shell-line.ts';

const proposal: Proposal = {
  candidates: [{ value: 'a b', description: "It's\n one" }, { value: 'c', description: ' ' }, { value: 'd' }],
  shell: 'words',
  prefix: '',
  typed: '',
};

describe('the answer to a shell', () => {
  it('says who adds files, what is typed, and each candidate with one line on it', () => {
    expect(answerLines(proposal)).toEqual(['words', '', '', "a b\tIt's one", 'c', 'd']);
    expect(answerLines({ candidates: [], shell: 'files', prefix: '--out=', typed: 'x\ny' })).toEqual([
      'files',
      '--out=',
      'x y',
    ]);
  });

  it('quotes for Bash what it would take apart, and leaves away what it keeps', () => {
    const line = readShellLine('steadfast ', ':');
    expect(bashAnswer(proposal, line)).toEqual(['words', '', '', String.raw`a\ b`, 'c', 'd']);
    const kept = readShellLine('steadfast aws:ecs:st', ':');
    const found = { ...proposal, candidates: [{ value: 'aws:ecs:stop-task' }], typed: 'aws:ecs:st' };
    expect(bashAnswer(found, kept)).toEqual(['words', '', 'st', 'stop-task']);
  });

  it('leaves quoting to Bash where names of files are among them', () => {
    const line = readShellLine('steadfast --out=x', '=');
    const found: Proposal = { ...proposal, shell: 'files', prefix: '--out=', typed: 'x' };
    expect(bashAnswer({ ...found, candidates: [{ value: '--out=x y' }] }, line)).toEqual([
      'files',
      '',
      'x',
      'x y',
    ]);
  });
});
