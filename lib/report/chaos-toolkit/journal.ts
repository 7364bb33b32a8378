import { exitCodes } from '../../experiment/verdict.ts';
import type { Journal } from '../../run/journal.ts';
import { methodOf, rollbackRuns, rollbacksOf, runOf } from './activities.ts';
import { type ToldDefinition, toldDefinition } from './definition.ts';
import { endingOf } from './ending.ts';
import { limitsIn, probeActivity } from './probes.ts';
import type { ChaosToolkitExperiment, ChaosToolkitJournal } from './schema.ts';
import { steadyStates } from './states.ts';
import { span } from './time.ts';

/** The version of the library whose journals these are like: its reporting chooses its template by it. */
const chaoslibVersion = '1.45.0';

/** A run as a journal of Chaos Toolkit, in the order in which its library writes the keys. */
export function chaosToolkitJournal(journal: Journal): ChaosToolkitJournal {
  const definition = toldDefinition(journal.experiment.definition);
  const { start, end, duration } = span(journal.start, journal.end);
  return {
    'chaoslib-version': chaoslibVersion,
    platform: journal.mode === 'rehearsal' ? 'Steadfast, in a lab on one machine' : 'Steadfast, in AWS',
    node: journal.environment.id,
    experiment: experimentOf(journal, definition),
    start,
    ...endingOf(journal),
    steady_states: steadyStates(journal, definition),
    run: runOf(journal),
    rollbacks: rollbackRuns(journal, definition),
    end,
    duration,
    'x-steadfast': own(journal),
  };
}

function experimentOf(journal: Journal, definition: ToldDefinition): ChaosToolkitExperiment {
  const { id, hash } = journal.experiment;
  // Chaos Toolkit has no experiment without a title, and a definition that was refused may have none.
  const title = journal.experiment.title || id;
  const hypothesis = definition.hypothesis || title;
  return {
    version: '1.0.0',
    title,
    description: definition.description || hypothesis,
    tags: [
      ...new Set([journal.mode, journal.environment.id, ...(definition.owner ? [definition.owner] : [])]),
    ],
    extensions: [{ name: 'steadfast', experiment: id, hash }],
    'steady-state-hypothesis': {
      title: hypothesis,
      probes: limitsIn(journal).map((limit) => probeActivity(limit, definition)),
    },
    method: methodOf(definition),
    rollbacks: rollbacksOf(definition),
  };
}

/** What the format has no words for: above all the verdict, which is finer than its status. */
const own = (journal: Journal): ChaosToolkitJournal['x-steadfast'] => ({
  runId: journal.runId,
  verdict: journal.verdict,
  exitCode: exitCodes[journal.verdict],
  summary: journal.summary,
  findings: journal.findings,
  wouldHaveMissed: journal.wouldHaveMissed,
  mode: journal.mode,
  environment: journal.environment,
  pace: journal.pace,
  seed: journal.seed,
  ...(journal.recovery === undefined
    ? {}
    : {
        recovery: {
          seconds: journal.recovery.seconds ?? null,
          objective: journal.recovery.objective,
          met: journal.recovery.met ?? null,
        },
      }),
  samples: journal.samples,
  ...(journal.experiment.importedFrom === undefined ? {} : { importedFrom: journal.experiment.importedFrom }),
});
