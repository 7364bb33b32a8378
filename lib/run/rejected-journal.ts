import type { Rejection } from '../experiment/verdict.ts';
import { iso } from './iso.ts';
import type { Journal, JournalFinding } from './journal.ts';
import { summarize } from './summary.ts';

/** The record of a run that was rejected before its runner could begin, such as a lab that did not start. */
export function rejectedJournal(options: {
  readonly runId: string;
  readonly experiment: Journal['experiment'];
  readonly environment: Journal['environment'];
  readonly mode: Journal['mode'];
  readonly pace: number;
  readonly seed: number;
  /** What was set of what the definition opens. */
  readonly set?: Journal['set'];
  readonly startMs: number;
  readonly endMs: number;
  readonly rejection: Rejection;
  readonly reasons: readonly { readonly message: string; readonly hint?: string | undefined }[];
  readonly samples: Journal['samples'];
}): Journal {
  const { rejection, reasons, startMs, endMs, ...known } = options;
  const findings = reasons.map(
    ({ message, hint }): JournalFinding => ({
      code: `rejected-${rejection}`,
      verdict: 'rejected',
      rejection,
      recorded: true,
      message: message.endsWith('.') ? message : `${message}.`,
      ...(hint === undefined ? {} : { hint }),
    }),
  );
  return {
    schemaVersion: 1,
    ...known,
    start: iso(startMs),
    end: iso(endMs),
    verdict: 'rejected',
    summary: summarize('rejected', findings),
    findings,
    checks: [],
    baseline: { probes: [], tolerances: [], windows: [] },
    stages: [],
    rollbacks: [],
    timeline: findings.map((finding) => ({
      at: iso(endMs),
      kind: 'verdict' as const,
      text: `Verdict: rejected. ${finding.message}`,
    })),
    wouldHaveMissed: [],
  };
}
