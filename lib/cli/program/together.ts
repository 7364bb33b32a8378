/** An option that may stand there several times. */
export const together = (value: string, before: readonly string[] = []): string[] => [...before, value];
