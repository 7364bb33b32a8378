const isReference = (value: object): boolean =>
  Object.keys(value).join() === 'secret' && Object.values(value).every((name) => typeof name === 'string');

/** A definition without what names secrets, `{ secret: name }`: such a name is none itself, and is printed as it stands. */
export function withoutReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutReferences);
  if (typeof value !== 'object' || value === null) return value;
  if (isReference(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutReferences(item)]));
}
