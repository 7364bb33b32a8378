import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { explainCommand } from '../../../lib/cli/commands/explain.ts';
import { explainedCodes } from '../../../lib/cli/explanations/areas.ts';
import { widthOf } from '../../../lib/cli/view/text-width.ts';
import { capturedIo } from '../captured-io.ts';
import { commandHere } from '../command-here.ts';

const senseSchema = z.strictObject({
  area: z.string(),
  title: z.string(),
  where: z.string(),
  docs: z.string().regex(/^docs\/[a-z/-]+\.md$/),
  means: z.string(),
  why: z.string(),
  mend: z.string(),
  example: z.string(),
});

/** What the command prints in a terminal of so many columns. */
function printed(code: string | undefined, stdoutColumns?: number): string[] {
  const { io, out } = capturedIo('/');
  explainCommand({ ...io, ...(stdoutColumns === undefined ? {} : { stdoutColumns }) }, code, {});
  return out().split('\n');
}

describe('steadfast explain', () => {
  it('tells what a code means, why, how to mend it, where it is met and where more is written', async () => {
    const { code, stdout } = await commandHere().run('explain', 'no-bite');
    expect(code).toBe(0);
    expect(stdout).toContain('no-bite  Findings: what was seen');
    expect(stdout).toContain('The fault did not reach the system.');
    for (const head of ['Why ', 'Mend ', 'Where ', 'Example ']) expect(stdout).toContain(`  ${head}`);
    expect(stdout).toContain('docs/explanation/bite.md');
  });

  it('tells every meaning of a word, as one document with --json', async () => {
    const { stdout } = await commandHere().run('explain', 'permission', '--json');
    const document = z
      .strictObject({ code: z.string(), senses: z.array(senseSchema) })
      .parse(JSON.parse(stdout));
    expect(document.senses.map(({ area }) => area)).toEqual(['rejections', 'errors']);
  });

  it('lists all codes by where they are met', async () => {
    const { stdout } = await commandHere().run('explain');
    for (const code of explainedCodes) expect(stdout).toContain(`  ${code} `);
    expect(stdout).toContain('Checks of admission\n');
    const { stdout: json } = await commandHere().run('explain', '--json');
    const listed = z
      .strictObject({
        codes: z.array(z.strictObject({ area: z.string(), code: z.string(), means: z.string() })),
      })
      .parse(JSON.parse(json));
    expect(new Set(listed.codes.map(({ code }) => code))).toEqual(new Set(explainedCodes));
  });

  it('proposes the code that was probably meant', async () => {
    const { code, stderr } = await commandHere().run('explain', 'no-gaurd');
    expect(code).toBe(4);
    expect(stderr).toContain("Steadfast tells no code 'no-gaurd'");
    expect(stderr).toContain("did you mean 'no-guard'?");
    expect((await commandHere().run('explain', 'xyzzy')).stderr).toContain(
      'steadfast explain lists them all',
    );
  });

  it('keeps to a narrow terminal, and cuts nothing in a pipe', () => {
    for (const columns of [80, 100])
      for (const line of printed(undefined, columns)) expect(widthOf(line)).toBeLessThanOrEqual(columns);
    expect(printed(undefined, 40).find((line) => line.includes('no-bite'))).toBe('  no-bite');
    expect(printed(undefined).join('\n')).toContain(
      'Nobody could tell whether the fault left something behind.',
    );
    const told = printed('baseline-unknown', 44).filter((line) => !/^ {2}(?:Example|Docs)/.test(line));
    for (const line of told) expect(widthOf(line)).toBeLessThanOrEqual(44);
  });
});
