import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { sidecarScript } from '../../../lib/cdk/fault-ready/sidecar-script.ts';

export const task = 'arn:aws:ecs:eu-west-1:111111111111:task/staging/0a1b2c';
const metadata = JSON.stringify({
  Cluster: 'staging',
  TaskARN: task,
  AvailabilityZone: 'eu-west-1b',
  Containers: [{ Name: 'shop', Labels: { 'com.amazonaws.ecs.task-arn': task } }],
});

/** What stands in for the commands of the image. Each writes down how it was called. */
const standIns = {
  curl: `echo "curl $*" >> "$LOG"; printf '%s' '${metadata}'`,
  sleep: 'echo "sleep $*" >> "$LOG"',
  ps: ':',
  aws: `echo "aws $*" >> "$LOG"
if [ "$2" = create-activation ]; then
  if [ -s "$REFUSALS" ]; then sed -i 1d "$REFUSALS"; echo 'ValidationException: no such role' >&2; exit 254; fi
  printf 'activation-1\\tcode-1\\n'
fi`,
  'amazon-ssm-agent': `echo "agent $*" >> "$LOG"
if [ "\${1:-}" = -register ]; then
  echo '{"ManagedInstanceID":"mi-0123","Region":"eu-west-1"}' > "$SSM_REGISTRATION"
else
  exec "$NODE" -e 'process.on("SIGTERM", () => { require("fs").appendFileSync(process.env.LOG, "agent ended\\n"); process.exit(0); }); setInterval(() => {}, 1e6); process.stderr.write("agent runs\\n");'
fi`,
} as const;

const jq = `let text = '';
process.stdin.on('data', (part) => { text += part; }).on('end', () => {
  const value = JSON.parse(text)[process.argv[3].slice(1).split(' ')[0]];
  if (value !== undefined) console.log(value);
});`;

/** A folder of commands that the sidecar's script is run with, instead of those of its image, and nothing else. */
export class SidecarMachine {
  private readonly folder = mkdtempSync(join(tmpdir(), 'steadfast-sidecar-'));
  private readonly log = join(this.folder, 'log');
  private process: ChildProcess | undefined;
  /** Its exit code, once all that it said has been read. */
  private ended: Promise<number | null> = Promise.resolve(null);
  readonly said: string[] = [];

  constructor() {
    writeFileSync(this.log, '');
    writeFileSync(join(this.folder, 'refusals'), '');
    writeFileSync(join(this.folder, 'jq.cjs'), jq);
    for (const [name, script] of Object.entries(standIns)) this.command(name, script);
    this.command('jq', `exec "$NODE" '${join(this.folder, 'jq.cjs')}' "$@"`);
    for (const tool of ['sed', 'cut', 'cat', 'rm']) symlinkSync(found(tool), join(this.folder, tool));
  }

  command(name: string, script: string): void {
    const file = join(this.folder, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  }

  without(name: string): void {
    rmSync(join(this.folder, name));
  }

  /** Systems Manager gives no activation so many times. */
  refuses(times: number): void {
    writeFileSync(join(this.folder, 'refusals'), 'no\n'.repeat(times));
  }

  /** Starts the script, as ECS starts the container. */
  start(): void {
    this.process = spawn('/bin/sh', ['-c', sidecarScript], {
      stdio: ['ignore', 'inherit', 'pipe'],
      env: {
        PATH: this.folder,
        HOME: this.folder,
        LOG: this.log,
        NODE: process.execPath,
        REFUSALS: join(this.folder, 'refusals'),
        SSM_REGISTRATION: join(this.folder, 'registration'),
        ECS_CONTAINER_METADATA_URI_V4: 'http://169.254.170.2/v4/0a1b',
        MANAGED_INSTANCE_ROLE_NAME: 'instances',
        ENVIRONMENT_TAG: '{"Key":"Env","Value":"staging"}',
      },
    });
    const { process: started } = this;
    this.ended = once(started, 'close').then(() => started.exitCode);
  }

  /** Waits until the script, or a command of it, says something. */
  async says(text: string): Promise<void> {
    for await (const line of createInterface({ input: this.running.stderr ?? process.stdin })) {
      this.said.push(line);
      if (line.includes(text)) return;
    }
    throw new Error(`it never said '${text}', but: ${this.said.join('\n')}`);
  }

  /** Ends the script as ECS does, and waits for it. */
  async stop(): Promise<number | null> {
    this.running.kill('SIGTERM');
    return this.end();
  }

  /** The exit code, once the script has ended by itself. */
  async end(): Promise<number | null> {
    this.running.stderr?.on('data', (part: Buffer) => this.said.push(String(part))).resume();
    return this.ended;
  }

  /** How commands were called, in order. */
  get calls(): readonly string[] {
    return readFileSync(this.log, 'utf8').split('\n').filter(Boolean);
  }

  dispose(): void {
    this.process?.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get running(): ChildProcess {
    if (this.process === undefined) throw new Error('the sidecar has not been started');
    return this.process;
  }
}

function found(tool: string): string {
  const file = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, tool))
    .find(existsSync);
  if (file === undefined) throw new Error(`this machine has no ${tool}`);
  return file;
}
