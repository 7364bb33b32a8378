import type { BiteMetric } from '../fis/bite-metric.ts';
import type { Selector } from '../fis/selector.ts';
import type { Fault, Stage } from './fault.ts';

// Apart from the schemas, which hold all that is known of each action: a runner needs none of it.

/** The metric that shows that it bit, where the fault names one. */
export const biteMetricOf = (fault: Fault): BiteMetric | undefined =>
  'bite' in fault ? fault.bite : undefined;

/** What a fault may hit; undefined for an action that hits nothing of its own. */
export const selectorOf = (fault: Fault): Selector | undefined =>
  'selector' in fault ? fault.selector : undefined;

/** A stage's label, as it was written: `one`, `50%`, `10% of traffic`. */
export function stageLabel(stage: Stage): string {
  if (stage.share === 'one') return 'one';
  return 'text' in stage.share ? stage.share.text : `${stage.share.share.text} of traffic`;
}
