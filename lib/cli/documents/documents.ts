import type { $ZodType } from 'zod/v4/core';
import { planDocumentSchema } from '../../campaign/plan-document.ts';
import { comparisonSchema } from '../../report/compare/comparison-schema.ts';
import { monthReportSchema } from '../../report/month/month-schema.ts';
import { serviceReportSchema } from '../../report/service/service-schema.ts';
import { doctorDocumentSchema } from '../doctor/document.ts';
import { runPlanSchema } from '../plan/run-plan-document.ts';
import { campaignBegun, campaignStatus } from './campaigns.ts';
import { check, init, lists, newExperiment, paused, resumed } from './definitions.ts';
import { faults } from './faults.ts';
import * as gameDays from './game-days.ts';
import { judged } from './judged.ts';
import { explained, imported, proxy } from './others.ts';
import { coverage, gate } from './resilience.ts';
import { approved, halted, journal, ran, rehearsed, runs, shown, unlocked } from './runs.ts';

/**
 * What each command prints with --json where it can do what it was asked for; where it cannot, it prints `errorDocument`. The schemas own the
 * documents: schemas/command/ holds them as JSON Schema, and tests hold what commands print against them.
 */
export const documents: Readonly<Record<string, $ZodType>> = {
  approve: approved,
  'campaign plan': planDocumentSchema,
  'campaign run': campaignBegun,
  'campaign status': campaignStatus,
  check,
  coverage,
  doctor: doctorDocumentSchema,
  'evidence verify': gameDays.verified,
  explain: explained,
  faults,
  'gameday approve': gameDays.answered,
  'gameday check': gameDays.done,
  'gameday evidence': gameDays.evidence,
  'gameday extend': gameDays.done,
  'gameday finish': gameDays.done,
  'gameday halt': gameDays.done,
  'gameday note': gameDays.done,
  'gameday observe': gameDays.done,
  'gameday pause': gameDays.done,
  'gameday plan': gameDays.planned,
  'gameday propose': gameDays.done,
  'gameday refuse': gameDays.answered,
  'gameday rehearse': gameDays.rehearsedGameDay,
  'gameday resume': gameDays.done,
  'gameday retro': gameDays.retro,
  'gameday retro check': gameDays.retroChecked,
  'gameday start': gameDays.started,
  'gameday status': gameDays.status,
  gate,
  halt: halted,
  import: imported,
  init,
  judge: judged,
  list: lists,
  new: newExperiment,
  pause: paused,
  plan: runPlanSchema,
  proxy,
  rehearse: rehearsed,
  'report compare': comparisonSchema,
  'report month': monthReportSchema,
  'report run': journal,
  'report service': serviceReportSchema,
  resume: resumed,
  run: ran,
  runs,
  show: shown,
  unlock: unlocked,
};

/** Commands that print no document of ours, with the reason. */
export const withoutDocument: Readonly<Record<string, string>> = {
  completion: 'it prints a script for a shell',
  export: "it prints another tool's document, in that tool's format",
};
