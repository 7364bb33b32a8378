import { fromMarkdown } from './markdown-text.ts';
import { isDay } from './next-edition.ts';
import type { RetroAction } from './retro.ts';
import { actionKeys, actionsHeading } from './retro-markdown.ts';

/** What keeps a retrospective from being complete, and where. */
interface RetroProblem {
  /** From 1. */
  readonly line: number;
  /** A sentence without a full stop. */
  readonly message: string;
  readonly hint: string;
}

/** A retrospective as people have left it. */
export interface ReadRetro {
  readonly edition: string;
  readonly gameDay: string;
  readonly environment: string;
  readonly isRehearsal: boolean;
  /** ISO 8601. */
  readonly beganAt: string;
  readonly actions: readonly RetroAction[];
  readonly problems: readonly RetroProblem[];
}

/** Reads the Markdown of a retrospective: never rejects, and tells all that is wrong with it. */
export function readRetro(text: string): ReadRetro {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const { facts, problems } = headOf(lines);
  const found = actionsIn(lines);
  return {
    edition: facts.get('edition') ?? '',
    gameDay: facts.get('gameDay') ?? '',
    environment: facts.get('environment') ?? '',
    isRehearsal: facts.get('rehearsal') === 'true',
    beganAt: facts.get('began') ?? '',
    actions: found.actions.map(({ action }) => action),
    problems: [...problems, ...found.problems, ...found.actions.flatMap(problemsOf)].toSorted(
      (a, b) => a.line - b.line,
    ),
  };
}

const needed = ['edition', 'gameDay', 'environment', 'rehearsal', 'began'] as const;

function headOf(lines: readonly string[]): {
  readonly facts: ReadonlyMap<string, string>;
  readonly problems: readonly RetroProblem[];
} {
  const end = lines.indexOf('---', 1);
  const facts = new Map<string, string>();
  if (lines[0]?.trim() === '---' && end !== -1) {
    for (const line of lines.slice(1, end)) {
      const at = line.indexOf(':');
      if (at > 0) facts.set(line.slice(0, at).trim(), line.slice(at + 1).trim());
    }
  }
  const hint = 'keep the lines between the first two ---, as steadfast gameday retro wrote them';
  const problems = needed.flatMap((key) =>
    (facts.get(key) ?? '') === '' ? [{ line: 1, message: `the head does not say its ${key}`, hint }] : [],
  );
  const began = facts.get('began');
  const isTime = began === undefined || !Number.isNaN(Date.parse(began));
  return {
    facts,
    problems: isTime ? problems : [...problems, { line: 1, message: `'${began}' is no time`, hint }],
  };
}

interface FoundAction {
  readonly action: RetroAction;
  readonly line: number;
  /** Where it says something, by the word in front of it. */
  readonly places: ReadonlyMap<string, number>;
  /** As it was written. */
  readonly state: string;
}

function actionsIn(lines: readonly string[]): {
  readonly actions: readonly FoundAction[];
  readonly problems: readonly RetroProblem[];
} {
  const begin = lines.findIndex((line) => isHeading(line, 2) && titleOf(line) === actionsHeading);
  if (begin === -1) {
    const hint = `write a line "## ${actionsHeading}", and below it each action as "### name: What is to be done"`;
    return {
      actions: [],
      problems: [{ line: lines.length, message: 'there is no section of actions', hint }],
    };
  }
  const length = lines.slice(begin + 1).findIndex((line) => isHeading(line, 2) || isHeading(line, 1));
  const end = length === -1 ? lines.length : begin + 1 + length;
  const starts = lines.flatMap((line, index) =>
    index > begin && index < end && isHeading(line, 3) ? [index] : [],
  );
  const actions: FoundAction[] = [];
  const problems: RetroProblem[] = [];
  const seen = new Map<string, number>();
  starts.forEach((start, index) => {
    const found = actionAt(lines, start, starts[index + 1] ?? end);
    if (found === undefined) {
      problems.push({
        line: start + 1,
        message: 'an action has no name',
        hint: 'write "### retry-payments: Retry payments": a name of small letters, digits and hyphens, a colon, and what is to be done',
      });
      return;
    }
    const former = seen.get(found.action.id);
    if (former !== undefined)
      problems.push({
        line: start + 1,
        message: `the action '${found.action.id}' is there twice: its name stands in line ${former} too`,
        hint: 'give one of them another name',
      });
    seen.set(found.action.id, start + 1);
    actions.push(found);
  });
  return { actions, problems };
}

const isHeading = (line: string, level: number): boolean => line.startsWith(`${'#'.repeat(level)} `);
const titleOf = (line: string): string => line.replace(/^#+\s*/, '').trim();

const states: readonly string[] = ['open', 'done', 'dropped'] satisfies readonly RetroAction['state'][];
const isState = (text: string): text is RetroAction['state'] => states.includes(text);

function actionAt(lines: readonly string[], start: number, end: number): FoundAction | undefined {
  const [, id, what] = /^###\s+([a-z0-9][a-z0-9-]*):\s*(.*)$/.exec(lines[start] ?? '') ?? [];
  if (id === undefined || what === undefined) return undefined;
  const says = new Map<string, string>();
  const places = new Map<string, number>();
  for (let index = start + 1; index < end; index += 1) {
    const [, key, value] = /^\s*[-*+]\s+([A-Za-z]+):(.*)$/.exec(lines[index] ?? '') ?? [];
    const known = actionKeys.find((one) => one.toLowerCase() === key?.toLowerCase());
    if (known === undefined || places.has(known)) continue;
    says.set(known, fromMarkdown(value ?? ''));
    places.set(known, index + 1);
  }
  const saysOf = (key: (typeof actionKeys)[number]): string => says.get(key) ?? '';
  const state = saysOf('State').toLowerCase();
  return {
    line: start + 1,
    places,
    state,
    action: {
      id,
      what: fromMarkdown(what),
      why: saysOf('Why'),
      owner: saysOf('Owner'),
      due: saysOf('Due'),
      // What nobody can read is still to be done.
      state: isState(state) ? state : 'open',
      reason: saysOf('Reason'),
    },
  };
}

/** What people write who mean to say it later. */
const later = /^(?:tbd|todo|tba|n\/?a|none|nobody|someone|somebody|unknown|\?+|-+|\.+|x+)$/i;

const isSaid = (text: string): boolean => text !== '' && !later.test(text);

function problemsOf({ action, line, places, state }: FoundAction): readonly RetroProblem[] {
  const { id, what, owner, due, reason } = action;
  const problems: RetroProblem[] = [];
  const add = (key: (typeof actionKeys)[number], message: string, hint: string): void => {
    problems.push({ line: places.get(key) ?? line, message: `the action '${id}' ${message}`, hint });
  };
  if (what === '')
    problems.push({
      line,
      message: `the action '${id}' does not say what is to be done`,
      hint: 'write it behind the colon',
    });
  if (!isSaid(owner))
    add('Owner', 'has no owner', 'write who sees to it, a person or a team: "- Owner: alice"');
  if (!isSaid(due)) add('Due', 'has no date', 'write the day by which it is done: "- Due: 2026-05-31"');
  else if (!isDay(due))
    add(
      'Due',
      `is due on '${due}', which is no day of the calendar`,
      'write year, month and day: "- Due: 2026-05-31"',
    );
  if (state === '') add('State', 'has no state', 'write "- State: open", done or dropped');
  else if (!isState(state)) add('State', `is '${state}'`, 'write "- State: open", done or dropped');
  else if (state !== 'open' && !isSaid(reason))
    add(
      'Reason',
      `is ${state} and does not say why`,
      'write how it was done, or why it was dropped: "- Reason: ..."',
    );
  return problems;
}
