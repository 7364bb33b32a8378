import { existsSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { isThere, listAt, textAt } from './read.ts';
import type { Place } from './tell.ts';

/** From the worst to the best. */
const order = ['errored', 'unrecovered', 'deviated', 'rejected', 'halted', 'inconclusive', 'held'];

/** The verdict of several that counts; empty where there is none. */
export const worstVerdict = (verdicts: readonly string[]): string =>
  order.find((one) => verdicts.includes(one)) ?? '';

/** The same of exit codes: failures of ours and wrong usage first, then as verdicts go. */
const exitOrder = [70, 64, 5, 1, 130, 4, 3, 2];

export const worstExit = (codes: readonly number[]): number =>
  exitOrder.find((one) => codes.includes(one)) ?? codes.find((one) => one !== 0) ?? 0;

/** A run that came to a verdict. */
export interface Run {
  readonly experiment: string;
  readonly verdict: string;
  readonly summary: string;
  readonly runId: string | undefined;
  /** What its verdict rests on, as far as it says how to mend it and which probe it is about. */
  readonly hint: string | undefined;
  readonly probe: string | undefined;
}

/** The runs that a document tells of: a journal, or what many rehearsals came to. */
export function runsIn(document: unknown): readonly Run[] {
  const broken = listAt(document, 'broken').map((one) => ({
    experiment: textAt(one, 'experiment'),
    verdict: 'rejected',
    summary: listAt(one, 'reasons').join('; '),
  }));
  const several = isThere(document, 'runs') ? [...listAt(document, 'runs'), ...broken] : [document];
  return several.flatMap(runOf);
}

function runOf(told: unknown): readonly Run[] {
  const verdict = textAt(told, 'verdict') ?? '';
  // What was not run came to none.
  if (!order.includes(verdict)) return [];
  const finding = listAt(told, 'findings').find((one) => textAt(one, 'verdict') === verdict);
  return [
    {
      experiment: textAt(told, 'experiment') ?? textAt(told, 'experiment', 'id') ?? '',
      verdict,
      summary: textAt(told, 'summary') ?? verdict,
      runId: textAt(told, 'runId'),
      hint: textAt(finding, 'hint'),
      probe: textAt(finding, 'probe'),
    },
  ];
}

/** Where an experiment is defined: its file, and the line that a finding is about as far as its text shows it. */
export function placeOf(options: {
  readonly file: string | undefined;
  readonly run: Run;
  readonly workspace: string;
}): Place {
  const { file, run, workspace } = options;
  if (file === undefined || !existsSync(file)) return {};
  const lines = readFileSync(file, 'utf8').split('\n');
  const at = (pattern: RegExp) => lines.findIndex((text) => pattern.test(text)) + 1;
  const named = (name: string) => `['"]?${name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}['"]?`;
  const line =
    (run.probe === undefined ? 0 : at(new RegExp(`^\\s*${named(run.probe)}\\s*:`))) ||
    at(new RegExp(`\\bid['"]?\\s*:\\s*${named(run.experiment)}`)) ||
    1;
  return { file: relative(workspace, resolve(file)), line };
}
