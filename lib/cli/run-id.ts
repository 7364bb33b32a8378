import { randomBytes } from 'node:crypto';

/** An id that orders by time and can name a Step Functions execution: `slow-database-20260501T093000Z-4fzk`. */
export function newRunId(experimentId: string): string {
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return `${experimentId}-${time}-${randomBytes(3).toString('hex').slice(0, 4)}`;
}
