import { valueAt } from '../../definitions/value-at.ts';
import type { PlanTarget } from '../../plan/plan-target.ts';
import type { ImportContext } from '../contract.ts';
import { isData } from '../drafting/node.ts';
import type { Path } from '../field.ts';
import { secretsIn } from '../secret-values.ts';
import type { Account } from './account.ts';
import { mappedTo } from './wanted-pods.ts';

/** A probe that a status check became. */
export interface SketchedProbe {
  readonly name: string;
  readonly probe: Readonly<Record<string, unknown>>;
}

/** A status check, wherever in a file it stands. */
export interface StatusCheck {
  readonly account: Account;
  readonly name: string;
  /** Where its `spec` stands. */
  readonly at: Path;
  readonly spec: Readonly<Record<string, unknown>>;
}

/** What Chaos Mesh takes where nothing is said (its StatusCheck type, read November 2026). */
const defaults = { timeoutSeconds: 1, intervalSeconds: 10, failureThreshold: 3 };

/** The statuses that HTTP defines (IANA's registry), for ranges. */
const statuses = [
  ...range(100, 103),
  ...range(200, 208),
  226,
  ...range(300, 308),
  ...range(400, 418),
  ...range(421, 426),
  428,
  429,
  431,
  451,
  ...range(500, 508),
  510,
  511,
];

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** The probe that sees the same; undefined where it cannot be one, which is then said of its fields. */
export function probeOf(
  check: StatusCheck,
  environment: PlanTarget,
  context: Pick<ImportContext, 'map'>,
): SketchedProbe | undefined {
  const { account, at, spec } = check;
  const asked = askedBy(valueAt(spec, ['http', 'url']), environment, context.map);
  if (asked === undefined) {
    const hint = `no service of '${environment.id}' with a URL is asked there: say which one it is, as in --map HOST=SERVICE`;
    account.refused([...at, 'http', 'url'], hint);
    account.rest(at, (path) => account.refused(path, 'nobody can say which service it asks'));
    return undefined;
  }
  const name = nameOf(check.name);
  sayCheck(check, `steadyState.${name}`, asked.isExact);
  return { name, probe: { http: { ...asked.request, ...requestOf(spec) }, ...judgedBy(spec) } };
}

const nameOf = (text: string): string => {
  const name = text.replaceAll(/[^A-Za-z0-9_-]/g, '-').slice(0, 60);
  return /^[A-Za-z]/.test(name) ? name : `check-${name}`.slice(0, 60);
};

interface Asked {
  readonly request: { readonly service: string; readonly path: string };
  readonly isExact: boolean;
}

/** Whom a URL asks: the service whose URL it begins with, or that a person or the cluster's own names say it is. */
function askedBy(text: unknown, environment: PlanTarget, map: ImportContext['map']): Asked | undefined {
  if (typeof text !== 'string' || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (!/^https?:$/.test(url.protocol)) return undefined;
  const whole = `${url.pathname}${url.search}`;
  const mapped = mappedTo([url.host, url.hostname], map);
  for (const [service, { url: base }] of Object.entries(environment.services)) {
    if (base === undefined || !URL.canParse(base)) continue;
    const { origin, pathname } = new URL(base);
    const prefix = pathname.replace(/\/$/, '');
    if (origin === url.origin && whole.startsWith(`${prefix}/`))
      return { request: { service, path: whole.slice(prefix.length) }, isExact: true };
    if (service === mapped || (mapped === undefined && url.hostname.split('.')[0] === service))
      return { request: { service, path: whole }, isExact: false };
  }
  return undefined;
}

function requestOf(spec: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const http = isData(spec['http']) ? spec['http'] : {};
  const isPost = http['method'] === 'POST';
  const headers = Object.fromEntries(
    Object.entries(headersOf(http)).filter(([key, value]) => isPlain(key, value)),
  );
  const status = expected(valueAt(http, ['criteria', 'statusCode']));
  return {
    ...(isPost ? { method: 'POST' } : {}),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    ...(isPost && typeof http['body'] === 'string' ? { body: http['body'] } : {}),
    ...(status === undefined ? {} : { expect: { status } }),
  };
}

const headersOf = (http: Record<string, unknown>): Record<string, string> =>
  isData(http['headers'])
    ? Object.fromEntries(
        Object.entries(http['headers']).map(([key, value]) => [key, [value].flat().join(', ')]),
      )
    : {};

/** A header that HTTP can carry and that is no secret. */
const isPlain = (key: string, value: string): boolean =>
  /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(key) &&
  /^[\t\x20-\x7e\x80-\xff]*$/.test(value) &&
  secretsIn({ [key]: value }).length === 0;

/** A status such as `200`, or every one of a range such as `200-299`. */
function expected(text: unknown): number | number[] | undefined {
  const [, from, to = from] = /^\s*(\d{3})\s*(?:-\s*(\d{3})\s*)?$/.exec(String(text)) ?? [];
  const found = statuses.filter((status) => status >= Number(from) && status <= Number(to));
  return found.length < 2 ? found[0] : found;
}

function judgedBy(spec: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const [timeout, interval, failures] = [
    seconds(spec['timeoutSeconds'], defaults.timeoutSeconds),
    seconds(spec['intervalSeconds'], defaults.intervalSeconds),
    seconds(spec['failureThreshold'], defaults.failureThreshold),
  ];
  const missedFor = `${Math.min(interval * failures, 86_400)}s`;
  return { timeout: `${timeout}s`, tolerances: { errorRate: { below: '1%', missedFor } } };
}

/** A whole number of seconds, within a day. */
const seconds = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 ? Math.min(value, 86_400) : otherwise;

function sayCheck({ account, at, spec }: StatusCheck, to: string, isExact: boolean): void {
  const url = [...at, 'http', 'url'];
  if (isExact) account.mapped(url, `${to}.http`);
  else
    account.approximated(
      url,
      `${to}.http`,
      'it is asked at the URL that the environment declares for the service',
    );
  const isPost = valueAt(spec, ['http', 'method']) === 'POST';
  account.mapped([...at, 'http', 'method'], `${to}.http.method`);
  if (isPost) account.mapped([...at, 'http', 'body'], `${to}.http.body`);
  else account.refused([...at, 'http', 'body'], 'GET carries no body');
  for (const [key, value] of Object.entries(headersOf(isData(spec['http']) ? spec['http'] : {}))) {
    const path = [...at, 'http', 'headers', key];
    if (isPlain(key, value)) account.mapped(path, `${to}.http.headers`);
    else
      account.refused(
        path,
        "a secret has no place in a definition: declare it in the environment, and write { secret: 'name' }",
      );
  }
  const status = [...at, 'http', 'criteria', 'statusCode'];
  if (expected(valueAt(spec, ['http', 'criteria', 'statusCode'])) === undefined)
    account.refused(
      status,
      'it is no status that HTTP defines, and no range of them: 200 to 399 count as good',
    );
  else account.mapped(status, `${to}.http.expect.status`);
  account.mapped([...at, 'timeoutSeconds'], `${to}.timeout`);
  account.mapped([...at, 'type'], `${to}.http`);
  const often = 'it asks 20 times a second, so that a minute is enough to judge';
  account.approximated([...at, 'intervalSeconds'], `${to}.rate`, often);
  const inARow = 'failures in a row are a share of errors that is too high for as long';
  account.approximated([...at, 'failureThreshold'], `${to}.tolerances.errorRate`, inARow);
  const whole = 'it looks before the fault, all the while, and until recovery is proven';
  for (const key of ['mode', 'duration', 'successThreshold']) account.approximated([...at, key], to, whole);
  account.refused([...at, 'recordsHistoryLimit'], 'every sample of a run is kept');
}
