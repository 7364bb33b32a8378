import { randomBytes } from 'node:crypto';
import type { Tokens } from './seats.ts';

/** Secrets from the system's own source. */
export const randomTokens: Tokens = { next: () => randomBytes(32).toString('base64url') };
