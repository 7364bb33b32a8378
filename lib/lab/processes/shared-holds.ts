import { startTimeOf } from './start-time.ts';

/** What a fault has changed of one process. */
export interface SharedHold<Before> {
  /** As it was before the first of those who hold it. */
  readonly before: Before;
  /** Whether the process is still the one that was taken: its id may have been given to another since. */
  isThere(): boolean;
  /** @returns what to give back: undefined where another still holds it, where the process is gone, and the second time */
  letGo(): Before | undefined;
}

/**
 * What several faults at once change of the same processes. Each of them would take the other's change for what was there before; so the
 * first notes that, and the last to let go gives it back.
 */
export function createSharedHolds<Before>() {
  const held = new Map<string, { readonly before: Before; holders: number }>();
  return {
    /** @returns undefined where there is no such process, or nothing can be read of it */
    take: (pid: number, read: () => Before | undefined): SharedHold<Before> | undefined => {
      const startedAt = startTimeOf(pid);
      if (startedAt === undefined) return undefined;
      const key = `${pid} ${startedAt}`;
      const before = held.get(key)?.before ?? read();
      if (before === undefined) return undefined;
      const hold = held.get(key) ?? { before, holders: 0 };
      held.set(key, hold);
      hold.holders += 1;
      let on = true;
      const isThere = () => startTimeOf(pid) === startedAt;
      return {
        before,
        isThere,
        letGo: () => {
          if (!on) return undefined;
          on = false;
          hold.holders -= 1;
          if (hold.holders > 0) return undefined;
          held.delete(key);
          return isThere() ? before : undefined;
        },
      };
    },
    /** Whether somebody holds the process that has this id now. */
    isHeld: (pid: number): boolean => held.has(`${pid} ${startTimeOf(pid)}`),
  };
}
