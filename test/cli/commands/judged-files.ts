import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { main } from '../../../lib/cli/main.ts';
import type { Observation } from '../../../lib/steady-state/observation.ts';
import { temporaryProject } from '../../definitions/temporary-project.ts';
import { marks, recorded, definition as recordedDefinition } from '../../steady-state/recorded.ts';
import { expectDocumentOf } from '../documents/expect-document.ts';

const { lab: _, ...anywhere } = recordedDefinition;

/** By what the samples are judged; its environment is nowhere. */
export const definition = { ...anywhere, environments: { nowhere: {} } };

const stricter = {
  ...definition,
  steadyState: {
    products: { ...definition.steadyState.products, tolerances: { p95: { below: '100ms' } } },
  },
};

export const withoutBite = marks.map((one) => {
  const { bite: _, ...mark } = one;
  return mark;
});

export const linesOf = (observations: readonly Observation[]) =>
  observations.map((one) => `${JSON.stringify(one)}\n`).join('');

export const held = linesOf(recorded());

/** What the command says of files in a folder of their own. */
export async function judge(files: Readonly<Record<string, unknown>>, ...words: readonly string[]) {
  const cwd = temporaryProject({ 'experiment.yaml': definition, 'stricter.yaml': stricter, ...files });
  const [stdout, stderr] = [new PassThrough(), Object.assign(new PassThrough(), { columns: 80, rows: 24 })];
  const io = { cwd, stdout, stderr, isTerminal: false, stdoutColours: false, stderrColours: false };
  const [out, err] = [text(stdout), text(stderr)];
  const code = await main(['judge', ...words], io, '0.0.0');
  stdout.end();
  stderr.end();
  expectDocumentOf(['judge', ...words], await out);
  return { code, out: await out, err: await err };
}

const documentSchema = z.looseObject({
  verdict: z.string(),
  findings: z.array(z.looseObject({ code: z.string(), message: z.string(), hint: z.string().optional() })),
  stages: z.array(z.unknown()),
  recovery: z.unknown(),
  notes: z.array(z.string()),
});

/** The document that it prints for samples alone. */
export async function judged(samples: unknown, experiment = 'experiment.yaml') {
  const { code, out, err } = await judge(
    { 'samples.ndjson': samples },
    'samples.ndjson',
    '--experiment',
    experiment,
    '--json',
  );
  const document = documentSchema.parse(JSON.parse(out));
  return { code, err, ...document, codes: document.findings.map((finding) => finding.code) };
}
