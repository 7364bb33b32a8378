import { chaosToolkitJournal } from '../../../lib/report/chaos-toolkit/journal.ts';
import {
  type ChaosToolkitJournal,
  chaosToolkitJournalSchema,
} from '../../../lib/report/chaos-toolkit/schema.ts';
import type { Journal } from '../../../lib/run/journal.ts';

/** What is written, as it is read back. */
export const exported = (journal: Journal): ChaosToolkitJournal =>
  chaosToolkitJournalSchema.parse(JSON.parse(JSON.stringify(chaosToolkitJournal(journal))));
