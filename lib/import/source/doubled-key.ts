import { type Document, isScalar, visit } from 'yaml';

/**
 * Where a map of a document has a key that it has already, as an offset into the text. The parser's own search compares each key
 * with all others, which takes minutes for a file of many.
 */
export function doubledKeyIn(document: Document.Parsed): number | undefined {
  let found: number | undefined;
  visit(document, {
    Map(_, map) {
      const keys = new Set<string>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        // `<<` takes another map over, and may do so several times.
        if (keys.has(name) && name !== '<<') {
          found = key.range?.[0] ?? 0;
          return visit.BREAK;
        }
        keys.add(name);
      }
      return undefined;
    },
  });
  return found;
}
