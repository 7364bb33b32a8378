import { describe, expect, it } from 'vitest';
import { readRetro } from '../../../lib/game-day/retro/read-retro.ts';
import { retroMarkdown } from '../../../lib/game-day/retro/retro-markdown.ts';
import { retroOf } from '../../fakes/game-day-retro.ts';

const head = `---
edition: payment-down-20260501-090000-abcd
gameDay: payment-down
environment: staging
rehearsal: false
began: 2026-05-01T09:00:00.000Z
---
# What we learnt
`;

const action = (says: string, name = '### retry: Retry payments') => `${head}
## Actions

${name}

${says}

## Timeline
### not-an-action: of another section
`;

const told = (text: string) => readRetro(text).problems.map(({ line, message }) => `${line}: ${message}`);

const whole = '- Why: they fail\n- Owner: alice\n- Due: 2026-05-31\n- State: open';

describe('a retrospective that people have edited', () => {
  it('is complete once every action has owner, date and state', () => {
    expect(readRetro(action(whole))).toMatchObject({
      problems: [],
      actions: [
        {
          id: 'retry',
          what: 'Retry payments',
          why: 'they fail',
          owner: 'alice',
          due: '2026-05-31',
          state: 'open',
        },
      ],
    });
    expect(told(action(whole.replaceAll('\n', '\r\n').replace('- Why', '* why')))).toEqual([]);
  });

  it('is not, as it was drafted: it says line by line what is missing', () => {
    const draft = retroMarkdown(retroOf());
    const lines = draft.split('\n');
    const { problems, actions } = readRetro(draft);
    expect(problems).toHaveLength(2 * actions.length);
    for (const { line, message } of problems)
      expect(lines[line - 1]).toBe(message.endsWith('owner') ? '- Owner:' : '- Due:');
  });

  it.each([
    ['- Owner: TBD', '- Owner: alice', "14: the action 'retry' has no owner"],
    ['- Due: ', '- Due: 2026-05-31', "15: the action 'retry' has no date"],
    [
      '- Due: 2026-02-30',
      '- Due: 2026-05-31',
      "15: the action 'retry' is due on '2026-02-30', which is no day of the calendar",
    ],
    [
      '- Due: next week',
      '- Due: 2026-05-31',
      "15: the action 'retry' is due on 'next week', which is no day of the calendar",
    ],
    ['- State: later', '- State: open', "16: the action 'retry' is 'later'"],
    ['- State: done', '- State: open', "12: the action 'retry' is done and does not say why"],
    [
      '- State: dropped\n- Reason: ?',
      '- State: open',
      "17: the action 'retry' is dropped and does not say why",
    ],
    ['- Ovner: alice', '- Owner: alice', "11: the action 'retry' has no owner"],
  ])('is refused for %j', (wrong, right, problem) => {
    const [found = '', ...more] = told(action(whole.replace(right, wrong)));
    expect(more).toEqual([]);
    expect(found.replace(/^\d+/, '')).toBe(problem.replace(/^\d+/, ''));
  });

  it('names the line of what is wrong, or that of the action where it is missing', () => {
    expect(told(action(whole.replace('- Owner: alice', '- Owner: ?')))).toEqual([
      "15: the action 'retry' has no owner",
    ]);
    expect(told(action(whole.replace('- Owner: alice\n', '')))).toEqual([
      "12: the action 'retry' has no owner",
    ]);
  });

  it('may close an action that says how', () => {
    const closed = whole.replace('open', 'Done\n- Reason: merged in May');
    expect(readRetro(action(closed))).toMatchObject({
      problems: [],
      actions: [{ state: 'done', reason: 'merged in May' }],
    });
  });

  it('is refused for actions without a name, or with that of another', () => {
    expect(told(action(whole, '### Retry payments'))).toEqual(['12: an action has no name']);
    expect(told(action(`${whole}\n\n### retry: Again\n${whole}`))).toEqual([
      "19: the action 'retry' is there twice: its name stands in line 12 too",
    ]);
    expect(told(action(whole, '### retry: '))).toEqual([
      "12: the action 'retry' does not say what is to be done",
    ]);
  });

  it('is refused where its head or its actions were taken out', () => {
    expect(told(head)).toEqual(['9: there is no section of actions']);
    expect(told('## Actions\n')).toHaveLength(5);
    expect(told(action(whole).replace('2026-05-01T09', 'noon'))).toEqual(["1: 'noon:00:00.000Z' is no time"]);
    expect(told('')).toHaveLength(6);
  });
});
