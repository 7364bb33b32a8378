import { messageOf, SteadfastError } from '../../experiment/steadfast-error.ts';
import { exitCodes } from '../../experiment/verdict.ts';
import { readSet } from '../../plan/read-set.ts';
import { systemClock } from '../../probing/system-clock.ts';
import type { Journal } from '../../run/journal.ts';
import type { Progress } from '../../run/progress.ts';
import { exitCode } from '../exit-code.ts';
import { createInterruption, onSignals } from '../interruption.ts';
import { processIo } from '../io.ts';
import { nextThing } from '../next-thing.ts';
import { tellFailure } from '../program/tell-failure.ts';
import { writableFolder } from '../run-folder.ts';
import { tellResult } from '../tell-result.ts';
import { type News, orderSchema, settingsSchema } from './messages.ts';
import { rehearseOne, rejectOne } from './one-rehearsal.ts';
import { shown } from './shown.ts';
import { tellImport, toRehearse } from './to-rehearse.ts';

/** One rehearsal in a process of its own: it reads its definitions anew, and nothing else waits while it measures. */

const settings = settingsSchema.parse(JSON.parse(process.argv[2] ?? '{}'));
const io = processIo();

/** The view of this very run, where it has one. */
let view: Progress | undefined;

const { interruption, ask } = createInterruption({
  onFirst: () => view?.tell({ kind: 'note', atMs: systemClock.now(), text: 'The fault is being ended.' }),
  onSecond: () => process.exit(exitCodes.unrecovered),
  close: () => undefined,
});
// Whoever leads this process has the say.
onSignals(() => undefined);
process.on('message', (message) => {
  const order = orderSchema.safeParse(message);
  if (order.success) ask(order.data.reason);
});
// Whoever led this process is gone: what it has started ends with it. It may have gone before this was heard.
process.once('disconnect', () => process.exit(exitCode.interrupted));
if (!process.connected) process.exit(exitCode.interrupted);

/** Resolves once it has been handed on, so that the end of this process does not lose it. */
const tell = (news: News): Promise<void> =>
  new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send(news, undefined, {}, () => resolve());
  });

/** What is going on, to whoever shows many rehearsals at once. */
const told: Progress = {
  tell: (event) => {
    if (event.kind === 'phase' || event.kind === 'verdict') void tell({ kind: 'progress', event });
  },
};

async function rehearseAsTold(): Promise<Journal> {
  const { file, cwd, runId, outIsOwn, seed, stage, acceptInconclusive, shows } = settings;
  const asked = await toRehearse(file, cwd, settings);
  const { lab, project, words } = asked;
  if (shows) tellImport(io, asked);
  const out = await writableFolder(settings.out);
  if (asked.kind === 'refused') {
    const journal = await rejectOne({
      lab,
      runId,
      out,
      seed,
      experiment: asked.experiment,
      reasons: asked.reasons,
    });
    if (shows) tellResult(io, journal, out, nextThing(journal, project, words));
    return journal;
  }
  const { experiment, imported } = asked;
  const set = readSet(experiment.parsed, settings.set);
  const run = (progress: Progress) =>
    rehearseOne({
      experiment,
      lab,
      importedFrom: imported?.from,
      runId,
      out,
      outIsOwn,
      seed,
      set,
      stage,
      acceptInconclusive,
      interruption,
      progress,
    });
  if (!shows) return run(told);
  const journal = await shown(io, { experiment, lab, stage }, (progress) => {
    view = progress;
    return run(progress);
  });
  tellResult(io, journal, out, nextThing(journal, project, imported === undefined ? experiment.id : words));
  return journal;
}

try {
  const journal = await rehearseAsTold();
  await tell({ kind: 'concluded', verdict: journal.verdict });
  process.exitCode = exitCodes[journal.verdict];
} catch (cause) {
  const { code, message, hint } =
    cause instanceof SteadfastError
      ? cause
      : { code: 'internal' as const, message: messageOf(cause), hint: undefined };
  process.exitCode = settings.shows ? tellFailure(io, cause, false) : exitCode.failed;
  await tell({ kind: 'failed', failure: { code, message, ...(hint === undefined ? {} : { hint }) } });
}
// What a definition leaves open does not keep this process from ending.
process.exit();
