import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { askPerson } from '../../../lib/cli/aws/ask-person.ts';
import { capturedIo } from '../captured-io.ts';

const ctrlC = '\u0003';
const ctrlD = '\u0004';

it.each<[string, string, string | undefined]>([
  ['a line, without the blanks around it', ' halt \r', 'halt'],
  ['an empty line', '\r', ''],
  ['Ctrl-C, which is no answer', ctrlC, undefined],
  ['Ctrl-C in the middle of a line', `hal${ctrlC}`, undefined],
  ['Ctrl-D, which is no answer', ctrlD, undefined],
])('a person at a terminal answers with %s', async (_what, typed, answer) => {
  const { io, err } = capturedIo('/', { isTerminal: true });
  const input = new PassThrough();
  const asked = askPerson(io, 'Really? ', input);
  input.write(typed);
  expect(await asked).toBe(answer);
  expect(err()).toContain('Really? ');
});

it('a terminal that is closed answers nothing', async () => {
  const input = new PassThrough();
  const asked = askPerson(capturedIo('/', { isTerminal: true }).io, 'Really? ', input);
  input.end();
  expect(await asked).toBeUndefined();
});
