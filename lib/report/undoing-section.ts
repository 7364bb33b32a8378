import type { Journal, RollbackResult } from '../run/journal.ts';
import { formatOffset, formatSeconds } from './format.ts';
import { type Html, html } from './html.ts';
import { badge, stateBadge } from './state-badge.ts';
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

/** Whether and when steady state was back; nothing when recovery was not reached. */
export function recoverySection({ recovery }: Journal): Html | undefined {
  if (recovery === undefined) return undefined;
  const state = recovery.met === undefined ? 'unknown' : recovery.met ? 'met' : 'missed';
  const when =
    recovery.seconds === undefined ? 'not shown to be back' : `back after ${formatSeconds(recovery.seconds)}`;
  return html`<section><h2>Recovery</h2><p>${stateBadge(state)} Steady state was <strong>${when}</strong>; the objective was ${formatSeconds(recovery.objective)}.</p>
<p>${recovery.reason}</p></section>`;
}
