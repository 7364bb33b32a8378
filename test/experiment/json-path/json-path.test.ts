import fc from 'fast-check';
import { query } from 'jsonpath-rfc9535';
import { describe, expect, it } from 'vitest';
import { findAt } from '../../../lib/experiment/json-path/json-path.ts';
import type { Json } from '../../../lib/experiment/json-path/values.ts';

const keys = ['a', 'b', 'c d', 'é', "it's", 'say "x"'];
const leaf = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, 1, -2.5, 'a', 'b', '', 'ab\n', 'é'),
  fc.integer({ min: -3, max: 3 }),
);
const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...keys), tie('tree'), { maxKeys: 4 }),
  ),
}));

const space = fc.constantFrom('', ' ', '\n\t');
const int = fc.integer({ min: -4, max: 4 }).map(String);
const part = fc.constantFrom('', '0', '1', '2', '4');
const quoted = fc.constantFrom(
  "'a'",
  '"b"',
  "'c d'",
  String.raw`'\u00e9'`,
  String.raw`'it\'s'`,
  String.raw`"say \"x\""`,
  `'say "x"'`,
);
const nameStep = fc.oneof(
  fc.constantFrom('.a', '.b', '.é'),
  quoted.map((name) => `[${name}]`),
);
const step = fc.oneof(
  nameStep,
  int.map((at) => `[${at}]`),
);
const singular = fc
  .tuple(fc.constantFrom('@', '$'), fc.array(nameStep, { maxLength: 2 }))
  .map(([root, steps]) => root + steps.join(''));
const value = fc.oneof(
  singular,
  quoted,
  fc.constantFrom('1', '-2.5', '1e0', 'true', 'null'),
  singular.map((path) => `length(${path})`),
  singular.map((path) => `count(${path}[*])`),
  singular.map((path) => `value(${path}..a)`),
);
const atom = fc.oneof(
  fc
    .tuple(value, space, fc.constantFrom('==', '!=', '<', '<=', '>', '>='), space, value)
    .map((all) => all.join('')),
  singular,
  singular.map((path) => `!${path}`),
  singular.map((path) => `match(${path}, 'a.?')`),
  singular.map((path) => `search(${path}, '[ab.]')`),
);
// Neither three parts nor indexes in comparisons: the other takes the third of `&&` for one of `||`, and finds nothing at `@[0]`. Nor a slice from before the beginning, or one that leaves out what is behind its second colon, of which it makes no step.
const filter = fc.oneof(
  atom,
  fc.tuple(atom, fc.constantFrom('&&', '||'), atom).map((all) => all.join(' ')),
  fc.tuple(atom, atom, atom).map(([a, b, c]) => `!(${a} || ${b}) && ${c}`),
);
const selector = fc.oneof(
  quoted,
  int,
  fc.constant('*'),
  fc
    .tuple(
      part,
      part,
      fc.oneof(
        fc.constant(''),
        int.map((by) => `:${by}`),
      ),
    )
    .map(([from, to, by]) => `${from}:${to}${by}`),
  filter.map((test) => `?${test}`),
);
const bracket = fc
  .tuple(space, fc.array(selector, { minLength: 1, maxLength: 3 }))
  .map(([around, all]) => `[${around}${all.join(`${around},`)}${around}]`);
const segment = fc.oneof(
  step,
  bracket,
  fc.constantFrom('.*', '..a', '..*'),
  bracket.map((one) => `..${one}`),
);
const path = fc.array(segment, { maxLength: 4 }).map((segments) => `$${segments.join('')}`);

const inAnyOrder = (found: readonly Json[]) => found.map((one) => JSON.stringify(one)).toSorted();

describe('a JSONPath', () => {
  it('finds what another implementation of RFC 9535 finds', () => {
    fc.assert(
      fc.property(tree, path, (answer, text) => {
        // In which order nodes are visited the specification leaves open in part.
        expect(inAnyOrder(findAt(answer, text))).toEqual(inAnyOrder(query(answer, text)));
      }),
      { numRuns: 3_000 },
    );
  });

  const library = { books: [{ price: 8, tags: ['x'] }, { price: 12 }, { price: 9, sold: true }], sum: 29 };

  it.each<[path: string, found: Json[]]>([
    ['$', [library]],
    ['$.books[*].price', [8, 12, 9]],
    ['$.books[::-1].price', [9, 12, 8]],
    ['$.books[-1:].price', [9]],
    ['$.books[-5:2].price', [8, 12]],
    ['$.books[:-4].price', []],
    ['$.books[2:-4:-1].price', [9, 12, 8]],
    ['$.books[::0].price', []],
    ['$.books[0:1:].price', [8]],
    ['$..price', [8, 12, 9]],
    ['$ .books [ 0 , 2 ] .price', [8, 9]],
    ['$.books[?@.price > 8 && @.price < 12 && @.sold == true].price', [9]],
    ['$.books[?@.price == $.sum || @.sold].price', [9]],
    ['$.books[?!@.sold && @.tags[0] == "x"].price', [8]],
    ["$.books[?match(@.tags[0], 'a|x')].price", [8]],
    ["$.books[?!search(@.tags[0], '[xy]')].price", [12, 9]],
    ['$.books[?@.missing == @.none].price', [8, 12, 9]],
    ['$.books[?count(@.*) == 1].price', [12]],
    ['$.sum[0]', []],
  ])('finds in the order of the answer: %s', (text, found) => {
    expect(findAt(library, text)).toEqual(found);
  });

  it.each([
    ['', '$ expected at character 1, but the end found'],
    ['books', '$ expected at character 1'],
    ['$.', 'a name or * expected at character 3, but the end found'],
    ['$.books[', 'a selector expected at character 9'],
    ['$.books[01]', 'a selector expected at character 9'],
    ['$.books[-0]', 'a selector expected'],
    ['$.books[9007199254740992]', 'an index that is not as large expected'],
    ['$.books[0', ', or ] expected at character 10'],
    ["$['a", 'a selector expected'],
    [String.raw`$["\ud800"]`, 'a text of whole characters expected'],
    ['$.books[?1]', 'a comparison expected'],
    ['$.books[?@.* == 1]', 'a path that finds one place at most expected'],
    ['$.books[?!@.a == 1]', ', or ] expected'],
    ['$.books[?length(@.*) > 1]', 'a path that finds one place at most expected'],
    ['$.books[?count(1) > 1]', 'count(a path) expected'],
    ['$.books[?sum(@) > 1]', 'length, count, value, match or search with what it takes expected'],
    ["$.books[?match(@, 'a') == true]", 'a value expected'],
    ['$.books[?length(@)]', 'a comparison expected'],
    ['$.books[?(@.a]', ') expected'],
    ['$ ', 'a segment or the end expected'],
    ['$.a b', 'a segment or the end expected'],
  ])('says what it lacks: %s', (text, why) => {
    expect(() => findAt(null, text)).toThrow(why);
  });
});
