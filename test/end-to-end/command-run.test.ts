import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateScheduleCommand } from '@aws-sdk/client-scheduler';
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunFlags, runCommand } from '../../lib/cli/commands/run.ts';
import { capturedIo } from '../cli/captured-io.ts';
import { expectDocument } from '../cli/documents/expect-document.ts';
import { containing } from '../fakes/matching.ts';
import { staging } from '../plan/examples.ts';
import type { AwsRunOptions } from './aws-run.ts';
import { accountToRunIn, type RecordedRun, recordHeldAndDeviated } from './run-from-here.ts';

let machines: AwsRunOptions['machines'];
let recorded: { readonly held: RecordedRun; readonly deviated: RecordedRun };
let root: string;

beforeAll(async () => {
  ({ machines, recorded } = await recordHeldAndDeviated());
  root = mkdtempSync(join(tmpdir(), 'steadfast-run-'));
  mkdirSync(join(root, 'experiments', 'environments'), { recursive: true });
  writeFileSync(join(root, 'experiments', 'environments', 'staging.json'), JSON.stringify(staging));
}, 120_000);

afterAll(() => rmSync(root, { recursive: true }));

const held = (more: Parameters<typeof accountToRunIn>[2] = {}) =>
  accountToRunIn(recorded.held, machines.launcher, more);
const deviated = () => accountToRunIn(recorded.deviated, machines.launcher);

describe('steadfast run, against the real state machines and handlers', () => {
  it('shows the run as a rehearsal is shown, saves what it left, and ends with its verdict', async () => {
    const { outside, runId, listening } = held();
    const { io, out, err } = capturedIo(root);
    expect(await runCommand(io, 'slow-database', { env: 'staging' }, outside)).toBe(0);
    expect(runId()).toMatch(/^slow-database-\d{8}T\d{6}Z-/);
    // Every phase, in order, and figures between them.
    const phases = ['admit', 'baseline', 'stage 1 of 2', 'stage 2 of 2', 'recover', 'conclude'];
    const told = err()
      .split('\n')
      .flatMap(
        (line) => phases.find((phase) => line.includes(`  ${phase}`) && line.includes('waiting for')) ?? [],
      );
    expect([...new Set(told)]).toEqual(phases);
    expect(err()).toMatch(/products: [\d.]+\/s, p95 20 ms \(below 250ms\)/);
    expect(out()).toContain('held: ');
    expect(out()).toContain(`Report: .steadfast/runs/${runId()}/report.html`);
    const folder = join(root, '.steadfast', 'runs', runId());
    expect(readdirSync(folder).toSorted()).toEqual(['journal.json', 'report.html', 'samples.ndjson']);
    const journal = readFileSync(join(folder, 'journal.json'), 'utf8');
    expect(expectDocument('run', journal)).toMatchObject({ verdict: 'held' });
    expect(listening()).toBe(0);
  });

  it('ends with the verdict that is not held, and prints the journal alone where JSON is asked for', async () => {
    const { outside } = deviated();
    const { io, out } = capturedIo(root);
    expect(await runCommand(io, 'slow-database', { env: 'staging', json: true }, outside)).toBe(1);
    expect(expectDocument('run', out())).toMatchObject({ verdict: 'deviated' });
  });

  it('writes what a pipeline reads, and fails on what it chose', async () => {
    const { outside } = deviated();
    const { io, err } = capturedIo(root);
    const files = { junit: 'ci/junit.xml', markdown: 'ci/summary.md' };
    const failOn = new Set(['rejected'] as const);
    expect(await runCommand(io, 'slow-database', { env: 'staging', ...files, failOn }, outside)).toBe(0);
    expect(err()).toContain('By --fail-on, this does not fail on deviated.');
    expect(readFileSync(join(root, files.junit), 'utf8')).toMatch(
      /<failure message="[^"]+" type="deviated">/,
    );
    expect(readFileSync(join(root, files.markdown), 'utf8')).toMatch(
      /^## ❌ \*\*deviated\*\*: .+[\s\S]+\*\*Next:\*\* .+: `npx steadfast run slow-database --env staging`\n/,
    );
  });

  it('goes on through a network that fails, says so once, and misses nothing', async () => {
    const { outside, machines: asked, describe: answer, clock, filtered } = held();
    const lost = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    const isLost = () =>
      clock.now() > Date.parse('2026-01-01T00:01:00Z') && clock.now() < Date.parse('2026-01-01T00:02:00Z');
    asked.on(DescribeExecutionCommand).callsFake(() => {
      if (isLost()) throw lost;
      return answer();
    });
    const { io, err } = capturedIo(root);
    expect(await runCommand(io, 'slow-database', { env: 'staging' }, outside)).toBe(0);
    expect(err().match(/AWS cannot be reached/g)).toHaveLength(1);
    expect(err().match(/AWS answers again/g)).toHaveLength(1);
    expect(err()).toContain('stage 2 of 2');
    // Of five questions a second that all of an account share, a follower asks less than one.
    const seconds = (clock.now() - Date.parse('2026-01-01T00:00:00Z')) / 1_000;
    expect(filtered.commandCalls(FilterLogEventsCommand).length / seconds).toBeLessThan(1);
  });

  it('tells the verdict also to whoever may not read the log', async () => {
    const { outside, filtered } = held();
    filtered
      .on(FilterLogEventsCommand)
      .rejects(Object.assign(new Error('no'), { name: 'AccessDeniedException' }));
    const { io, err } = capturedIo(root);
    expect(await runCommand(io, 'slow-database', { env: 'staging' }, outside)).toBe(0);
    expect(err().match(/AWS refused logs:FilterLogEvents on arn:aws:logs/g)).toHaveLength(1);
  });

  it('tells the launcher’s own verdict where nothing of the run can be fetched', async () => {
    const { outside, bucket } = deviated();
    const { io, err, out } = capturedIo(root);
    const running = runCommand(io, 'slow-database', { env: 'staging', junit: 'alone.xml' }, outside);
    bucket.mock.rejects(Object.assign(new Error('Access Denied'), { name: 'AccessDenied' }));
    expect(await running).toBe(1);
    expect(err()).toContain('AWS refused s3:GetObject on s3://steadfast-staging-111111111111/runs/');
    expect(out()).toContain('deviated: see the journal');
    expect(readFileSync(join(root, 'alone.xml'), 'utf8')).toMatch(
      /tests="1" failures="1"[\s\S]+Next: npx steadfast show slow-database-/,
    );
  });

  it('returns once it has started where nobody wants to follow', async () => {
    const { outside, machines: asked } = held();
    const { io, out } = capturedIo(root);
    expect(
      await runCommand(
        io,
        'slow-database',
        { env: 'staging', detach: true, acceptInconclusive: true, stage: 2 },
        outside,
      ),
    ).toBe(0);
    expect(out()).toContain('Next:    npx steadfast show slow-database-');
    expect(asked.commandCalls(DescribeExecutionCommand)).toHaveLength(0);
    expect(asked.commandCalls(StartExecutionCommand)[0]?.args[0].input.input).toBe(
      '{"acceptInconclusive":true,"stage":2}',
    );
  });

  it('starts nothing where there is no such stage, or where the launcher would run all of them', async () => {
    const [{ outside, machines: asked }, { io }] = [held(), capturedIo(root)];
    const asks = (stage: number) => runCommand(io, 'slow-database', { env: 'staging', stage }, outside);
    await expect(asks(3)).rejects.toMatchObject({ code: 'invalid', hint: containing('1 to 2') });
    const older = JSON.stringify(machines.launcher).replaceAll('$$.Execution.Input.stage', '$$.none');
    asked.on(DescribeStateMachineCommand).resolves({ definition: older });
    await expect(asks(1)).rejects.toMatchObject({ code: 'cannot-begin' });
    expect(asked.commandCalls(StartExecutionCommand)).toEqual([]);
  });

  it('knows no experiment that is not deployed there, and proposes one that is', async () => {
    const { outside, machines: asked } = held();
    asked.rejects(Object.assign(new Error('none'), { name: 'StateMachineDoesNotExist' }));
    const { io } = capturedIo(root);
    await expect(runCommand(io, 'slow-databse', { env: 'staging' }, outside)).rejects.toMatchObject({
      code: 'unknown-id',
      message: "there is no experiment 'slow-databse' in staging (111111111111 eu-west-1)",
      hint: "did you mean 'slow-database'?",
    });
    expect(asked.commandCalls(StartExecutionCommand)).toHaveLength(0);
  });
});

describe('steadfast run --at', () => {
  const when = new Date('2026-01-01T10:00:00Z');
  const scheduled = () => {
    const fake = held();
    const scheduler = mockClient(fake.clients.scheduler);
    scheduler.on(CreateScheduleCommand).resolves({});
    const run = async (flags: Omit<RunFlags, 'env'>) => {
      const { io, out } = capturedIo(root);
      const code = await runCommand(io, 'slow-database', { env: 'staging', ...flags }, fake.outside);
      return { code, out: out() };
    };
    const made = () => scheduler.commandCalls(CreateScheduleCommand).map(({ args: [{ input }] }) => input);
    return { ...fake, run, made };
  };

  it('has the launcher started once, then, and says how not to have it', async () => {
    const { run, made, machines: asked } = scheduled();
    const name = 'steadfast-staging-slow-database-at-20260101T100000Z';
    const { code, out } = await run({ at: when });
    expect(code).toBe(0);
    expect(out).toContain('Starts once: slow-database in staging at 2026-01-01T10:00:00Z');
    expect(out).toContain(`aws scheduler delete-schedule --name ${name} --region eu-west-1`);
    expect(made()).toMatchObject([
      { Name: name, ScheduleExpression: 'at(2026-01-01T10:00:00)', ActionAfterCompletion: 'DELETE' },
    ]);
    expect(expectDocument('run', (await run({ at: when, json: true })).out)).toMatchObject({
      environment: 'staging',
      experiment: 'slow-database',
      name,
      at: '2026-01-01T10:00:00Z',
    });
    expect(asked.commandCalls(StartExecutionCommand)).toHaveLength(0);
  });

  it.each<[string, Omit<RunFlags, 'env'>, object]>([
    ['a time that is past', { at: new Date('2025-12-31T10:00:00Z') }, { code: 'invalid' }],
    ['what only a person decides', { at: when, acceptInconclusive: true }, { code: 'usage' }],
    ['something set', { at: when, set: [] }, { code: 'usage', hint: containing('leave out --set') }],
  ])('is refused with %s', async (_what, flags, refusal) => {
    const { run, made } = scheduled();
    await expect(run(flags)).rejects.toMatchObject(refusal);
    expect(made()).toEqual([]);
  });
});

/** Ctrl-C is pressed at the fifth look. */
function interrupted(more: Parameters<typeof accountToRunIn>[2]) {
  const fake = held(more);
  let looks = 0;
  fake.machines.on(DescribeExecutionCommand).callsFake(() => {
    looks += 1;
    if (looks === 5) fake.signal();
    return fake.describe();
  });
  return fake;
}

describe('Ctrl-C', () => {
  it('before the run began ends the command, and starts nothing', async () => {
    const { outside, signal, machines: asked } = held();
    const { io } = capturedIo(root);
    const out = join(root, 'never');
    const running = runCommand(io, 'slow-database', { env: 'staging', out }, outside);
    signal();
    await expect(running).rejects.toMatchObject({ code: 'interrupted' });
    expect(asked.commandCalls(StartExecutionCommand)).toHaveLength(0);
  });

  it.each<[string, readonly (string | undefined)[] | undefined]>([
    ['a terminal, where it asks', ['x', 'd']],
    ['a terminal, where Ctrl-C again is an answer', [undefined]],
    ['no terminal', undefined],
  ])(
    'afterwards detaches from %s: the run goes on, and nobody knows its verdict',
    async (_where, answers) => {
      const fake = interrupted(answers === undefined ? {} : { answers });
      const { io, err, out } = capturedIo(root);
      expect(await runCommand(io, 'slow-database', { env: 'staging' }, fake.outside)).toBe(130);
      expect(err()).toContain('Detached: the run goes on. Its state: npx steadfast show slow-database-');
      expect(out()).toBe('');
      expect(fake.questions).toHaveLength(answers?.length ?? 0);
      expect(fake.listening()).toBe(0);
    },
  );

  it('halts the run where that is the answer, and follows it to its end', async () => {
    const fake = interrupted({ answers: ['h'] });
    fake.machines
      .on(StartExecutionCommand, {
        stateMachineArn: 'arn:aws:states:eu-west-1:111111111111:stateMachine:steadfast-halt-staging',
      })
      .resolves({ executionArn: 'halt-1' });
    const output = { locked: false, stopped: [{ id: 'EXP1' }], runs: [], safetyLever: 'not asked for' };
    fake.machines
      .on(DescribeExecutionCommand, { executionArn: 'halt-1' })
      .resolves({ status: 'SUCCEEDED', output: JSON.stringify(output) });
    const { io, err } = capturedIo(root);
    const running = runCommand(io, 'slow-database', { env: 'staging' }, fake.outside);
    expect(await running).toBe(0);
    expect(err()).toContain('Stopped: FIS experiment EXP1.');
    const [, halt] = fake.machines.commandCalls(StartExecutionCommand);
    expect(JSON.parse(halt?.args[0].input.input ?? '{}')).toMatchObject({
      run: containing('slow-database-'),
      reason: 'Ctrl-C was pressed',
    });
  });

  it('goes on to follow the run where that is the answer', async () => {
    const fake = interrupted({ answers: ['c'] });
    const { io, out } = capturedIo(root);
    expect(await runCommand(io, 'slow-database', { env: 'staging' }, fake.outside)).toBe(0);
    expect(fake.questions).toHaveLength(1);
    expect(out()).toContain('held: ');
  });

  it('follows the run though it could not be halted, says so, and lets go of it the next time', async () => {
    const fake = interrupted({});
    let times = 0;
    const haltArn = 'arn:aws:states:eu-west-1:111111111111:stateMachine:steadfast-halt-staging';
    const denied = Object.assign(new Error('no'), { name: 'AccessDeniedException' });
    fake.machines.on(StartExecutionCommand, { stateMachineArn: haltArn }).callsFake(() => {
      times += 1;
      // Pressed again once it is told.
      void fake.clock.sleep(10_000).then(() => fake.signal());
      throw denied;
    });
    mockClient(fake.clients.fis).rejects(denied);
    const { io, err } = capturedIo(root);
    const flags = { env: 'staging', onInterrupt: 'halt' } as const;
    expect(await runCommand(io, 'slow-database', flags, fake.outside)).toBe(130);
    expect(times).toBeGreaterThan(0);
    expect(err()).toContain('The run could not be halted: ');
  });
});
