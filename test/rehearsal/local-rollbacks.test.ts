import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { experimentSchema } from '../../lib/experiment/experiment.ts';
import { labSchema } from '../../lib/experiment/lab.ts';
import { systemClock } from '../../lib/probing/system-clock.ts';
import { createLocalRollbacks } from '../../lib/rehearsal/local-rollbacks.ts';
import type { Clock } from '../../lib/run/ports.ts';
import { temporaryProject } from '../definitions/temporary-project.ts';
import { shopLab, slowDatabase } from '../plan/examples.ts';
import { serve, serveTcp } from '../probing/loopback.ts';

function rollbacks(
  rollback: object,
  lab: object = {},
  urls: Record<string, string> = {},
  clock: Clock = systemClock,
) {
  const folder = temporaryProject({
    'undo.mjs':
      "import { writeFileSync } from 'node:fs';\nwriteFileSync('undone', process.env.STEADFAST_RUN);\n",
    'fail.mjs': "console.error('first words');\nconsole.error('it is broken');\nprocess.exit(3);\n",
    // Starts a child that outlives it unless the whole group is ended.
    'hang.mjs':
      "import { spawn } from 'node:child_process';\n" +
      "const connect = \"require('node:net').connect(Number(process.argv[1]), '127.0.0.1')\";\n" +
      "spawn(process.execPath, ['-e', connect, process.argv[2]], { stdio: 'ignore' });\nsetInterval(() => {}, 1000);\n",
  });
  const ports = createLocalRollbacks({
    experiment: experimentSchema.parse({
      ...slowDatabase,
      rollbacks: { undo: { ...rollback, provenBy: 'products' } },
    }),
    lab: labSchema.parse({ ...shopLab, ...lab }),
    folder,
    logFolder: join(folder, 'logs'),
    clock,
    urls,
    secret: async () => 'secret',
  });
  return { folder, perform: (timeoutMs = 20_000) => ports.perform('undo', 'run-1', timeoutMs) };
}

describe('a rollback in a lab', () => {
  it('by command runs in the lab’s folder and is given the run’s id', async () => {
    const { folder, perform } = rollbacks({ command: ['node', 'undo.mjs'] });
    expect(await perform()).toBe('node undo.mjs ended with exit code 0');
    expect(readFileSync(join(folder, 'undone'), 'utf8')).toBe('run-1');
  });

  it('by a function or a document is the command that the lab has for it', async () => {
    const played = { undo: { command: ['node', 'undo.mjs'] } };
    const byFunction = rollbacks({ lambda: { function: 'undo' } }, { functions: played });
    expect(await byFunction.perform()).toContain('exit code 0');
    const byDocument = rollbacks({ ssmAutomation: { document: 'undo' } }, { documents: played });
    expect(await byDocument.perform()).toContain('exit code 0');
    const unknown = rollbacks(
      { lambda: { function: 'undo' } },
      { functions: { undo: { notRehearsable: 'no' } } },
    );
    await expect(unknown.perform()).rejects.toThrow("lab 'shop' has no command for the function 'undo'");
  });

  it('by request asks the service', async () => {
    const url = await serve((request, response) =>
      response.writeHead(request.headers['x-steadfast-run'] === 'run-1' ? 200 : 400).end(),
    );
    const { perform } = rollbacks(
      { http: { service: 'shop', path: '/undo', method: 'POST' } },
      {},
      { shop: url },
    );
    expect(await perform()).toBe('POST /undo of shop answered with status 200');
  });

  it('that fails says how, and what it said last', async () => {
    const { perform } = rollbacks({ command: ['node', 'fail.mjs'] });
    await expect(perform()).rejects.toThrow(
      'node fail.mjs ended with exit code 3, and said last: it is broken',
    );
    const missing = rollbacks({ command: ['no-such-program-here'] });
    await expect(missing.perform()).rejects.toThrow(/'no-such-program-here' does not exist/);
  });

  it('that does not end in time is ended, with all that it has started', async () => {
    const started = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<void>();
    const url = await serveTcp((socket) => {
      socket.resume().once('close', () => ended.resolve());
      started.resolve();
    });
    const overOnceStarted: Clock = { now: () => systemClock.now(), sleep: () => started.promise };
    const command = ['node', 'hang.mjs', new URL(url).port];
    const { perform } = rollbacks({ command }, {}, {}, overOnceStarted);
    await expect(perform(1_500)).rejects.toThrow(/^node hang.mjs \d+ did not end within 1500 ms$/);
    await ended.promise;
  });

  it('that the experiment does not have is none', async () => {
    const ports = createLocalRollbacks({
      experiment: experimentSchema.parse(slowDatabase),
      lab: labSchema.parse(shopLab),
      folder: '.',
      logFolder: '.',
      clock: systemClock,
      urls: {},
      secret: async () => '',
    });
    await expect(ports.perform('undo', 'r', 1)).rejects.toThrow("there is no rollback 'undo'");
  });
});
