import type { ExperimentDefinition } from '../../lib/experiment/experiment.ts';
import { slowDatabase } from './examples.ts';

/** An experiment that opens how late the database is, and of how much of the traffic. */
export const openDatabase = {
  ...slowDatabase,
  opens: { delay: ['500ms', '1s', '2s'], jitter: ['0ms', '100ms'] },
  faults: {
    slow: {
      action: 'aws:ecs:task-network-latency',
      selector: { service: 'shop' },
      parameters: { delay: { opened: 'delay' }, jitter: { opened: 'jitter' }, to: ['database'] },
    },
  },
} satisfies ExperimentDefinition;
