import { SteadfastError } from '../../experiment/steadfast-error.ts';

/**
 * What hosts and targets of a source are called here, from words such as `api.myapp.com=shop`.
 *
 * @throws {SteadfastError} `usage` for words that are none, or that give one host two names
 */
export function readMap(words: readonly string[]): Record<string, string> {
  const map = new Map<string, string>();
  for (const word of words) {
    const at = word.lastIndexOf('=');
    const from = word.slice(0, Math.max(at, 0)).trim();
    const to = word.slice(at + 1).trim();
    if (from === '' || to === '') {
      throw new SteadfastError('usage', `--map ${word} maps nothing`, {
        hint: 'write a host or target of the file, and the service that it is here: --map api.myapp.com=shop',
      });
    }
    if ((map.get(from) ?? to) !== to)
      throw new SteadfastError('usage', `--map gives '${from}' two meanings: ${map.get(from)} and ${to}`);
    map.set(from, to);
  }
  return Object.fromEntries(map);
}
