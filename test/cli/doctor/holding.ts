import { expect } from 'vitest';

/** A text that holds another one. */
export const holding = (text: string): unknown => expect.stringContaining(text);
