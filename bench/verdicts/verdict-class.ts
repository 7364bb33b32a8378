import type { Verdict } from '../../lib/experiment/verdict.ts';
import type { Draw } from './draw.ts';
import type { Scene } from './scene.ts';

/** One kind of run: how its parameters are drawn. What a run of it deserves follows from what was drawn. */
export interface VerdictClass {
  readonly name: string;
  /** The labels that its runs may have. */
  readonly labels: readonly Verdict[];
  readonly draw: (draw: Draw) => Scene;
}
