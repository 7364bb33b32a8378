import { verdictEvent, verdictEventOf } from '../../lib/run/verdict-event.ts';
import { journalOf } from './fake-aws-journal.ts';

/** The event that EventBridge hands on when a run has its verdict. */
export const verdictOf = (runId: string, environment: string) => ({
  source: verdictEvent.source,
  'detail-type': verdictEvent.detailType,
  detail: verdictEventOf(
    journalOf({
      runId,
      environment: { id: environment, production: false, tag: { key: 'Env', value: environment } },
    }),
    [],
  ),
});
