export { answerStandardInput } from './answer-standard-input.ts';
export { defineNotifier, type Notification } from './notifier.ts';
export { defineProbe, type ProbeAnswer } from './probe.ts';
