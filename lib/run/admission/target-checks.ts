import type { TargetCheck } from './check.ts';
import { checkCounts } from './check-counts.ts';
import { checkPrerequisites } from './check-prerequisites.ts';

/** What the targets must be like, besides being the environment's. */
export const targetChecks: readonly TargetCheck[] = [checkCounts, checkPrerequisites];
