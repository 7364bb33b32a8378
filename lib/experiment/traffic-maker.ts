import type { Traffic } from './traffic.ts';

/** What makes traffic: of which kind, by which logical name, and what messages call it. */
export const trafficMakerOf = (traffic: Traffic) =>
  'lambda' in traffic
    ? ({ kind: 'function', name: traffic.lambda.function, words: 'function' } as const)
    : ({ kind: 'stateMachine', name: traffic.stateMachine.name, words: 'state machine' } as const);
