import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { settledSchema } from '../../lib/experiment/experiment.ts';
import { blocksOf, root } from './markdown.ts';

const blocks = blocksOf('docs/how-to/write-your-own-probe-and-notifier.md');
const folder = mkdtempSync(join(tmpdir(), 'steadfast-ports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const moduleSchema = z.object({ handler: z.unknown() });

/** The handler of a block, with what it imports of a team's own code in its place. */
async function handlerIn(
  text: string,
  name: string,
  own: string,
): Promise<(input: unknown) => Promise<unknown>> {
  const file = join(folder, `${name}.mjs`);
  const here = pathToFileURL(join(root, 'lib/ports/index.ts')).href;
  const code = text.replace("'steadfast-chaos/ports'", `'${here}'`).replace(/^import .*'\.\/.*$/m, own);
  writeFileSync(file, code);
  const { handler } = moduleSchema.parse({
    ...Object(await import(/* @vite-ignore */ pathToFileURL(file).href)),
  });
  if (typeof handler !== 'function') throw new Error('the block exports no handler');
  return async (input) => z.unknown().parse(await Reflect.apply(handler, undefined, [input]));
}

describe('the page about own probes and notifiers', () => {
  const [probe = '', notifier = ''] = blocks
    .filter(({ language }) => language === 'ts')
    .map(({ text }) => text);

  it('shows a probe that answers', async () => {
    const handler = await handlerIn(probe, 'probe', 'const oldestUnpaidSeconds = async () => 7;');
    expect(await handler({})).toEqual({ value: 7 });
  });

  it('shows a notifier that opens tickets for what did not hold', async () => {
    const own = 'const openTicket = (ticket) => { (globalThis.tickets ??= []).push(ticket.key); };';
    const handler = await handlerIn(notifier, 'notifier', own);
    for (const verdict of ['held', 'deviated', 'unrecovered', 'rejected']) {
      await handler({
        id: 'e',
        account: '111111111111',
        region: 'eu-west-1',
        source: 'steadfast',
        'detail-type': 'Verdict',
        detail: {
          schemaVersion: 1,
          runId: verdict,
          experiment: 'x',
          environment: 'staging',
          verdict,
          summary: verdict,
          findings: [],
          services: ['shop'],
          faults: [],
          start: '2026-11-23T17:53:54.000Z',
          end: '2026-11-23T18:03:54.000Z',
          journal: 'j',
        },
      });
    }
    expect(Reflect.get(globalThis, 'tickets')).toEqual(['deviated', 'unrecovered']);
    Reflect.deleteProperty(globalThis, 'tickets');
  });

  it('shows a steady state that the schema takes', () => {
    const [state = ''] = blocks.filter(({ language }) => language === 'yaml').map(({ text }) => text);
    const { steadyState } = z.object({ steadyState: settledSchema.shape.steadyState }).parse(parse(state));
    expect(steadyState).toHaveProperty('orders.lambda');
  });
});
