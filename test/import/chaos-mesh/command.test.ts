import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { commandHere } from '../../cli/command-here.ts';
import { staging } from './examples.ts';
import { packetLoss, podFailure } from './practice.ts';

const printed = z.looseObject({
  ok: z.boolean(),
  format: z.string(),
  definitions: z.array(z.looseObject({ text: z.string() })),
  fields: z.array(
    z.looseObject({ path: z.string(), outcome: z.enum(['mapped', 'approximated', 'refused']) }),
  ),
  mended: z.looseObject({ diff: z.string() }).optional(),
});

const project = {
  'experiments/environments/staging.json': staging,
  'pod.yaml': podFailure,
  'network.yaml': packetLoss,
  'both.yaml': `${podFailure}---\n${packetLoss}`,
};

async function imported(...words: readonly string[]) {
  const { code, stdout } = await commandHere(project).run('import', ...words, '--json');
  return { code, ...printed.parse(JSON.parse(stdout)) };
}

describe('steadfast import, of the manifests of the practice', () => {
  it.each([
    ['pod.yaml', [], 4, 11, 0],
    ['pod.yaml', ['--fix'], 0, 11, 1],
    ['network.yaml', [], 0, 12, 1],
    ['network.yaml', ['--env', 'staging'], 0, 12, 1],
    ['both.yaml', [], 4, 23, 0],
    ['both.yaml', ['--fix', '--env', 'staging'], 0, 23, 2],
  ])(
    '%s with %j ends with %i, and accounts for %i fields',
    async (file, options, code, fields, definitions) => {
      const result = await imported(file, ...options);
      expect(result).toMatchObject({ code, ok: code === 0, format: 'chaos-mesh' });
      expect(result.fields).toHaveLength(fields);
      expect(result.definitions).toHaveLength(definitions);
    },
  );

  it('shows what it mends as a difference', async () => {
    const { mended } = await imported('pod.yaml', '--fix');
    expect(mended?.diff).toContain('-      - production\n+      - shop-staging\n');
  });

  it('writes what check accepts, and what is the same when it is imported again', async () => {
    const here = commandHere(project);
    const { stdout } = await here.run('import', 'both.yaml', '--fix', '--out', 'experiments');
    const files = stdout.trim().split('\n');
    expect(files).toEqual([
      'experiments/product-service-pod-failure.yaml',
      'experiments/checkout-service-packet-loss.yaml',
    ]);
    expect(await here.run('check')).toMatchObject({ code: 0 });
    for (const file of files) {
      const again = await here.run('import', file);
      expect(again).toMatchObject({ code: 0, stdout: readFileSync(join(here.root, file), 'utf8') });
    }
  });
});
