import * as z from 'zod/mini';
import { verdictSchema } from '../experiment/verdict.ts';
import { gameDayOfRunSchema } from '../plan/game-day-of-run.ts';
import { onlySchema } from '../plan/only.ts';
import { findingSchema } from '../steady-state/finding.ts';
import {
  baselineProbeSchema,
  powerSchema,
  recoverySchema,
  toleranceJudgementSchema,
} from '../steady-state/judgement.ts';
import { windowSchema } from '../steady-state/window.ts';
import { importedFromSchema } from './imported-from.ts';
import {
  biteSchema,
  haltOfPhase,
  residueSchema,
  rollbackResultSchema,
  targetSchema,
  timelineEntrySchema,
} from './journal-parts.ts';

const time = z.iso.datetime();

const faultSchema = z.strictObject({
  name: z.string().check(z.describe('Its name in the definition.')),
  action: z.string().check(z.describe("FIS's id of the action.")),
  parameters: z.record(z.string(), z.string()).check(z.describe('As FIS was given them.')),
  fidelity: z
    .optional(z.string())
    .check(z.describe('In a rehearsal: same, or approximate and what differs.')),
});

export const stageSchema = z.strictObject({
  label: z.string().check(z.describe('The share as it was written: one, 50%, 10% of traffic.')),
  faults: z.array(faultSchema).check(z.describe('What was done to the system.')),
  fisExperimentId: z
    .optional(z.string())
    .check(z.describe("FIS's id of the experiment; in a lab its stand-in's.")),
  fisStatus: z
    .optional(z.string())
    .check(z.describe("FIS's last status: completed, stopped, failed, cancelled.")),
  start: z.optional(time).check(z.describe('When the fault was started.')),
  end: z.optional(time).check(z.describe('When it had ended.')),
  targets: z.array(targetSchema).check(z.describe('The resources that FIS resolved.')),
  tolerances: z.array(toleranceJudgementSchema).check(z.describe('Each tolerance, judged over the stage.')),
  windows: z.array(windowSchema).check(z.describe('What the watch saw, window by window.')),
  bite: z.array(biteSchema).check(z.describe('The evidence that each fault reached the system.')),
  halt: z.optional(haltOfPhase).check(z.describe('Only where the fault was ended early.')),
  soak: z
    .optional(
      z.strictObject({
        start: z.optional(time).check(z.describe('When it began.')),
        end: z.optional(time).check(z.describe('When it had ended.')),
        tolerances: z
          .array(toleranceJudgementSchema)
          .check(z.describe('Each tolerance, judged over the soak.')),
        windows: z.array(windowSchema).check(z.describe('What the watch saw, window by window.')),
        halt: z.optional(haltOfPhase).check(z.describe('Only where it ended early.')),
      }),
    )
    .check(
      z.describe('The time after it without any fault, before the next stage; absent where there was none.'),
    ),
});

const journalFindingSchema = z.extend(findingSchema, {
  recorded: z
    .optional(z.literal(true))
    .check(
      z.describe(
        'Known beside the samples, such as a halt, a rollback or a rejection; absent where it follows from the samples.',
      ),
    ),
});

/** A run's record. The schema owns the file `journal.json`; docs/reference/journal.md describes it. */
export const journalSchema = z.strictObject({
  schemaVersion: z.literal(1).check(z.describe('The version of this format.')),
  runId: z.string().check(z.describe("The run's id; in AWS the name of the launcher's execution.")),
  experiment: z
    .strictObject({
      id: z.string().check(z.describe('Its id.')),
      title: z.string().check(z.describe('Its title.')),
      hash: z.string().check(z.describe('SHA-256 of the definition in canonical JSON.')),
      definition: z
        .json()
        .check(z.describe('The definition as it was written; null where none came of what was imported.')),
      importedFrom: z
        .optional(importedFromSchema)
        .check(z.describe('The file of another tool that it was made of for this run alone.')),
    })
    .check(z.describe('The experiment that ran.')),
  set: z
    .optional(z.record(z.string(), z.string()))
    .check(
      z.describe('What was set of what the definition opens, defaults too; absent where it opens nothing.'),
    ),
  only: z
    .optional(onlySchema)
    .check(z.describe('The one stage of the definition that ran; absent where all were to.')),
  gameDay: z
    .optional(gameDayOfRunSchema)
    .check(z.describe('The game day that it was part of; absent where it was of none.')),
  environment: z
    .strictObject({
      id: z.string().check(z.describe('The id of the environment or lab.')),
      production: z.boolean().check(z.describe('Whether it is production.')),
      tag: z
        .strictObject({
          key: z.string().check(z.describe('Its key.')),
          value: z.string().check(z.describe('Its value.')),
        })
        .check(z.describe('The environment tag.')),
    })
    .check(z.describe('Where it ran.')),
  mode: z.enum(['rehearsal', 'aws']).check(z.describe('In a lab, or in AWS.')),
  pace: z.number().check(z.describe('What times were multiplied by; 1 in AWS.')),
  leastRatePerSecond: z
    .optional(z.number().check(z.nonnegative()))
    .check(
      z.describe(
        'The requests a second that http probes sent together at least, as a lab asks for them; absent where none were sent.',
      ),
    ),
  periodsMs: z
    .optional(z.record(z.string(), z.number().check(z.positive())))
    .check(z.describe('Milliseconds between two readings of each metric that its probes read in AWS.')),
  seed: z.int().check(z.describe('A rehearsal with the same seed draws the same targets.')),
  start: time.check(z.describe('When the run began.')),
  end: time.check(z.describe('When it had concluded.')),
  verdict: verdictSchema.check(z.describe('The worst of its findings, or `held`.')),
  summary: z.string().check(z.describe('The verdict and its reason, in one sentence.')),
  findings: z
    .array(journalFindingSchema)
    .check(z.describe('Everything that bears on the verdict, the worst first.')),
  checks: z
    .array(
      z.strictObject({
        check: z.string().check(z.describe('Its name.')),
        passed: z.boolean().check(z.describe('Whether it held.')),
        evidence: z.string().check(z.describe('What shows it, as a sentence.')),
      }),
    )
    .check(z.describe('The conditions of admission.')),
  guards: z
    .optional(
      z.array(
        z.strictObject({
          guard: z.string().check(z.describe('Its name in the environment or lab.')),
          watches: z
            .optional(z.string())
            .check(z.describe('The environment whose harm it watches, where another one.')),
          watchedBy: z
            .enum(['fis', 'runner'])
            .check(
              z.describe(
                '`fis`: FIS stops the fault on it by itself (in a lab its stand-in does). `runner`: FIS does not watch it, the runner polls it.',
              ),
            ),
        }),
      ),
    )
    .check(
      z.describe(
        'What would have ended the fault; absent where the run was rejected before its runner began.',
      ),
    ),
  baseline: z
    .strictObject({
      start: z.optional(time).check(z.describe('When it began; absent where the run was rejected before.')),
      end: z.optional(time).check(z.describe('When its last sample was due.')),
      probes: z.array(baselineProbeSchema).check(z.describe("Each probe's figures.")),
      tolerances: z
        .array(toleranceJudgementSchema)
        .check(z.describe('Each tolerance, judged before any fault.')),
      windows: z.array(windowSchema).check(z.describe('What was seen, window by window.')),
    })
    .check(z.describe('What the probes saw before any fault.')),
  power: z
    .optional(z.array(powerSchema))
    .check(z.describe('What each stage could tell of each tolerance; absent where there was no baseline.')),
  stages: z.array(stageSchema).check(z.describe('The stages that were begun, in order.')),
  recovery: z
    .optional(
      z.extend(recoverySchema, {
        windows: z.array(windowSchema).check(z.describe('What was seen, window by window.')),
        tolerances: z
          .array(toleranceJudgementSchema)
          .check(
            z.describe('Each tolerance over the stretch that showed the recovery, else over the last one.'),
          ),
      }),
    )
    .check(z.describe('The time after the fault; absent where no fault was started.')),
  rollbacks: z.array(rollbackResultSchema).check(z.describe('Each rollback with its proof.')),
  residue: z
    .optional(z.array(residueSchema))
    .check(
      z.describe(
        'What the fault was found to have left behind, once it had ended and the rollbacks were done; absent where nothing was looked for.',
      ),
    ),
  timeline: z.array(timelineEntrySchema).check(z.describe('What happened, in order.')),
  notes: z
    .optional(z.array(z.string()))
    .check(
      z.describe('What a later run could be made to see: limits that are wider than the baseline by far.'),
    ),
  wouldHaveMissed: z
    .array(z.string())
    .check(z.describe('When something was missed: the probes that saw nothing of it.')),
  samples: z
    .strictObject({
      file: z.string().check(z.describe('The file of samples, beside the journal.')),
      sha256: z.string().check(z.describe("The file's SHA-256, in hexadecimal.")),
      count: z.int().check(z.describe('Its lines: samples and marks.')),
    })
    .check(z.describe('What the probes saw.')),
});

export type Journal = z.output<typeof journalSchema>;
export type JournalFinding = z.output<typeof journalFindingSchema>;
export type JournalStage = z.output<typeof stageSchema>;
export type RollbackResult = z.output<typeof rollbackResultSchema>;
export type TimelineEntry = z.output<typeof timelineEntrySchema>;
