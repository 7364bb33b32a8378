import type { Journal, RollbackResult } from '../run/journal.ts';
import { formatOffset } from './format.ts';
import { type Html, html } from './html.ts';
import { badge } from './state-badge.ts';
import { table } from './table.ts';

const looks = { proven: 'met', failed: 'missed', unproven: 'unknown' } as const satisfies Record<
  RollbackResult['result'],
  string
>;

/** Every rollback with what shows that it worked; nothing when there were none. */
export function rollbacksSection(journal: Journal): Html | undefined {
  if (journal.rollbacks.length === 0) return undefined;
  return html`<section><h2>Rollbacks</h2>${table({
    caption: 'What was done to undo the fault, and what proves it',
    columns: ['Rollback', 'Result', 'What happened', 'Proof', 'At'],
    rows: journal.rollbacks.map((rollback) => ({
      first: true,
      cells: [
        rollback.name,
        badge(looks[rollback.result], rollback.result),
        rollback.detail,
        rollback.proof ?? html`<span class="none">none</span>`,
        formatOffset(rollback.at, journal.start),
      ],
    })),
  })}</section>`;
}
