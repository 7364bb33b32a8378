import { describe } from 'vitest';
import { createMemoryApprovals } from '../../lib/rehearsal/memory-approvals.ts';
import { itKeepsApprovals } from '../run/approvals-contract.ts';

describe('approvals in memory', () => {
  itKeepsApprovals((clock) => {
    const approvals = createMemoryApprovals(clock);
    return { approvals, desk: approvals };
  });
});
