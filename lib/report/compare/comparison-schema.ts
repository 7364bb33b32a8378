import * as z from 'zod/mini';
import { verdictSchema } from '../../experiment/verdict.ts';
import { count, maybe, text, told } from '../described.ts';

const changeSchema = z.enum(['worse', 'better', 'alike', 'unknown']);

const runSchema = z.strictObject({
  runId: text("The run's id."),
  environment: text('The id of the environment or lab.'),
  mode: told('In a lab, or in AWS.', z.enum(['rehearsal', 'aws'])),
  pace: told('What times were multiplied by; 1 in AWS.', z.number()),
  hash: text('SHA-256 of the definition.'),
  start: text('When the run began.'),
  end: text('When it had concluded.'),
  verdict: told('Its verdict.', verdictSchema),
  summary: text('The verdict and its reason, in one sentence.'),
});

/** What one of the two runs has seen of a figure. */
const sideSchema = z.strictObject({
  observed: maybe('What was seen, in `unit`; absent where there was nothing.', z.number()),
  low: maybe('The true figure is surely no less.', z.number()),
  high: maybe('The true figure is surely no more.', z.number()),
  samples: count('How many samples it was judged on.'),
  limit: text('The limit as it was written: `below 250ms`.'),
  state: told('How the tolerance was judged in this run.', z.enum(['met', 'missed', 'unknown'])),
});

const differenceSchema = z.strictObject({
  low: maybe('The lower bound; absent where there is none.', z.number()),
  high: maybe('The upper bound; absent where there is none.', z.number()),
});

const figureSchema = z.strictObject({
  phase: told('When in the run.', z.enum(['baseline', 'stage', 'soak', 'recovery'])),
  stage: maybe('The stage, counted from 0; absent for the baseline and the recovery.', z.int()),
  when: text('The same in words: `before the fault`, `stage 2 (50%)`.'),
  probe: text('The probe, by its name in the definition.'),
  measure: text('`p50`, `p90`, `p95`, `p99`, `errorRate`, `age`, `count` or `value`.'),
  unit: told('Of all numbers here; a ratio lies between 0 and 1.', z.enum(['ms', 'ratio', 's', 'items', ''])),
  before: maybe('In the first run; absent where it has no such figure.', sideSchema),
  after: maybe('In the second run; absent where it has no such figure.', sideSchema),
  difference: maybe(
    'Between which values the true difference lies, the second less the first: each bound is wrong less than once in a hundred times.',
    differenceSchema,
  ),
  alikeWithin: maybe(
    "Differences up to this, to either side, count as alike: the experiment's rule for recovery.",
    z.number(),
  ),
  change: told(
    '`worse`, `better` and `alike` are shown; `unknown`: the samples do not suffice to say.',
    changeSchema,
  ),
  already: maybe(
    'Before any fault it had changed as well, so that the fault need not be why it differs.',
    z.literal(true),
  ),
  reason: text('Why it is so, as a sentence.'),
});

const findingSchema = z.strictObject({
  verdict: told('What it makes of a run.', verdictSchema),
  code: text('Its code.'),
  message: text('What was found.'),
});

const definitionSchema = z.strictObject({
  changes: told(
    'The first of them.',
    z.array(
      z.strictObject({
        path: text('Where in the definition.'),
        before: maybe('What stood there, as JSON; absent where nothing did.', z.string()),
        after: maybe('What stands there now, as JSON; absent where nothing does.', z.string()),
      }),
    ),
  ),
  more: count('How many there are besides.'),
});

/** What `steadfast report compare --json` prints. */
export const comparisonSchema = z.strictObject({
  schemaVersion: told('The version of this format.', z.literal(1)),
  report: told('What this is.', z.literal('comparison')),
  experiment: told(
    'The experiment of both runs.',
    z.strictObject({ id: text('Its id.'), title: text('Its title, as the second run has it.') }),
  ),
  outcome: told(
    '`not-shown`: nothing was shown to have changed, and of some figures nobody can tell. `mixed`: some are better, others worse.',
    z.enum(['worse', 'better', 'mixed', 'alike', 'not-shown']),
  ),
  summary: text('The outcome as sentences.'),
  before: told('The first run.', runSchema),
  after: told('The second run.', runSchema),
  unlike: told(
    'What differs between the two runs besides what was measured, as sentences; where there is anything, it may be why figures differ.',
    z.array(z.string()),
  ),
  definition: told('What was changed in the definition.', definitionSchema),
  verdict: told(
    'What became of the verdict.',
    z.strictObject({
      change: told('Whether the verdict is another, and better or worse.', changeSchema),
      reason: text('The same as a sentence.'),
    }),
  ),
  figures: told('Each figure that was judged in either run.', z.array(figureSchema)),
  recovery: told(
    'How soon steady state was back.',
    z.strictObject({
      before: maybe('Seconds, in the first run; absent where it was not seen.', z.number()),
      after: maybe('Seconds, in the second run; absent where it was not seen.', z.number()),
      change: told('A single time of each run has no bounds: only the objective tells.', changeSchema),
      reason: text('Why it is so, as a sentence.'),
    }),
  ),
  findings: told(
    'What else was found in one of the two alone.',
    z.strictObject({
      gone: told('Of the first run, not of the second.', z.array(findingSchema)),
      added: told('Of the second run, not of the first.', z.array(findingSchema)),
    }),
  ),
});

export type Comparison = z.output<typeof comparisonSchema>;
export type Change = z.output<typeof changeSchema>;
export type ComparedFigure = Comparison['figures'][number];
export type ComparedSide = z.output<typeof sideSchema>;
