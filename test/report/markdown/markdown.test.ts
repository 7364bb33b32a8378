import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocks, code, details, joined, lines, md } from '../../../lib/report/markdown/markdown.ts';
import { table } from '../../../lib/report/markdown/table.ts';

/** What somebody would write who wants more than text to be shown. */
const hostile = fc
  .array(
    fc.constantFrom(
      '<script>alert(1)</script>',
      '<!--',
      '[click](https://evil.example)',
      '![](https://evil.example/pixel.png)',
      '@platform-team',
      'a@evil.example',
      '#12',
      'GH-7',
      '!3',
      'www.evil.example',
      '`code`',
      '|',
      '**bold**',
      '\n# heading\n',
      '\n| a | b |\n| --- | --- |\n',
      '\n```\n',
      '\\',
      '1. ',
      '- ',
      '💥',
      '\u0000\u001b[31m',
      '\ud800',
      ' ',
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

const text = fc.oneof(hostile, fc.string({ unit: 'binary', maxLength: 60 }));

/** What is left where every escaped sign and every entity is taken away: what a reader of Markdown gives a meaning to. */
const bare = (markdown: string): string => markdown.replace(/\\./gs, '').replaceAll('&#8203;', '\u200b');

describe('escaping', () => {
  it('shows text as text: no heading, HTML, link, table or mention', () => {
    expect(md`${'# a <b> [c](https://d.example) | `e` @team #12 www.f.example GH-7'}`.markdown).toBe(
      '\\# a \\<b\\> \\[c\\](https:&#8203;//d.example) \\| \\`e\\` @&#8203;team \\#&#8203;12 www&#8203;.f.example GH-&#8203;7',
    );
  });

  it('leaves no sign that means something, whatever the text', () => {
    fc.assert(
      fc.property(text, (given) => {
        const { markdown } = md`${given}`;
        expect(markdown).not.toMatch(/[\n\r\u2028\u2029]|(?!\u200d)\p{Cc}|\p{Cs}/u);
        expect(bare(markdown)).not.toMatch(/[`*_{}[\]<>|~&$#]|@(?!\u200b)|:\/\/|www\./i);
        expect(markdown).not.toMatch(/^([-+=]|\d+[.)])/);
        // And yet all of it is there.
        const shown = markdown.replaceAll('&#8203;', '').replace(/\\([^A-Za-z\d\s])/g, '$1');
        expect(shown).toBe(
          given
            .toWellFormed()
            .replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ')
            .trim(),
        );
      }),
    );
  });

  it('takes what is Markdown as it is, joins lists, and leaves nothing of nothing', () => {
    expect(md`- ${md`**a**`}${undefined}${false}${[1, '*', md`_b_`]}`.markdown).toBe('- **a**1\\*_b_');
  });
});

describe('code', () => {
  it.each(['npx steadfast rehearse slow-database --seed 7', 'a', '@team', '<b>'])('keeps %s', (given) => {
    expect(code(given).markdown).toBe(`\`${given}\``);
  });

  it.each([
    ['a`b', 'a\\`b'],
    ['a | b', 'a \\| b'],
    [' a', 'a'],
    ['a ', 'a'],
    ['a\nb', 'a b'],
    ['', ''],
    ['`', '\\`'],
  ])('shows %j as text, because a span cannot hold it everywhere', (given, shown) => {
    expect(code(given).markdown).toBe(shown);
  });

  it('is one span or none, whatever the text', () => {
    fc.assert(
      fc.property(text, (given) => {
        const { markdown } = code(given);
        const isSpan = /^`[^`|\n]+`$/.test(markdown);
        expect(isSpan || markdown === md`${given}`.markdown).toBe(true);
      }),
    );
  });
});

describe('parts of a document', () => {
  it('keeps the lines of a log apart', () => {
    expect(lines('it ended:\n  # no such <module>\n\n- x').markdown).toBe(
      'it ended:<br>\\# no such \\<module\\><br>\\- x',
    );
  });

  it('leaves out what is nothing', () => {
    expect(blocks('a', undefined, false, md`b`, joined(['', 'c', 'd'], ', ')).markdown).toBe(
      'a\n\nb\n\nc, d',
    );
  });

  it('opens on wish, under a title that is no HTML and mentions nobody', () => {
    expect(details('<b>\n@team & co', md`- a`).markdown).toBe(
      '<details><summary>&lt;b&gt; @&#8203;team &amp; co</summary>\n\n- a\n\n</details>',
    );
  });
});

describe('a table', () => {
  it('has a row for each, numbers on the right, and shows that an empty cell was not forgotten', () => {
    expect(
      table({ columns: ['Probe', '', 'n'], numeric: [2], rows: [['a|b', false, 3], ['c']] }).markdown,
    ).toBe(['| Probe |   | n |', '| --- | --- | ---: |', '| a\\|b | – | 3 |', '| c | – | – |'].join('\n'));
  });

  it('has as many rows and cells as it was given, whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 2, maxLength: 2 }), { maxLength: 4 }), (rows) => {
        const cells = rows.map(([first, second]) => [lines(first ?? ''), code(second ?? '')]);
        const shown = table({ columns: ['A', 'B'], rows: cells }).markdown.split('\n');
        expect(shown).toHaveLength(rows.length + 2);
        for (const line of shown) expect(line.replace(/\\./gs, '').match(/\|/g)).toHaveLength(3);
      }),
    );
  });
});
