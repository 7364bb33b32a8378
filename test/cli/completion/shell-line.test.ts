import { describe, expect, it } from 'vitest';
import { quotedFor, readShellLine } from '../../../lib/cli/completion/shell-line.ts';

const read = (line: string) => readShellLine(line, ':=');

describe('a line of Bash', () => {
  it.each([
    ['steadfast ', ['steadfast'], ''],
    ['steadfast  run   slow', ['steadfast', 'run'], 'slow'],
    [String.raw`steadfast a\ b c\'d e`, ['steadfast', 'a b', "c'd"], 'e'],
    [`steadfast 'a b' "it's" c"d e"f `, ['steadfast', 'a b', "it's", 'cd ef'], ''],
    [String.raw`steadfast "a \"b\" \$c \d" x`, ['steadfast', String.raw`a "b" $c \d`], 'x'],
    [String.raw`steadfast 'a\' b`, ['steadfast', 'a\\'], 'b'],
    [String.raw`steadfast 'a\b c' `, ['steadfast', String.raw`a\b c`], ''],
    ["steadfast '' x", ['steadfast', ''], 'x'],
    ['steadfast Zähler-ü', ['steadfast'], 'Zähler-ü'],
    ['steadfast a\\', ['steadfast'], 'a'],
    ['', [], ''],
  ])('%j is read as the shell reads it', (line, before, current) => {
    expect(read(line)).toMatchObject({ before, current, quote: '' });
  });

  it.each([
    ['steadfast aws:ecs:st', 'aws:ecs:', ''],
    ['steadfast --env=sta', '--env=', ''],
    ['steadfast --set=a=b', '--set=a=', ''],
    [String.raw`steadfast aws\:ecs`, '', ''],
    ["steadfast 'aws:ecs:st", '', "'"],
    ['steadfast --env="sta', '--env=', '"'],
    ['steadfast a:b c', '', ''],
    ['steadfast a:b "c" d', '', ''],
  ])('of %j Bash leaves %j alone', (line, kept, quote) => {
    const { current, ...told } = read(line);
    expect([current.slice(0, told.kept), told.quote]).toEqual([kept, quote]);
  });
});

describe('a text that is put into a line', () => {
  it.each([
    ['', 'slow-database', 'slow-database'],
    ['', 'aws:ecs:stop-task', 'aws:ecs:stop-task'],
    ['', "it's a $HOME", String.raw`it\'s\ a\ \$HOME`],
    ["'", "it's", String.raw`it'\''s`],
    ['"', 'a "b" $c `d` \\', String.raw`a \"b\" \$c \`d\` \\`],
  ] as const)('behind the quote %j, %j is written %j', (quote, text, written) => {
    expect(quotedFor(quote, text)).toBe(written);
  });

  it.each(['it\'s a $HOME; `x` \\ "q" \u{1f600}', 'a b', '~x', '#x', '*?[a]'])('%j is read back', (text) => {
    expect(read(`steadfast ${quotedFor('', text)}`).current).toBe(text);
    expect(read(`steadfast '${quotedFor("'", text)}`)).toMatchObject({ current: text });
    expect(read(`steadfast "${quotedFor('"', text)}`)).toMatchObject({ current: text, quote: '"' });
  });
});
