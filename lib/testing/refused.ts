import { type Problem, SteadfastError } from '../experiment/steadfast-error.ts';

/** An error that says all of what is wrong: a test runner shows the message of an error, and nothing else of it. */
export function refused(what: string, problems: readonly Problem[]): SteadfastError {
  const lines = problems.map(({ path, message, hint }) => {
    const where = path.length === 0 ? '' : `${path.join('.')}: `;
    return `\n  ${where}${message}${hint === undefined ? '' : `\n    ${hint}`}`;
  });
  return new SteadfastError('invalid', `${what}:${lines.join('')}`, { problems });
}
