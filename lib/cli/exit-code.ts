import type { ErrorCode } from '../experiment/steadfast-error.ts';

/** The command's exit codes besides those of verdicts (docs/reference/verdicts-and-exit-codes.md). */
export const exitCode = { fine: 0, refused: 4, usage: 64, failed: 70, interrupted: 130 } as const;

/** The exit code of an error raised on purpose. */
export function exitCodeOf(code: ErrorCode): number {
  switch (code) {
    case 'invalid':
    case 'unknown-id':
    case 'cannot-begin':
    case 'permission':
    case 'busy':
      return exitCode.refused;
    case 'usage':
      return exitCode.usage;
    case 'interrupted':
      return exitCode.interrupted;
    case 'lease-lost':
    case 'internal':
      return exitCode.failed;
  }
}
