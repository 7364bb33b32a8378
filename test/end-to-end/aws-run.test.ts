import { PublishCommand } from '@aws-sdk/client-sns';
import { beforeAll, describe, expect, it } from 'vitest';
import { synthesized } from '../cdk/synthesized.ts';
import { containing, matching, withFields } from '../fakes/matching.ts';
import { slowDatabase, staging } from '../plan/examples.ts';
import { openDatabase } from '../plan/opened.ts';
import { type AwsRun, type AwsRunOptions, createAccountToRunIn, runInAws, runnerInputIn } from './aws-run.ts';

const well = { status: 200, latencyMs: 20 };
const slow = { status: 200, latencyMs: 800 };

let machines: AwsRunOptions['machines'];

beforeAll(() => {
  machines = synthesized();
}, 60_000);

/** No experiment may be left in any state but its end, and nothing may be held by a run that is over. */
function expectNothingLeft({ aws }: AwsRun) {
  const active = aws.fis.experiments().filter(({ status }) => status !== 'completed' && status !== 'stopped');
  expect(active).toEqual([]);
  const items = [...aws.table.items.values()];
  expect(items.filter(({ pk, runId }) => pk === 'LIVE' || (pk === 'LEASE' && runId !== undefined))).toEqual(
    [],
  );
}

const faultsStarted = ({ aws }: AwsRun) => aws.fis.experiments().filter(({ skipsAll }) => !skipsAll);

describe('a run in AWS, from the synthesized launcher through the synthesized runner and the real handlers', () => {
  it('holds when the system withstands every stage', async () => {
    const run = await runInAws({ machines, sees: () => well });
    const stage = (hit: number) => ({
      fisStatus: 'completed',
      bite: [{ fault: 'slow', bit: true }],
      targets: Array.from({ length: hit }, () => ({ fault: 'slow' })),
    });
    expect(run.journal).toMatchObject({
      runId: 'run-1',
      verdict: 'held',
      mode: 'aws',
      recovery: { met: true },
      stages: [stage(1), stage(2), stage(4)],
    });
    expect(run.runner).toMatchObject({ status: 'succeeded', output: { next: 'done', verdict: 'held' } });
    expect(run.launcher.status).toBe('succeeded');
    expect(run.counted).toEqual(['held']);
    expect(run.aws.topic.calls()).toHaveLength(0);
    expectNothingLeft(run);
  });

  it('deviates when a tolerance is missed: the watch has FIS stop the fault long before its time, and no further stage starts', async () => {
    const run = await runInAws({ machines, sees: (injecting) => (injecting ? slow : well) });
    expect(run.journal).toMatchObject({
      verdict: 'deviated',
      stages: [{ fisStatus: 'stopped', halt: { by: 'watch' } }],
    });
    const [stage] = run.journal.stages;
    expect(Date.parse(stage?.end ?? '') - Date.parse(stage?.start ?? '')).toBeLessThan(30_000);
    expect(faultsStarted(run)).toHaveLength(1);
    expect(run.runner.status).toBe('succeeded');
    expect(run.launcher).toMatchObject({ status: 'failed', error: 'deviated' });
    expect(run.aws.topic.commandCalls(PublishCommand)).toHaveLength(1);
    expectNothingLeft(run);
  });

  it('is halted when a guard stops the fault', async () => {
    const run = await runInAws({ machines, sees: () => well, fis: { guardFiresAfterMs: 30_000 } });
    expect(run.journal).toMatchObject({
      verdict: 'halted',
      stages: [{ fisStatus: 'stopped', halt: { by: 'guard' } }],
    });
    expect(faultsStarted(run)).toHaveLength(1);
    expect(run.launcher.error).toBe('halted');
    expect(run.counted).toEqual(['halted']);
    expectNothingLeft(run);
  });

  it("is halted when production's alarm fires, which FIS does not watch and the runner polls", async () => {
    const production = {
      alarm: 'arn:aws:cloudwatch:eu-west-1:222222222222:alarm:errors',
      readBy: 'arn:aws:iam::222222222222:role/reads-alarms',
      watches: 'production',
    };
    const environment = { ...staging, guards: { ...staging.guards, production } };
    const run = await runInAws({
      machines: synthesized(slowDatabase, environment),
      sees: () => well,
      foreignAlarm: (injecting) => (injecting ? 'ALARM' : 'OK'),
    });
    expect(run.journal).toMatchObject({
      verdict: 'halted',
      stages: [{ fisStatus: 'stopped', halt: { by: 'guard', reason: containing('guard production') } }],
      guards: [
        { guard: 'shopErrors', watchedBy: 'fis' },
        { guard: 'production', watchedBy: 'runner' },
      ],
    });
    const [stage] = run.journal.stages;
    expect(Date.parse(stage?.end ?? '') - Date.parse(stage?.start ?? '')).toBeLessThan(10_000);
    expect(faultsStarted(run)).toHaveLength(1);
    expect(run.launcher.error).toBe('halted');
    expect(run.journal.checks.find(({ check }) => check === 'guards')?.evidence).toContain(
      'production is ok (FIS does not watch it, the runner polls it)',
    );
    expectNothingLeft(run);
  });

  it('is rejected when FIS may not be started, and says which permission it lacks', async () => {
    const run = await runInAws({ machines, sees: () => well, fis: { deniesStart: true } });
    expect(run.journal.verdict).toBe('rejected');
    const message = containing(
      'fis:StartExperiment on experiment-template/EXT-steadfast-staging-slow-database-1',
    );
    expect(run.journal.findings).toContainEqual(withFields({ rejection: 'permission', message }));
    expect(faultsStarted(run)).toEqual([]);
    expect(run.launcher.error).toBe('rejected');
    expectNothingLeft(run);
  });

  it('stops the fault and is errored when the function that observes the stage dies', async () => {
    const dies = (step: string) => (step === 'observeStage' ? new Error('out of memory') : undefined);
    const run = await runInAws({ machines, sees: () => well, dies });
    expect(run.journal).toMatchObject({ verdict: 'errored', stages: [{ fisStatus: 'stopped' }] });
    expect(run.journal.findings).toContainEqual(withFields({ message: containing('out of memory') }));
    expect(run.runner.path).toContain('End fault');
    expect(run.launcher.error).toBe('errored');
    expectNothingLeft(run);
  });

  it('stops the fault even when it has to be tried again and again', async () => {
    let deaths = 4;
    const dies = (step: string) => {
      if (step !== 'endFault' || deaths === 0) return undefined;
      deaths -= 1;
      return new Error('out of memory');
    };
    const run = await runInAws({ machines, sees: (injecting) => (injecting ? slow : well), dies });
    expect(deaths).toBe(0);
    expect(run.journal).toMatchObject({ verdict: 'deviated', stages: [{ fisStatus: 'stopped' }] });
    expectNothingLeft(run);
  });

  it('starts nothing when what the selector matches carries the tag of another environment', async () => {
    const run = await runInAws({ machines, sees: () => well, tags: { Env: 'production', Service: 'shop' } });
    expect(run.journal).toMatchObject({ verdict: 'rejected', stages: [] });
    expect(run.aws.fis.experiments()).toEqual([]);
    expectNothingLeft(run);
  });

  it('is rejected when the core no longer lists the experiment, and names the stack that still starts it', async () => {
    const run = await runInAws({ machines, sees: () => well, listed: ['stop-tasks'] });
    expect(run.journal).toMatchObject({
      verdict: 'rejected',
      findings: [
        {
          rejection: 'outdated',
          message: "Not admitted: the core of staging no longer lists 'slow-database'.",
          hint: containing('the stack steadfast-staging-experiments-team-shop again, or delete it'),
        },
      ],
      stages: [],
    });
    expect(run.aws.fis.experiments()).toEqual([]);
    expect(run.aws.topic.commandCalls(PublishCommand)).toHaveLength(1);
  });

  it.each([
    [
      'locked',
      'while the safety lever is engaged',
      { fis: { lever: 'engaged' as const } },
      'the safety lever of FIS is engaged',
    ],
    [
      'outdated',
      'when another plan of it is deployed',
      { listed: ['slow-database', '=000000000000'] },
      "staging is deployed with another plan of 'slow-database'",
    ],
  ])('is rejected as %s %s', async (rejection, _, change, message) => {
    const run = await runInAws({ machines, sees: () => well, ...change });
    expect(run.journal.findings).toEqual([withFields({ rejection, message: containing(message) })]);
    expect(run.aws.fis.experiments()).toEqual([]);
    expect(run.launcher.error).toBe('rejected');
    expectNothingLeft(run);
  });

  it('starts nothing when the tasks are not made for the fault, and says all that has to be mended', async () => {
    const taskChanges = {
      definition: { pidMode: undefined, containerDefinitions: [{ name: 'shop', image: 'shop:1' }] },
      task: { enableExecuteCommand: true },
    };
    const run = await runInAws({ machines, sees: () => well, taskChanges });
    expect(run.journal).toMatchObject({ verdict: 'rejected', stages: [] });
    const mended = run.journal.findings.map(({ rejection, hint }) => `${rejection}: ${hint}`);
    expect(mended).toEqual([
      containing('targets: Add a container with the image public.ecr.aws/amazon-ssm-agent'),
      containing('targets: Set enableExecuteCommand of the service to false'),
      containing('targets: Set pidMode to task'),
    ]);
    expect(run.aws.fis.experiments()).toEqual([]);
    expect(run.launcher.error).toBe('rejected');
    expectNothingLeft(run);
  });

  it('is errored, with everything stopped, when FIS did not confirm that a preview is one', async () => {
    const run = await runInAws({ machines, sees: () => well, fis: { ignoresActionsMode: true } });
    expect(run.journal.verdict).toBe('errored');
    const message = containing('FIS did not confirm that experiment EXP1 skips its actions');
    expect(run.journal.findings).toContainEqual(withFields({ message }));
    expect(run.aws.fis.experiments()).toEqual([withFields({ status: matching(/^stopp(ing|ed)$/) })]);
  });
});

describe('two launchers that are started at once', () => {
  it('run one and refuse the other as busy, which touches nothing and says whom it met', async () => {
    const start = createAccountToRunIn({ machines, sees: () => well });
    const runs = await Promise.all([
      start({ name: 'run-1', input: {} }),
      start({ name: 'run-2', input: {} }),
    ]);
    // Which of them comes first is left to chance.
    const [held, refused] = runs[0].journal.verdict === 'held' ? runs : [runs[1], runs[0]];
    expect(held.journal.verdict).toBe('held');
    const message = containing(`run ${held.journal.runId} holds a service that this one touches`);
    expect(refused.journal).toMatchObject({
      verdict: 'rejected',
      findings: [{ rejection: 'busy', message }],
      stages: [],
    });
    expect(held.launcher.status).toBe('succeeded');
    expect(refused.launcher).toMatchObject({ status: 'failed', error: 'rejected' });
    const started = held.aws.fis.experiments().map(({ tags }) => tags['steadfast:run']);
    expect(new Set(started)).toEqual(new Set([held.journal.runId]));
    expect(held.counted.toSorted()).toEqual(['held', 'rejected']);
    expectNothingLeft(held);
  });
});

describe('a launcher that is started with what the definition opens', () => {
  let open: AwsRunOptions['machines'];
  beforeAll(() => {
    open = synthesized(openDatabase);
  });

  it('runs the stages that were deployed for it, and the journal says what was set', async () => {
    const start = { name: 'run-1', input: { set: { delay: '1s' } } };
    const run = await runInAws({ machines: open, sees: () => well, start });
    expect(run.journal).toMatchObject({ verdict: 'held', set: { delay: '1s' } });
    const templates = faultsStarted(run).map(({ templateId }) => templateId);
    const usual = runnerInputIn(open.launcher).stages.map(({ templateId }) => templateId);
    expect(templates).toHaveLength(usual.length);
    expect(templates.filter((template) => usual.includes(template))).toEqual([]);
    expectNothingLeft(run);
  });

  it('is rejected where a name is set that nothing opens, and says what is open', async () => {
    const start = { name: 'run-1', input: { set: { delay: '1s', colour: 'red' } } };
    const run = await runInAws({ machines: open, sees: () => well, start });
    expect(run.journal).toMatchObject({
      verdict: 'rejected',
      findings: [{ rejection: 'invalid', hint: containing('Open to be set: delay (500ms, 1s, 2s)') }],
    });
    expect(run.aws.fis.experiments()).toEqual([]);
    expect(run.launcher.error).toBe('rejected');
  });
});
