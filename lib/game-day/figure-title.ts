import type { Aggregate } from './view.ts';

/** What a figure is called wherever it is shown: of a single value its probe says enough. */
export const figureTitle = ({ probe, figure, label }: Aggregate): string =>
  figure === 'value' ? probe : `${probe}: ${label}`;
