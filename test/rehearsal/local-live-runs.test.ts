import { describe } from 'vitest';
import { createLocalLiveRuns } from '../../lib/rehearsal/local-live-runs.ts';
import { itKeepsLiveRuns } from '../run/live-runs-contract.ts';

describe('runs under way in memory', () => {
  itKeepsLiveRuns(createLocalLiveRuns);
});
