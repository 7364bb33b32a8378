import { expect } from 'vitest';

/** Vitest's asymmetric matchers, typed as what they stand for: anything. */
export const containing = (text: string): unknown => expect.stringContaining(text);

export const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);

export const withFields = (fields: Readonly<Record<string, unknown>>): unknown =>
  expect.objectContaining(fields);

export const anything = (): unknown => expect.anything();

export const aFunction = (): unknown => expect.any(Function);
