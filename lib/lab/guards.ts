import type { LabGuard } from '../experiment/lab.ts';
import type { Clock, GuardState, Guards } from '../run/ports.ts';
import type { RunningLab } from './running-lab.ts';

/** One guard as the stand-in FIS asks for it. */
export interface GuardReader {
  readonly name: string;
  read(): Promise<'ok' | 'alarm' | 'no data'>;
}

/** A lab's guards: rules on its metrics that take the place of CloudWatch alarms. */
export interface LabGuards extends Guards {
  readonly readers: readonly GuardReader[];
}

type Rule = Extract<LabGuard, { metric: string }>;

const isBeyond = (rule: Rule, value: number) =>
  (rule.above !== undefined && value > rule.above) || (rule.below !== undefined && value < rule.below);

const limitOf = (rule: Rule) => (rule.above === undefined ? `below ${rule.below}` : `above ${rule.above}`);

/**
 * The guards' rules over a running lab. A guard is in alarm once its metric has been beyond the limit for longer than the
 * rule allows, at every reading; how often that is looked at is up to whoever reads.
 */
export function createLabGuards(
  guards: Readonly<Record<string, LabGuard>>,
  lab: Pick<RunningLab, 'readMetric'>,
  clock: Clock,
): LabGuards {
  const beyondSinceMs = new Map<string, number>();

  const look = async (guard: string, rule: LabGuard): Promise<GuardState> => {
    if ('notRehearsable' in rule) return { guard, state: 'missing', detail: rule.notRehearsable };
    const value = await lab.readMetric(rule.metric);
    // A reading that fails neither begins nor ends a time beyond the limit.
    if (value === undefined) return { guard, state: 'no data', detail: `${rule.metric} cannot be read` };
    const detail = `${rule.metric} is ${value}; in alarm when ${limitOf(rule)} for longer than ${rule.for.text}`;
    if (!isBeyond(rule, value)) {
      beyondSinceMs.delete(guard);
      return { guard, state: 'ok', detail };
    }
    const sinceMs = beyondSinceMs.get(guard) ?? clock.now();
    beyondSinceMs.set(guard, sinceMs);
    return { guard, state: clock.now() - sinceMs > rule.for.ms ? 'alarm' : 'ok', detail };
  };

  return {
    read: (only) =>
      Promise.all(
        Object.entries(guards)
          .filter(([name]) => only?.includes(name) ?? true)
          .map(([name, rule]) => look(name, rule)),
      ),
    readers: Object.entries(guards).map(([name, rule]) => ({
      name,
      read: async () => {
        const { state } = await look(name, rule);
        return state === 'ok' || state === 'alarm' ? state : 'no data';
      },
    })),
  };
}
