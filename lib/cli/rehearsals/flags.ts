import type { PipelineFlags } from '../pipeline/flags.ts';
import type { ForeignFlags } from './to-rehearse.ts';

/** How `rehearse` was called. */
export interface RehearseFlags extends PipelineFlags, ForeignFlags {
  readonly seed?: number | undefined;
  /** What is set of what the definition opens, `delay=1s`. */
  readonly set?: readonly string[] | undefined;
  /** The one stage that is run. */
  readonly stage?: number | undefined;
  readonly out?: string | undefined;
  readonly acceptInconclusive?: boolean | undefined;
  /** Every experiment that has a lab. */
  readonly all?: boolean | undefined;
  /** How many rehearsals at once. */
  readonly parallel?: number | undefined;
  /** How often each is rehearsed. */
  readonly repeat?: number | undefined;
  /** Again whenever a file changes. */
  readonly watch?: boolean | undefined;
  readonly json?: boolean | undefined;
}
