import type { Rejection } from '../../experiment/verdict.ts';
import type { RunContext } from '../context.ts';

/** What one condition of admission found: passed with its evidence, or not, with the rejection it means. */
interface CheckResult {
  readonly check: string;
  readonly passed: boolean;
  readonly evidence: string;
  readonly rejection: Rejection;
  readonly hint?: string;
}

/** One condition of admission. */
export type Check = (context: RunContext) => Promise<CheckResult>;
