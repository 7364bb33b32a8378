import { expect, it } from 'vitest';
import { readRetro } from '../../../lib/game-day/retro/read-retro.ts';
import { retroMarkdown } from '../../../lib/game-day/retro/retro-markdown.ts';
import { logOf } from '../../fakes/game-day-log.ts';
import { edition, retroOf } from '../../fakes/game-day-retro.ts';

const draft = retroMarkdown(retroOf());

it('marks what is not as predicted, and each alert that should have fired', () => {
  expect(draft).toContain(
    '| 1, attempt 1 | The shop shows a banner. | no banner, says omar (observer) | **different** |',
  );
  expect(draft).toContain('| 1, attempt 1 | queue-depth | **missing: it should have fired and did not** |');
  expect(draft).toContain('| 1, attempt 1 | disk-full | **unexpected** |');
  expect(draft).toContain('deviated: Orders were lost. | 30 s | 1 min 30 s | 45 s |');
  expect(draft).toContain('**Gap:** Changes in the account are known until');
});

it('lets nothing that was noted form headings or HTML', () => {
  expect(draft.split('\n').filter((line) => line.startsWith('## Actions'))).toHaveLength(1);
  expect(draft).toContain(String.raw`On-call was paged. \#\# Actions \<b\>at\</b\> once`);
  expect(draft).not.toContain('<b>');
});

it('is read as it was written', () => {
  expect(readRetro(draft)).toMatchObject({
    edition,
    gameDay: 'payment-down',
    environment: 'staging',
    isRehearsal: false,
    beganAt: '2026-05-01T09:00:00.000Z',
    actions: retroOf().actions,
  });
});

it('is there also for an edition in which nothing happened', () => {
  const empty = retroMarkdown(retroOf({ entries: logOf() }));
  expect(empty).toContain('Nothing is to be done.');
  expect(readRetro(empty)).toMatchObject({ actions: [], problems: [] });
});
