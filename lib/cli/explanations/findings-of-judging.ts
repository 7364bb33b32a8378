import type { Area } from './explanation.ts';

/** What the samples of a run say. */
export const judgingFindings: Area = {
  id: 'findings-of-judging',
  title: 'Findings: what was seen',
  where: 'As `code` of a finding in a journal, from judging the samples.',
  docs: 'explanation/verdicts.md',
  codes: {
    'baseline-unknown': {
      means: 'Before any fault, too little was seen of a probe to say that its tolerance was met.',
      why: 'Windows under a fault are compared with the baseline; an unknown one would flatter them.',
      mend: 'Raise the rate, lengthen the baseline, or see why the probe saw so little.',
      example: 'rate: 50/s',
    },
    unhealthy: {
      means: 'Before any fault, a tolerance was missed.',
      why: 'What is broken already cannot show what the fault breaks.',
      mend: 'Mend the system, or loosen a tolerance that is too tight for quiet times.',
      example: 'Before any fault, products: errorRate was missed: 4 %.',
    },
    'no-baseline': {
      means: 'The samples hold no baseline, so nothing can be compared with it.',
      why: 'Of recorded data only the marks say what came before the fault.',
      mend: 'Put a mark baseline-start before the samples of quiet times.',
      example: '{"at": "2026-05-01T09:00:00.000Z", "mark": "baseline-start"}',
      docs: 'how-to/judge-recorded-data.md',
    },
    underpowered: {
      means: 'A stage could not have seen what it was to see, or a recovery could not be proven.',
      why: 'A run that cannot tell is no proof, whatever it says.',
      mend: 'Lengthen the stage, raise the rate, or loosen the tolerance; the finding says what would do.',
      example: 'stages: [{ share: one, duration: 5m }]',
    },
    'stages-missing': {
      means: 'Not every stage of the definition was begun.',
      why: 'What was not begun was not tested.',
      mend: 'See what ended the run before, and run it again.',
      example: 'Only 1 of 3 stages were begun, so the rest was not tested.',
    },
    'tolerance-missed': {
      means: 'During a fault a probe missed a tolerance, or the watch ended the fault for it.',
      why: 'This is what an experiment looks for; the verdict is deviated.',
      mend: 'Look at the chart of that stage: when it began, and whether it ended by itself.',
      example: 'Stage 50%, products: p95 was missed: 900 ms.',
    },
    'tolerance-unknown': {
      means: 'During a fault too little was seen of a probe to say that its tolerance was met.',
      why: 'Unknown is never met.',
      mend: 'Raise the rate or lengthen the stage; look whether the prober itself had trouble.',
      example: 'rate: 100/s',
    },
    'no-bite': {
      means: 'The fault did not reach the system.',
      why: 'Steady state under a fault that is not there shows nothing.',
      mend: 'Look at the evidence of the bite: something bypasses what the fault acts on, such as a pool of open connections or a cache.',
      example: 'bite: { metric: databaseLatency, rises: 20% }',
      docs: 'explanation/bite.md',
    },
    'bite-unknown': {
      means: 'Nobody could tell whether the fault reached the system.',
      why: 'Without that, a run cannot hold.',
      mend: 'Name a metric that moves when the fault bites.',
      example: 'bite: { metric: databaseLatency, rises: 20% }',
      docs: 'explanation/bite.md',
    },
    'recovery-unknown': {
      means: 'Nothing marks the end of the fault, or of the recovery.',
      why: 'Recovery is counted from the end of the fault; without the mark it cannot be.',
      mend: 'Write the marks fault-end and recovery-end.',
      example: '{"at": "2026-05-01T09:10:00.000Z", "mark": "fault-end", "bite": true}',
      docs: 'how-to/judge-recorded-data.md',
    },
    'recovery-unproven': {
      means: 'Steady state is likely back, but too little was seen to prove it in time.',
      why: 'A verdict is never better than the evidence.',
      mend: 'Observe for longer, or raise the rate of the probes.',
      example: 'recovery: { objective: 120s }',
    },
    'not-recovered': {
      means: 'After the fault the probes did not come back within the objective.',
      why: 'A fault that is over and still hurts is what nobody wants to learn in an incident.',
      mend: 'Look whether the fault is really gone, then at what the service carries with it: caches, pools, queues.',
      example: 'recovery: { within: 10%, objective: 60s }',
    },
    'recovery-unseen': {
      means: 'After the fault nobody could see whether the system came back.',
      why: 'A system that nobody sees may be down.',
      mend: 'Look at the system by hand, then at what kept the probes from looking.',
      example: 'steadfast show <run> --env staging',
    },
    'soak-missed': {
      means: 'After a stage, with its fault gone, a tolerance was missed.',
      why: 'The soak is there to show what comes late: queues that fill, retries that pile up.',
      mend: 'Look at what the service still did for the fault in that time.',
      example: 'stages: [{ share: one, duration: 2m, soak: 5m }, …]',
    },
    'soak-unknown': {
      means: 'In the soak after a stage too little was seen of a tolerance.',
      why: 'The next stage would build on what nobody saw.',
      mend: 'Lengthen the soak, raise the rate of the probe, or see why it saw so little.',
      example: 'soak: 5m',
    },
    'cut-short': {
      means:
        'The definition that is judged by now does not miss what the run was ended for, so the rest of that stage was never seen.',
      why: 'Judging again cannot show what was not recorded.',
      mend: 'Run the experiment again with the new definition.',
      example: 'steadfast judge journal.json --experiment experiments/slow-database.ts',
      docs: 'how-to/judge-recorded-data.md',
    },
    'out-of-order': {
      means: 'Samples of a probe stand after later ones; they were judged in the order of time.',
      why: 'A clock that was set back gives the same, and that cannot be mended by sorting.',
      mend: 'Sort the lines by their time where they were only written so.',
      example: "sort -t'\"' -k4 samples.ndjson",
      docs: 'how-to/judge-recorded-data.md',
    },
    repeated: {
      means: 'The same sample is there twice; it counted once.',
      why: 'What counts twice would make a sample larger, and surer, than it is.',
      mend: 'Remove what was written twice; give times in milliseconds where they are different looks.',
      example: '"at": "2026-05-01T09:00:00.250Z"',
      docs: 'how-to/judge-recorded-data.md',
    },
  },
};
