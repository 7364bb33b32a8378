import type { Area } from './explanation.ts';

/** Files besides definitions that the command reads, and what it does with them. */
export const files: Area = {
  id: 'files',
  title: 'Problems of samples, journals and other files',
  where: 'As `code` of a problem of steadfast judge, plan --prices, proxy and gameday retro check.',
  docs: 'how-to/judge-recorded-data.md',
  codes: {
    'no-json': {
      means: 'A line of samples is no JSON.',
      why: 'One line that is guessed at can turn a verdict.',
      mend: 'Write one JSON object a line.',
      example: '{"at": "2026-05-01T09:30:00.000Z", "probe": "products", "latencyMs": 12, "status": 200}',
    },
    'no-number': {
      means: 'A line holds NaN, Infinity or a number too large to compute with.',
      why: 'JSON knows none of them, and they stand for nothing that was measured.',
      mend: 'Leave the field out where there was nothing to measure.',
      example: '{"at": "2026-05-01T09:30:00.000Z", "probe": "products", "error": "timed out"}',
    },
    negative: {
      means: 'A latency is less than nothing.',
      why: 'A clock that was set back gives such latencies.',
      mend: 'Measure with a clock that only goes forward.',
      example: 'performance.now()',
    },
    'no-time': {
      means: 'The time of a line is none.',
      why: 'A time without a zone is another one on another machine.',
      mend: 'Write ISO 8601 in UTC.',
      example: '"at": "2026-05-01T09:30:00.000Z"',
    },
    misplaced: {
      means: 'A mark says whether a fault bit, and is not its end.',
      why: 'Only at the end of a fault is that known.',
      mend: "Move bite to the mark 'fault-end' of that fault.",
      example: '{"at": "2026-05-01T09:40:00.000Z", "mark": "fault-end", "bite": true}',
    },
    'mark-order': {
      means: 'A mark cannot follow the one before it.',
      why: 'The marks say which samples lie in the baseline, in a stage and in the recovery.',
      mend: 'Bring them in order: baseline-start, then fault-start and fault-end of each stage, then recovery-end.',
      example: '{"at": "2026-05-01T09:35:00.000Z", "mark": "fault-start", "stage": "50%"}',
    },
    unsorted: {
      means: 'Lines of a large file are not in the order of time.',
      why: 'So many are judged as they are read, and not held in memory.',
      mend: 'Sort its lines by their time first.',
      example: 'sort samples.ndjson > sorted.ndjson',
    },
    'no-journal': {
      means: 'A file is no journal that can be read.',
      why: 'A journal is written by a schema; what does not follow it may lack what decides.',
      mend: 'Take journal.json as a run wrote it; samples alone go with --experiment.',
      example: 'steadfast judge samples.ndjson --experiment experiments/slow-database.ts',
      docs: 'reference/journal.md',
    },
    type: {
      means: 'A file of prices is no map of amounts in USD.',
      why: 'A cost that is wrong is worse than none.',
      mend: 'Write names of prices with amounts, 0 or more.',
      example: 'fisActionMinute: 0.08',
      docs: 'reference/plan.md',
    },
    'doubled-name': {
      means: 'A file of proxies gives two the same name.',
      why: 'A toxic on that name would act on one of them only.',
      mend: 'Name each proxy once.',
      example: '{ name: database, listen: "127.0.0.1:5433", upstream: "127.0.0.1:5432" }',
      docs: 'how-to/use-the-fault-proxy.md',
    },
    incomplete: {
      means: 'A retrospective lacks something that it must hold.',
      why: 'An action without an owner or a date is done by nobody.',
      mend: 'Fill in what is named, on the line that is named.',
      example: 'steadfast gameday retro check retrospectives/payment-down.md',
      docs: 'how-to/hold-a-retrospective.md',
    },
    'not-done': {
      means: 'A part of what was to be ended could not be.',
      why: 'Everything else was ended all the same, and what is left must be known.',
      mend: 'Do by hand what the message names, in the FIS console.',
      example: 'aws fis stop-experiment --id EXP…',
      docs: 'how-to/halt-everything.md',
    },
  },
};
