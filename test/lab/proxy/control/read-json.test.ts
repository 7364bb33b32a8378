import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from '../../../../lib/lab/proxy/control/read-json.ts';

describe('a body that is no JSON is refused in the words of Go', () => {
  it.each([
    ['', 'EOF'],
    [' \n', 'EOF'],
    ['{', 'unexpected EOF'],
    ['{"a":1', 'unexpected EOF'],
    ['"a', 'unexpected EOF'],
    ['[1,', 'unexpected EOF'],
    ['{bad', "invalid character 'b' looking for beginning of object key string"],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['{"a":1 2}', "invalid character '2' after object key:value pair"],
    ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
    ['[1 2]', "invalid character '2' after array element"],
    ['[1,]', "invalid character ']' looking for beginning of value"],
    ['hello', "invalid character 'h' looking for beginning of value"],
    ["'a'", "invalid character '\\'' looking for beginning of value"],
    ['nul!', "invalid character '!' in literal null (expecting 'l')"],
    ['"a\nb"', "invalid character '\\n' in string literal"],
    ['"\\q"', "invalid character 'q' in string escape code"],
    ['"\\u12x4"', "invalid character 'x' in \\u hexadecimal character escape"],
    ['-x', "invalid character 'x' in numeric literal"],
    ['1.x', "invalid character 'x' after decimal point in numeric literal"],
    ['1ex', "invalid character 'x' in exponent of numeric literal"],
    ['['.repeat(100_000), 'json: exceeded max depth'],
  ])('%j', (body, refused) => {
    expect(readJson(body)).toEqual({ refused });
  });

  it('counts as far as its first value goes', () => {
    expect(readJson('{"a":[1,"\\u00e9",-1.5e3,null]} and more')).toEqual({
      json: { a: [1, 'é', -1_500, null] },
    });
  });

  it('reads all JSON, with anything behind it, and fails at nothing', () => {
    fc.assert(
      fc.property(fc.json(), fc.string(), (json, more) => {
        const follows = /^[\d.eE+-]/.test(more) ? ` ${more}` : more;
        const value: unknown = JSON.parse(json);
        expect(readJson(json + follows)).toEqual({ json: value });
        const cut = readJson(json.slice(0, -1));
        expect('refused' in cut || 'json' in cut).toBe(true);
      }),
    );
  });
});
