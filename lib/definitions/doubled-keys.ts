import { type Document, isScalar, visit } from 'yaml';

/**
 * Where maps of a document have a key that they have already, as offsets into the text. The parser's own search compares each key
 * with all others, which takes minutes for a file of many.
 */
export function doubledKeysIn(document: Document.Parsed): number[] {
  const found: number[] = [];
  visit(document, {
    Map(_, map) {
      const keys = new Set<string>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (keys.has(name)) found.push(key.range?.[0] ?? 0);
        keys.add(name);
      }
    },
  });
  return found;
}
