import type { FailOn } from './fail-on.ts';

/** What a command that gives a verdict writes and does for a pipeline. */
export interface PipelineFlags {
  /** Where JUnit's XML goes. */
  readonly junit?: string | undefined;
  /** Where the summary in Markdown goes. */
  readonly markdown?: string | undefined;
  /** The verdicts that it does not end with 0 on; all but `held` where undefined. */
  readonly failOn?: FailOn | undefined;
}

/** The flag that was given of them, as it is written; undefined where none was. */
export function pipelineFlag({ junit, markdown, failOn }: PipelineFlags): string | undefined {
  if (junit !== undefined) return '--junit';
  if (markdown !== undefined) return '--markdown';
  return failOn === undefined ? undefined : '--fail-on';
}
