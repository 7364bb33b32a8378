import * as z from 'zod';
import { gameDayOfRunSchema } from '../../plan/game-day-of-run.ts';
import { journalSchema } from '../../run/journal.ts';
import { liveRunSchema } from '../../run/live-run.ts';
import { runRecordSchema } from '../../run/run-record.ts';
import { findingSchema } from '../../steady-state/finding.ts';
import { counts, idOfEnvironment, maybeEnvironment, notRunOr, path, time, verdict } from './parts.ts';

const runId = z.string().describe("The run's id.");

export const journal = journalSchema;

const errorOfRun = z.looseObject({ code: z.string(), message: z.string() });

const repeats = z.strictObject({
  experiment: z.string(),
  runs: z.int(),
  verdicts: counts,
  flaky: z.boolean().describe('The same code came to different verdicts.'),
  differing: z
    .array(
      z.strictObject({
        finding: z.strictObject({
          code: z.string(),
          stage: z.int().optional(),
          probe: z.string().optional(),
        }),
        message: z.string().describe('What it says in the first run that has it.'),
        times: z.array(z.int()).describe('The runs that have it, from 1.'),
      }),
    )
    .describe('Findings that not all runs have.'),
});

const leftOut = z.strictObject({ experiment: z.string(), reasons: z.array(z.string()) });

const many = z
  .strictObject({
    schemaVersion: z.literal(1),
    verdict: verdict.nullable().describe('The worst; null where nothing came to any.'),
    exitCode: z.int(),
    parallel: z.int().describe('So many at once.'),
    seconds: z.number().describe('How long all of it took.'),
    counts,
    runs: z.array(
      z.strictObject({
        experiment: z.string(),
        time: z.int().optional().describe('With --repeat: which time it was, from 1.'),
        verdict: notRunOr,
        summary: z.string().nullable(),
        seconds: z.number(),
        seed: z.int(),
        runId: runId.nullable(),
        folder: path.nullable().describe('Where its files are.'),
        findings: z.array(journalSchema.shape.findings.def.element),
        error: errorOfRun.optional().describe('Where it left no journal.'),
      }),
    ),
    notRehearsable: z.array(leftOut),
    broken: z.array(leftOut).describe('Definitions that cannot be read.'),
    repeats: z.array(repeats).describe('With --repeat: what differed.'),
  })
  .describe('With --all or --repeat: what each came to.');

export const rehearsed = z.union([journalSchema, many]);

export const ran = z.union([
  journalSchema,
  z
    .strictObject({
      runId,
      environment: idOfEnvironment,
      executionArn: z.string().describe("Of the launcher's execution."),
    })
    .describe('With --detach.'),
  z
    .strictObject({ runId, environment: idOfEnvironment, verdict, summary: z.string() })
    .describe('Where the run left no journal that this version can read.'),
  z
    .strictObject({
      environment: idOfEnvironment,
      experiment: z.string(),
      name: z.string().describe('Of the schedule; it is deleted by it.'),
      launcherArn: z.string(),
      at: time,
    })
    .describe('With --at: when it starts, once.'),
]);

export const runs = z.strictObject({
  environment: maybeEnvironment,
  live: z.array(liveRunSchema).describe('Runs under way, the newest first.'),
  runs: z.array(runRecordSchema).describe('Runs that have ended, the newest first.'),
});

const links = z
  .array(z.strictObject({ what: z.string(), url: z.string() }))
  .describe('Where the console shows it.');

/** What a person is asked to approve, and what was answered. */
const pendingApproval = z.strictObject({
  runId,
  request: z.strictObject({
    hash: z
      .string()
      .describe("SHA-256 of the runner's whole input: an approval of anything else does not count."),
    experiment: z.string(),
    title: z.string(),
    environment: idOfEnvironment,
    set: z.record(z.string(), z.string()).optional().describe('What was set of what the definition opens.'),
    only: z.strictObject({ stage: z.int(), of: z.int() }).optional().describe('The one stage that it is of.'),
    gameDay: z.optional(gameDayOfRunSchema),
    stages: z.array(
      z.strictObject({
        label: z.string(),
        durationMs: z.number(),
        faults: z.array(z.strictObject({ name: z.string(), action: z.string(), parameters: z.string() })),
      }),
    ),
    targets: z.array(z.strictObject({ fault: z.string(), count: z.int(), some: z.array(z.string()) })),
    askedAtMs: z.number().describe('Milliseconds since 1970.'),
    expiresAtMs: z.number().describe('Milliseconds since 1970.'),
    startedBy: z.string().optional(),
  }),
  answer: z
    .strictObject({
      answer: z.enum(['approved', 'refused']),
      hash: z.string(),
      by: z.string(),
      atMs: z.number(),
      note: z.string().optional(),
    })
    .optional()
    .describe('Absent while nobody has answered.'),
  isClosed: z.boolean().describe('The run waits no longer.'),
});

export const shown = z.union([
  z
    .strictObject({
      runId,
      environment: idOfEnvironment,
      verdict,
      summary: z.string(),
      journal: journalSchema,
    })
    .describe('A run that lies on this machine.'),
  z
    .strictObject({
      ...runRecordSchema.shape,
      files: z.string().nullable().describe('Where they are in S3; null where none was left.'),
      links,
      journal: z.nullable(journalSchema),
    })
    .describe('A run that has ended in an environment.'),
  z
    .strictObject({
      runId,
      environment: idOfEnvironment,
      live: liveRunSchema,
      phase: z.string().nullable().describe('What it has last told of; null where nobody may read its log.'),
      approval: pendingApproval.nullable(),
      halts: z.array(
        z.strictObject({
          scope: z.enum(['run', 'all']),
          reason: z.string(),
          by: z.string().optional(),
          at: z.string().optional(),
        }),
      ),
      leases: z.array(z.strictObject({ service: z.string(), untilMs: z.number() })),
      links,
    })
    .describe('A run under way.'),
]);

export const approved = z.union([
  z
    .strictObject({
      runId,
      environment: idOfEnvironment,
      answer: z.enum(['approved', 'refused']),
      by: z.string(),
      hash: z.string().describe('Of what was answered.'),
    })
    .describe('What was answered.'),
  z
    .strictObject({ environment: idOfEnvironment, waiting: z.array(pendingApproval) })
    .describe('Without a run: those that wait.'),
]);

const stopped = z
  .array(z.strictObject({ id: z.string(), runId: z.string().optional() }))
  .describe('The FIS experiments that were stopped, with their runs.');

export const halted = z.strictObject({
  environment: idOfEnvironment,
  run: z.string().nullable().describe('The run that was to end; null for all.'),
  by: z
    .enum(['kill switch', 'command'])
    .describe('Who ended it: the command only where the kill switch did not.'),
  stopped,
  runs: z
    .array(z.string())
    .optional()
    .describe('The runs under way, which conclude now; absent where nobody knows.'),
  safetyLever: z.string().optional(),
  locked: z.boolean().optional().describe('Whether new starts are refused now.'),
});

export const unlocked = z.strictObject({
  environment: idOfEnvironment,
  locked: z.boolean().describe('Whether it is still locked.'),
  stopped,
  runs: z.array(z.string()),
  safetyLever: z.string(),
});

export const finding = findingSchema;
