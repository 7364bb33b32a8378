import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import type { Benchmark } from './benchmark.ts';
import { bundles } from './bundles.ts';
import { campaign } from './campaign.ts';
import { cli } from './cli.ts';
import { exhaustion } from './exhaustion.ts';
import { halt } from './halt.ts';
import { proxy } from './proxy.ts';
import { rehearsal } from './rehearsal.ts';
import { reports } from './reports.ts';
import { runner } from './runner.ts';
import { synth } from './synth.ts';
import { verdicts } from './verdicts.ts';

const benchmarks: readonly Benchmark[] = [
  bundles,
  campaign,
  cli,
  exhaustion,
  halt,
  proxy,
  rehearsal,
  reports,
  runner,
  synth,
  verdicts,
];

const name = process.argv.slice(2).find((argument) => !argument.startsWith('-'));
const benchmark = benchmarks.find((one) => one.name === name);

if (name === undefined) {
  for (const one of benchmarks) process.stdout.write(`${one.name.padEnd(12)} ${one.title}\n`);
} else if (benchmark === undefined) {
  process.stderr.write(
    `There is no benchmark '${name}'. There are: ${benchmarks.map((one) => one.name).join(', ')}\n`,
  );
  process.exitCode = 64;
} else {
  const { values } = parseArgs({
    allowPositionals: true,
    options: { ...benchmark.options, json: { type: 'boolean', default: false } },
  });
  const result = await benchmark.run((text) => process.stderr.write(`${text}\n`), values);
  const document = {
    benchmark: benchmark.name,
    measured: benchmark.title,
    machine: {
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      cores: cpus().length,
      model: cpus()[0]?.model ?? 'unknown',
      memoryGb: Math.round(totalmem() / 2 ** 30),
    },
    ...result,
  };
  if (values.json) process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  else
    for (const [key, value] of Object.entries(result))
      process.stdout.write(`${key.padEnd(20)} ${inWords(value)}\n`);
}

/** A value for people: each of a list's on a line of its own. */
function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => `\n  ${inWords(one)}`).join('');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([key, one]) => `${key} ${String(one)}`)
    .join(', ');
}
