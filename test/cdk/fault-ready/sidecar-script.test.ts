import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { sidecarScript } from '../../../lib/cdk/fault-ready/sidecar-script.ts';
import { SidecarMachine, task } from './sidecar-machine.ts';

const deleted = 'aws ssm delete-activation --region eu-west-1 --activation-id activation-1';
const deregistered = 'aws ssm deregister-managed-instance --region eu-west-1 --instance-id mi-0123';
const tagsSchema = z.array(z.strictObject({ Key: z.string(), Value: z.string() }));

describe("the sidecar's script", () => {
  let machine: SidecarMachine;

  beforeEach(() => {
    machine = new SidecarMachine();
  });

  afterEach(() => {
    machine.dispose();
  });

  it('is shell that any shell reads', () => {
    const { status, stderr } = spawnSync('/bin/sh', ['-n'], { input: sidecarScript, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it("registers its task with FIS's tags and the environment's, then undoes it when the task is stopped", async () => {
    machine.start();
    await machine.says('agent runs');
    const [asked, created = '', registered, runs, ...more] = machine.calls;
    expect(asked).toBe('curl -fsS --retry 5 http://169.254.170.2/v4/0a1b/task');
    expect(created).toContain('--region eu-west-1 --iam-role instances --registration-limit 1');
    const tags = tagsSchema.parse(JSON.parse(/--tags (\[.*?\]) --query/.exec(created)?.[1] ?? ''));
    expect(Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]))).toEqual({
      ECS_TASK_ARN: task,
      ECS_TASK_AVAILABILITY_ZONE: 'eu-west-1b',
      FAULT_INJECTION_SIDECAR: 'true',
      Env: 'staging',
    });
    expect(registered).toBe('agent -register -y -code code-1 -id activation-1 -region eu-west-1');
    expect([runs, more]).toEqual(['agent ', []]);

    expect(await machine.stop()).toBe(0);
    expect(machine.calls.slice(4)).toEqual([deleted, deregistered, 'agent ended']);
  });

  it('asks again while IAM does not know the role yet', async () => {
    machine.refuses(3);
    machine.start();
    await machine.says('agent runs');
    expect(machine.calls.filter((call) => call.includes('create-activation'))).toHaveLength(4);
    expect(machine.calls.filter((call) => call === 'sleep 6')).toHaveLength(3);
    expect(await machine.stop()).toBe(0);
  });

  it('gives up when there is no activation, and says what that means', async () => {
    machine.refuses(100);
    machine.start();
    expect(await machine.end()).toBe(1);
    expect(machine.said.join('')).toContain('gave no activation, so this task cannot be hit');
    expect(machine.calls.filter((call) => call.includes('create-activation'))).toHaveLength(10);
    expect(machine.calls).not.toContain(deleted);
  });

  it('leaves no activation behind when the agent cannot register', async () => {
    machine.command('amazon-ssm-agent', 'exit 1');
    machine.start();
    expect(await machine.end()).toBe(1);
    expect(machine.calls).toContain(deleted);
    expect(machine.calls).not.toContain(deregistered);
  });

  it('undoes its registration when the agent ends by itself', async () => {
    machine.command(
      'amazon-ssm-agent',
      'if [ "$1" = -register ]; then echo \'{"ManagedInstanceID":"mi-0123"}\' > "$SSM_REGISTRATION"; fi',
    );
    machine.start();
    expect(await machine.end()).toBe(1);
    expect(machine.said.join('')).toContain('the agent has ended');
    expect(machine.calls.slice(-2)).toEqual([deleted, deregistered]);
  });

  it('ends quietly when the task is stopped before it has registered anything', async () => {
    machine.command('curl', 'kill -TERM $PPID; echo "{}"');
    machine.start();
    expect(await machine.end()).toBe(0);
    expect(machine.calls).toEqual([]);
  });

  it.each(['not JSON at all', '{}', `{"TaskARN":"${task}"}`])('gives up when ECS says %s', async (answer) => {
    machine.command('curl', `echo '${answer}'`);
    machine.start();
    expect(await machine.end()).toBe(1);
    expect(machine.said.join('')).toContain('ECS did not say which task this is');
    expect(machine.calls).toEqual([]);
  });

  it.each(['dnf', 'yum'])('installs with %s what the image lacks', async (manager) => {
    machine.without('aws');
    machine.command(
      manager,
      `echo "${manager} $*" >> "$LOG"
printf '#!/bin/sh\\necho aws-installed >> "$LOG"\\nexit 1\\n' > "$PATH/aws"
"$NODE" -e 'require("fs").chmodSync(process.env.PATH + "/aws", 0o755)'`,
    );
    machine.start();
    await machine.end();
    expect(machine.calls[0]).toBe(`${manager} install -y -q awscli jq procps`);
    expect(machine.calls).toContain('aws-installed');
  });

  it('gives up where it lacks tools and cannot install them', async () => {
    machine.without('aws');
    machine.start();
    expect(await machine.end()).toBe(1);
    expect(machine.said.join('')).toContain('nor a package manager');
  });
});
