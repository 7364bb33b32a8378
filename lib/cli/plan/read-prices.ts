import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as z from 'zod';
import { readData } from '../../definitions/read-data.ts';
import { suggest } from '../../definitions/suggest.ts';
import { messageOf, type Problem, SteadfastError } from '../../experiment/steadfast-error.ts';
import { isPriceName, type PriceOverrides, prices } from '../../plan/prices.ts';

const documentSchema = z.record(z.string(), z.unknown());
const priceSchema = z.number().nonnegative();

/**
 * Reads prices that replace those of the list: a map of their names to USD, in YAML or JSON.
 *
 * @throws SteadfastError `invalid` with all that is wrong with it, `unknown-id` where there is no such file
 */
export function readPrices(file: string, cwd: string): PriceOverrides {
  const bytes = bytesOf(file, cwd);
  const read = readData(file, bytes);
  if ('problems' in read) throw refused(file, read.problems);
  const document = documentSchema.safeParse(read.value);
  if (!document.success)
    throw refused(file, [{ code: 'type', path: [], message: 'is no map of prices', hint: shape }]);
  const entries = Object.entries(document.data);
  const problems = entries.flatMap(([name, value]): Problem[] => {
    const line = read.lineOf([name]);
    const at = { path: [name], ...(line === undefined ? {} : { line }) };
    if (!isPriceName(name)) {
      const meant = suggest(name, Object.keys(prices));
      return [
        {
          ...at,
          code: 'unknown-name',
          message: `no price is called '${name}'`,
          hint:
            meant === undefined ? `there are: ${Object.keys(prices).join(', ')}` : `did you mean '${meant}'?`,
        },
      ];
    }
    return priceSchema.safeParse(value).success
      ? []
      : [{ ...at, code: 'type', message: 'is no amount of USD, 0 or more', hint: shape }];
  });
  if (problems.length > 0) throw refused(file, problems);
  return Object.fromEntries(
    entries.flatMap(([name, value]) => (isPriceName(name) ? [[name, priceSchema.parse(value)]] : [])),
  );
}

const shape = 'write what costs something else, such as: fisActionMinute: 0.12';

function bytesOf(file: string, cwd: string): Uint8Array {
  try {
    return readFileSync(resolve(cwd, file));
  } catch (cause) {
    throw new SteadfastError('unknown-id', `the prices cannot be read from ${file}: ${messageOf(cause)}`, {
      hint: 'name a file with prices in USD, in YAML or JSON',
      cause,
    });
  }
}

const refused = (file: string, problems: readonly Problem[]) =>
  new SteadfastError('invalid', `${file} holds no prices that can be reckoned with`, {
    problems: problems.map((problem) => ({ ...problem, file })),
  });
