/** What an ARN of a role or user says; `name` is without its path. */
interface Parts {
  readonly account: string;
  readonly kind: string;
  readonly path: string;
  readonly name: string;
}

function partsOf(arn: string): Parts {
  const [, , , , account = '', resource = ''] = arn.split(':');
  const [kind = '', ...rest] = resource.split('/');
  return { account, kind, path: rest.slice(0, -1).join('/'), name: rest.at(-1) ?? '' };
}

/**
 * Whether one caller could be meant by both: the same role or user, or patterns that some name fits. A caller's session names no path, and
 * no account has two roles of one name, in whatever case (IAM's naming rules): so names are compared without their paths too.
 */
export function mayBeSame(one: string, other: string): boolean {
  const [a, b] = [partsOf(one), partsOf(other)];
  if (a.account !== b.account || a.kind !== b.kind) return false;
  return haveCommon(a.name.toLowerCase(), b.name.toLowerCase()) || haveCommon(whole(a), whole(b));
}

const whole = ({ path, name }: Parts) => [path, name].filter(Boolean).join('/').toLowerCase();

/** Whether some text fits both patterns: `*` stands for any text, `?` for one character, as in IAM. */
export function haveCommon(one: string, other: string): boolean {
  /** Where one may be in the second pattern, having read so much of the first: the ends of both are reached together where a text fits both. */
  const reachable = new Map<string, boolean>();
  const fits = (i: number, j: number): boolean => {
    const key = `${i} ${j}`;
    const known = reachable.get(key);
    if (known !== undefined) return known;
    reachable.set(key, false);
    const [a, b] = [one[i], other[j]];
    const found =
      (a === undefined && b === undefined) ||
      (a === '*' && (fits(i + 1, j) || (b !== undefined && fits(i, j + 1)))) ||
      (b === '*' && (fits(i, j + 1) || (a !== undefined && fits(i + 1, j)))) ||
      (a !== undefined && b !== undefined && areAlike(a, b) && fits(i + 1, j + 1));
    reachable.set(key, found);
    return found;
  };
  return fits(0, 0);
}

/** Whether one character fits both; a star is no character. */
const areAlike = (a: string, b: string) => a !== '*' && b !== '*' && (a === b || a === '?' || b === '?');
