import { expect, it } from 'vitest';
import { renderReport } from '../../lib/report/report.ts';
import type { ImportedFrom } from '../../lib/run/imported-from.ts';
import { heldJournal } from './journal-fixture.ts';

const pageOf = (given?: Partial<ImportedFrom>): string => {
  const journal = heldJournal();
  const importedFrom = {
    file: 'chaos/slow.json',
    format: 'chaos-toolkit',
    sha256: 'b5bb9d8014a0f9b1',
    notes: ['api.myapp.com is the service shop here'],
    approximated: [{ path: 'method[0]', why: 'it is <nearly> the same' }],
    refused: [],
    open: [],
    ...given,
  };
  return renderReport(
    given === undefined ? journal : { ...journal, experiment: { ...journal.experiment, importedFrom } },
  );
};

it('the report says what another tool’s experiment became, escaped', () => {
  const page = pageOf({});
  expect(page).toContain('<h2>Taken in from another tool</h2>');
  expect(page).toContain('1 field of it means nearly the same here, 0 fields were not taken over');
  expect(page).toContain('<li>api.myapp.com is the service shop here</li>');
  expect(page).toContain('<li><code>method[0]</code>: it is &lt;nearly&gt; the same</li>');
  expect(page).not.toContain('<h3>Not taken over</h3>');
});

it('the report lists what was not taken over, and what nobody has decided', () => {
  const page = pageOf({
    approximated: [],
    refused: [{ path: 'controls', why: 'code is not run' }],
    open: [{ path: 'owner', question: 'which team answers for it' }],
  });
  expect(page).toContain('0 fields of it mean nearly the same here, 1 field was not taken over');
  expect(page).toContain('<h3>Not taken over</h3><ul><li><code>controls</code>: code is not run</li></ul>');
  expect(page).toContain('<li><code>owner</code>: which team answers for it</li>');
});

it('the report says nothing of it where the experiment is Steadfast’s own', () => {
  expect(pageOf()).not.toContain('another tool');
});
