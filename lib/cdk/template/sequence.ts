import { withSuggestion } from '../../definitions/suggest.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { fisLimits } from '../../fis/limits.ts';
import { durationFromMs } from '../../fis/quantity.ts';
import type { ParsedAction } from './parsed-template.ts';

/** When an action runs, in milliseconds from the start of the experiment. */
interface Span {
  readonly action: ParsedAction;
  readonly startMs: number;
  readonly endMs: number;
}

/** An action that is over at once still runs: two of them are side by side, two after each other are not. */
const instantMs = 1;

/** What FIS would refuse of the order of a template's actions, and what could never end. */
export function sequenceProblems(actions: readonly ParsedAction[], names: readonly string[]): Problem[] {
  const unknown = unknownNames(actions, names);
  if (unknown.length > 0) return unknown;
  const cycle = cycleIn(actions);
  if (cycle !== undefined) return [cycleProblem(cycle)];
  const spans = spansOf(actions);
  return [...parallelProblems(spans), ...lengthProblems(spans), ...networkProblems(spans)];
}

const unknownNames = (actions: readonly ParsedAction[], names: readonly string[]): Problem[] =>
  actions.flatMap(({ name, startAfter }) =>
    startAfter
      .filter((before) => !names.includes(before))
      .map((before) => {
        const path = ['actions', name, 'startAfter'];
        const message = `no action is called '${before}'`;
        const known = names.filter((other) => other !== name);
        const { hint } = withSuggestion({ code: 'unknown-name', path, message, candidates: known }, before);
        return { code: 'unknown-name', path, message, ...(hint === undefined ? {} : { hint }) };
      }),
  );

/** The first cycle found, as the names along it: each waits for the next, the last for the first. */
function cycleIn(actions: readonly ParsedAction[]): readonly string[] | undefined {
  const waitsFor = new Map(actions.map(({ name, startAfter }) => [name, startAfter]));
  const done = new Set<string>();
  const visit = (name: string, along: readonly string[]): readonly string[] | undefined => {
    const at = along.indexOf(name);
    if (at >= 0) return along.slice(at);
    if (done.has(name)) return undefined;
    for (const before of waitsFor.get(name) ?? []) {
      const found = visit(before, [...along, name]);
      if (found !== undefined) return found;
    }
    done.add(name);
    return undefined;
  };
  for (const { name } of actions) {
    const found = visit(name, []);
    if (found !== undefined) return found;
  }
  return undefined;
}

const cycleProblem = (cycle: readonly string[]): Problem => ({
  code: 'cycle',
  path: ['actions', cycle[0] ?? '', 'startAfter'],
  message:
    cycle.length === 1
      ? `'${cycle[0]}' waits for itself`
      : `wait for each other: ${[...cycle, cycle[0]].map((name) => `'${name}'`).join(' after ')}`,
  hint: 'take one startAfter away',
});

/** When each action runs: at once, or when the last of those that it waits for has ended. */
function spansOf(actions: readonly ParsedAction[]): Span[] {
  const byName = new Map(actions.map((action) => [action.name, action]));
  const known = new Map<string, Span>();
  const spanOf = (action: ParsedAction): Span => {
    const seen = known.get(action.name);
    if (seen !== undefined) return seen;
    const ends = action.startAfter.flatMap((name) => {
      const before = byName.get(name);
      return before === undefined ? [] : [spanOf(before).endMs];
    });
    const startMs = Math.max(0, ...ends);
    const span = { action, startMs, endMs: startMs + Math.max(action.durationMs, instantMs) };
    known.set(action.name, span);
    return span;
  };
  return actions.map(spanOf);
}

const runsAt = (ms: number) => (span: Span) => span.startMs <= ms && ms < span.endMs;

function parallelProblems(spans: readonly Span[]): Problem[] {
  const crowds = spans.map(({ startMs }) => spans.filter(runsAt(startMs)));
  const [largest = []] = crowds.toSorted((one, other) => other.length - one.length);
  if (largest.length <= fisLimits.parallelActions) return [];
  return [
    {
      code: 'too-many-parallel',
      path: ['actions'],
      message: `${largest.length} run at once, and FIS runs ${fisLimits.parallelActions}: ${largest.map(({ action }) => action.name).join(', ')}`,
      hint: 'let some start after others (startAfter), or split the template',
    },
  ];
}

function lengthProblems(spans: readonly Span[]): Problem[] {
  const last = spans.toSorted((one, other) => other.endMs - one.endMs)[0];
  // Durations are whole seconds: less than one more is only what actions count that are over at once.
  if (last === undefined || last.endMs < fisLimits.experimentMs + 1_000) return [];
  const whole = durationFromMs(Math.floor(last.endMs / 1_000) * 1_000).text;
  return [
    {
      code: 'too-long',
      path: ['actions', last.action.name],
      message: `ends ${whole} after the start, and FIS ends an experiment after ${durationFromMs(fisLimits.experimentMs).text}`,
      hint: 'shorten what runs before it, or split the template',
    },
  ];
}

/** FIS cannot run two of the ECS network actions on a task at once (user guide, "Use the ECS task actions"). */
function networkProblems(spans: readonly Span[]): Problem[] {
  const network = spans.filter(({ action }) => action.fault.action.startsWith('aws:ecs:task-network-'));
  return network.flatMap((span, index) =>
    network
      .slice(0, index)
      .filter(
        (other) =>
          other.action.target === span.action.target &&
          other.startMs < span.endMs &&
          span.startMs < other.endMs,
      )
      .map(
        (other): Problem => ({
          code: 'parallel-network-faults',
          path: ['actions', span.action.name],
          message: `hits the same tasks as '${other.action.name}' at the same time, and FIS cannot run two network actions on a task at once`,
          hint: `let it start after the other: startAfter: '${other.action.name}'`,
        }),
      ),
  );
}
