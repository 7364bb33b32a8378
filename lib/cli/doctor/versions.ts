type Triple = readonly [major: number, minor: number, patch: number];

function tripleOf(text: string): Triple | undefined {
  const [, major, minor = '0', patch = '0'] =
    /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:[-+].*)?$/.exec(text.trim()) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

function compare(one: Triple, other: Triple): number {
  const index = one.findIndex((part, at) => part !== other[at]);
  return index < 0 ? 0 : (one[index] ?? 0) - (other[index] ?? 0);
}

/** What `^` allows: nothing that changes the first number that is not zero (semver.org, and npm's ranges). */
function isOfSameKind(version: Triple, least: Triple): boolean {
  const first = least.findIndex((part) => part !== 0);
  const fixed = first < 0 ? least.length : first + 1;
  return version.slice(0, fixed).every((part, at) => part === least[at]);
}

/**
 * Whether a version fits a range of the forms that manifests mostly have: `1.2.3`, `>=1.2`, `^1.2.3`, and several parted by `||`.
 * Undefined for any other.
 */
export function fits(version: string, range: string): boolean | undefined {
  const got = tripleOf(version);
  const each = range.split('||').map((part) => fitsOne(got, part.trim()));
  if (each.includes(true)) return true;
  return each.includes(undefined) ? undefined : false;
}

function fitsOne(got: Triple | undefined, range: string): boolean | undefined {
  const [, sign = '', text = ''] = /^(>=|\^|)\s*(\S+)$/.exec(range) ?? [];
  const wanted = tripleOf(text);
  if (got === undefined || wanted === undefined) return undefined;
  const order = compare(got, wanted);
  if (sign === '') return order === 0;
  return order >= 0 && (sign === '>=' || isOfSameKind(got, wanted));
}
