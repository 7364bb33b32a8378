import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Lab, LabDefinition } from '../experiment/lab.ts';
import type { Rejection } from '../experiment/verdict.ts';
import { planTargetOfLab } from '../plan/lab-target.ts';
import type { Journal } from '../run/journal.ts';
import type { Clock } from '../run/ports.ts';
import { rejectedJournal } from '../run/rejected-journal.ts';
import { runFiles, writeWhole } from './file-run-store.ts';

/** A rehearsal that does not begin. */
export interface RejectedRun {
  readonly runId: string;
  readonly experiment: Journal['experiment'];
  readonly lab: { readonly definition: LabDefinition; readonly parsed: Lab };
  /** An existing folder that can be written. */
  readonly out: string;
  readonly seed: number;
  /** What was set of what the definition opens. */
  readonly set?: Journal['set'];
  readonly startMs: number;
  readonly clock: Clock;
  readonly rejection: Rejection;
  readonly reasons: Parameters<typeof rejectedJournal>[0]['reasons'];
}

/** Keeps the record of a rehearsal that does not begin: its journal, and samples of which there are none. */
export async function writeRejected(run: RejectedRun): Promise<Journal> {
  const { lab, out, clock, ...known } = run;
  await writeWhole(join(out, runFiles.samples), '');
  const journal = rejectedJournal({
    ...known,
    environment: {
      id: lab.parsed.id,
      production: false,
      tag: planTargetOfLab(lab.definition, lab.parsed).tag,
    },
    mode: 'rehearsal',
    pace: lab.parsed.pace,
    endMs: clock.now(),
    samples: { file: runFiles.samples, sha256: createHash('sha256').digest('hex'), count: 0 },
  });
  await writeWhole(join(out, runFiles.journal), `${JSON.stringify(journal, null, 2)}\n`);
  return journal;
}
